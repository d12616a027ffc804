"""The offering: a property on the market, its lots, and the stations one walks to."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from properties.choices import (
    DEALS_WITH_DESK_PRICE,
    DEALS_WITH_PRICE,
    DEALS_WITH_RENT,
    PUBLIC_STATES,
    Condition,
    Deal,
    Feature,
    Kind,
    Lease,
    Precision,
    State,
    Stated,
)
from properties.querysets import PropertyQuerySet
from properties.signals import offering_changed
from territory.geography import nearly_contains
from territory.languages import InLanguage
from territory.models import Commune, Partner, Station

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    pass

# `12`, `12 bis`, `12-14`, `12/14 ter,` before a street's name.
_NUMBER_IN_STREET = re.compile(r"^[\s\d/,–-]+(?:(?:bis|ter|quater|[A-D])\b)?[\s,]*", re.IGNORECASE)


def _stated(label: "StrOrPromise") -> models.CharField:
    return models.CharField(label, max_length=7, choices=Stated.choices, default=Stated.UNKNOWN)


def _money_only_for(field: str, deals: tuple[Deal, ...]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"property_{field}_fits_deal",
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(deal__in=[deal.value for deal in deals]),
        violation_error_message=_("This deal does not carry that kind of money."),
    )


def _not_negative(model: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model}_{field}_not_negative",
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gte": 0}),
        violation_error_message=_("This cannot be negative."),
    )


class Property(models.Model):
    """An offer of premises or land.

    Surfaces are in m². `rent` is €/m²/year excluding tax and charges, `price` is € excluding tax, `desk_price` is
    € a desk and a month; none is ever converted into another. A missing value means "not stated".
    The public knows only the public point (`public_latitude`, `public_longitude`): the true one when the precision
    is exact, else one displaced point, drawn once and stored.
    """

    reference = models.CharField(
        _("reference"), max_length=20, unique=True, validators=[RegexValidator(r"^[A-Z0-9][A-Z0-9-]*$")]
    )
    source = models.CharField(_("source"), max_length=40, blank=True, db_index=True)
    source_reference = models.CharField(_("reference at the source"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices)
    deal = models.CharField(_("deal"), max_length=14, choices=Deal.choices)

    surface = models.DecimalField(
        _("total surface (m²)"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    divisible_from = models.DecimalField(
        _("divisible from (m²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    rent = models.DecimalField(
        _("rent (€/m²/year, excl. tax and charges)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    price = models.DecimalField(_("price (€, excl. tax)"), max_digits=12, decimal_places=2, null=True, blank=True)
    desk_price = models.DecimalField(
        _("price per desk (€/month, excl. tax)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    available_from = models.DateField(_("available from"), null=True, blank=True)
    lease = models.CharField(_("lease"), max_length=12, choices=Lease.choices, blank=True)
    condition = models.CharField(_("condition"), max_length=12, choices=Condition.choices, blank=True)

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="properties", verbose_name=_("commune"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    precision = models.CharField(
        _("precision shown to the public"), max_length=7, choices=Precision.choices, default=Precision.COMMUNE
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    public_latitude = models.FloatField(_("public latitude"), editable=False)
    public_longitude = models.FloatField(_("public longitude"), editable=False)

    title_fr = models.CharField(_("title in French"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = InLanguage("title")
    description_fr = models.TextField(_("description in French"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    description = InLanguage("description")

    clear_height = models.DecimalField(_("clear height (m)"), max_digits=4, decimal_places=2, null=True, blank=True)
    power_kva = models.PositiveIntegerField(_("power (kVA)"), null=True, blank=True)
    fibre = _stated(_("fibre"))
    parking = _stated(_("parking"))
    loading_dock = _stated(_("loading dock"))
    heavy_goods = _stated(_("heavy-goods access"))
    accessible = _stated(_("step-free access"))
    outdoor_yard = _stated(_("yard"))

    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="properties", verbose_name=_("partner in charge")
    )
    agent = models.CharField(_("agent"), max_length=120, blank=True)
    verified_on = models.DateField(_("last checked on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = PropertyQuerySet.as_manager()

    class Meta:
        verbose_name = _("property")
        verbose_name_plural = _("properties")
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_reference"],
                condition=~models.Q(source_reference=""),
                name="property_unique_at_source",
            ),
            models.CheckConstraint(name="property_surface_positive", condition=models.Q(surface__gt=0)),
            models.CheckConstraint(
                name="property_divisible_within_total",
                condition=models.Q(divisible_from__isnull=True)
                | models.Q(divisible_from__gt=0, divisible_from__lte=models.F("surface")),
                violation_error_message=_("It cannot be divisible from more than its total surface."),
            ),
            *(_not_negative("property", field) for field in ("rent", "price", "desk_price", "clear_height")),
            _money_only_for("rent", DEALS_WITH_RENT),
            _money_only_for("price", DEALS_WITH_PRICE),
            _money_only_for("desk_price", DEALS_WITH_DESK_PRICE),
            models.CheckConstraint(
                name="property_point_whole",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Give both the latitude and the longitude, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        offering_changed.send(sender=type(self), ids=[self.pk])

    def get_absolute_url(self) -> str:
        return reverse("properties:detail", args=[self.reference])

    def clean(self) -> None:
        """A point far from its commune is a slip that would mislead every visitor."""
        if self.latitude is None or self.longitude is None or self.commune_id is None:
            return
        inside = -90 < self.latitude < 90 and nearly_contains(self.commune.boundary, self.latitude, self.longitude)
        if not inside:
            raise ValidationError({"latitude": _("This point is not in the commune.")})

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        pk = self.pk
        outcome = super().delete(*args, **kwargs)
        offering_changed.send(sender=type(self), ids=[pk])
        return outcome

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def public_address(self) -> str:
        """As much of the address as the public may know: all of it, the street without its number, or nothing."""
        if self.precision == Precision.EXACT:
            return self.address
        return _NUMBER_IN_STREET.sub("", self.address) if self.precision == Precision.STREET else ""

    @property
    def features(self) -> list[tuple[Feature, Stated]]:
        """Each feature with what is stated about it."""
        return [(feature, Stated(getattr(self, feature.value))) for feature in Feature]

    @property
    def nearest_station(self) -> "NearbyStation | None":
        """The station fewest minutes away on foot; uses the prefetched stations."""
        return min(self.nearby_stations.all(), key=lambda near: (near.minutes, near.station_id), default=None)


class Lot(models.Model):
    """A lettable or sellable part of a property; same units as the property."""

    property = models.ForeignKey(Property, on_delete=models.CASCADE, related_name="lots")
    label = models.CharField(_("lot"), max_length=40)
    floor = models.CharField(_("floor"), max_length=20, blank=True)
    surface = models.DecimalField(_("surface (m²)"), max_digits=9, decimal_places=2)
    rent = models.DecimalField(
        _("rent (€/m²/year, excl. tax and charges)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    available_from = models.DateField(_("available from"), null=True, blank=True)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["property", "label"], name="lot_unique_in_property"),
            models.CheckConstraint(name="lot_surface_positive", condition=models.Q(surface__gt=0)),
            _not_negative("lot", "rent"),
        ]

    def __str__(self) -> str:
        return self.label


class NearbyStation(models.Model):
    """A station within walking distance of the public point: computed, never typed (`territory.geography`)."""

    property = models.ForeignKey(Property, on_delete=models.CASCADE, related_name="nearby_stations")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("walking minutes"))

    class Meta:
        ordering = ["minutes", "station"]
        constraints = [models.UniqueConstraint(fields=["property", "station"], name="nearby_station_once")]

    def __str__(self) -> str:
        return f"{self.station} ({self.minutes} min)"
