"""What the parts of the record share: three-valued columns, amounts, and constraints that know their field."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.by_language import required_text
from properties.choices import Deal, Stated

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The field that each check constraint speaks about: where a form or a report shows its message.
FIELD_OF: dict[str, str] = {}
CONTRADICTION = _("This number and the yes or no of the same equipment contradict each other: change one of the two.")


def stated(label: "StrOrPromise") -> "models.CharField[str, str]":
    """Yes, no or not stated."""
    return models.CharField(label, max_length=7, choices=Stated.choices, default=Stated.UNKNOWN)


def amount(label: "StrOrPromise", digits: int = 9) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """A quantity of zero or more; None is "not stated"."""
    return models.DecimalField(
        label,
        max_digits=digits,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )


def count(label: "StrOrPromise") -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """A number of things; 0 is none, None is "not stated"."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def check(name: str, field: str, condition: models.Q, message: "StrOrPromise") -> models.CheckConstraint:
    """What must never be, in the database and with words for the field."""
    FIELD_OF[name] = field
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=message)


def spoken(name: str, field: str) -> models.CheckConstraint:
    """A text in the default language of the site."""
    FIELD_OF[name] = field
    return required_text(field, name)


def not_negative(model: str, fields: Iterable[str]) -> list[models.CheckConstraint]:
    return [
        check(
            f"{model}_{field}_not_negative",
            field,
            models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gte": 0}),
            _("This cannot be negative."),
        )
        for field in fields
    ]


def only_for(field: str, deals: tuple[Deal, ...]) -> models.CheckConstraint:
    """Money that only some deals carry."""
    return check(
        f"property_{field}_fits_deal",
        field,
        models.Q(**{f"{field}__isnull": True}) | models.Q(deal__in=[deal.value for deal in deals]),
        _("This deal does not carry that kind of money."),
    )


def at_most_total(field: str) -> models.CheckConstraint:
    """A part of the premises is not larger than the whole."""
    return check(
        f"property_{field}_within_total",
        field,
        models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__lte": models.F("surface")}),
        _("A part cannot be larger than the total surface."),
    )


def agrees(feature: str, measure: str) -> models.CheckConstraint:
    """A feature and what measures it say the same: some is a yes, none is not a yes."""
    yes = models.Q(**{feature: Stated.YES.value})
    return check(
        f"property_{measure}_agrees",
        measure,
        models.Q(**{f"{measure}__isnull": True})
        | (models.Q(**{f"{measure}__gt": 0}) & yes)
        | (models.Q(**{measure: 0}) & ~yes),
        CONTRADICTION,
    )
