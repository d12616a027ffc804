"""Price, availability and contract of an offer."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.by_language import TextByLanguageField
from properties.choices import (
    DEALS_WITH_DESK_PRICE,
    DEALS_WITH_PRICE,
    DEALS_WITH_RENT,
    FeesPaidBy,
    Lease,
    RentIndex,
)
from properties.models.rules import amount, check, count, not_negative, only_for


class Money(models.Model):
    """Money, in euros excluding tax; no amount is ever converted into another. None is "not stated".

    - `rent`: €/m²/year excluding tax and charges. `price`: €, of the premises or of the lease handed over.
      `desk_price`: € a desk and a month. `undisclosed`: the owner withholds the amount, unlike "not stated".
    - `charges`, `property_tax` (taxe foncière passed on, Code général des impôts 1380), `office_tax` (annual tax on
      offices, retail, storage and parking in Île-de-France, CGI 231 ter): €/m²/year.
    - `fees`: % of one year's rent or of the price, paid by `fees_paid_by`. `deposit`: months of rent.
    - `lease` (Code de commerce L.145-1 to L.145-60; L.145-5 derogatory; professional, loi n° 86-1290 article 57 A;
      construction, Code de la construction L.251-1), revised by `rent_index`. `rent_free`: months. `incentives`: words.
    - `source_values`: {field: {"value": str, "unit": str}}, the source's amounts in units other than ours.
    """

    rent = amount(_("rent (€/m²/year, excl. tax and charges)"))
    price = amount(_("price (€, excl. tax)"), digits=12)
    desk_price = amount(_("price per desk (€/month, excl. tax)"), digits=8)
    undisclosed = models.BooleanField(_("the amount is not disclosed"), default=False)
    charges = amount(_("charges (€/m²/year, excl. tax)"))
    property_tax = amount(_("property tax passed on (€/m²/year)"))
    office_tax = amount(_("tax on offices and premises (€/m²/year)"))
    fees = models.DecimalField(
        _("fees (% of a year's rent or of the price)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    fees_paid_by = models.CharField(_("fees paid by"), max_length=8, choices=FeesPaidBy.choices, blank=True)
    deposit = amount(_("deposit (months of rent)"), digits=5)
    rent_free = amount(_("rent-free period (months)"), digits=5)
    incentives = TextByLanguageField(_("incentives"), max_length=200, blank=True)
    desks = count(_("desks"))
    lease = models.CharField(_("lease"), max_length=12, choices=Lease.choices, blank=True)
    rent_index = models.CharField(_("index"), max_length=4, choices=RentIndex.choices, blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    source_values = models.JSONField(_("as the source gave it"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


_AMOUNTS = ("rent", "price", "desk_price", "charges", "property_tax", "office_tax", "fees", "deposit", "rent_free")

CONSTRAINTS = [
    *not_negative("property", _AMOUNTS),
    only_for("rent", DEALS_WITH_RENT),
    only_for("price", DEALS_WITH_PRICE),
    only_for("desk_price", DEALS_WITH_DESK_PRICE),
    only_for("deposit", (*DEALS_WITH_RENT, *DEALS_WITH_DESK_PRICE)),
    only_for("rent_free", (*DEALS_WITH_RENT, *DEALS_WITH_DESK_PRICE)),
    check(
        "property_undisclosed_is_not_stated",
        "undisclosed",
        models.Q(undisclosed=False) | models.Q(rent__isnull=True, price__isnull=True, desk_price__isnull=True),
        _("An amount is given and said not to be disclosed: keep one of the two."),
    ),
    check(
        "property_fees_within_hundred",
        "fees",
        models.Q(fees__isnull=True) | models.Q(fees__lte=100),
        _("Fees are a percentage."),
    ),
]
