"""Where it is, and as much of that as the public may know."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.choices import Precision
from properties.discretion.streets import street_of
from properties.models.rules import check
from territory.geography import nearly_contains
from territory.models import Commune


class Place(models.Model):
    """Where a property is: degrees of WGS 84, commune by INSEE code.

    The public knows only the public point (`public_latitude`, `public_longitude`): the true one when the precision is
    exact, else one displaced point, drawn once and stored (`properties.displacement`). No walk or distance is reckoned
    from a drawn point.
    """

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="properties", verbose_name=_("commune"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    business_park = models.CharField(_("business park"), max_length=80, blank=True)
    precision = models.CharField(
        _("precision shown to the public"), max_length=7, choices=Precision.choices, default=Precision.COMMUNE
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    public_latitude = models.FloatField(_("public latitude"), editable=False)
    public_longitude = models.FloatField(_("public longitude"), editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A point far from its commune is a slip that would mislead every visitor."""
        if self.latitude is None or self.longitude is None or self.commune_id is None:
            return
        inside = -90 < self.latitude < 90 and nearly_contains(self.commune.boundary, self.latitude, self.longitude)
        if not inside:
            raise ValidationError({"latitude": _("This point is not in the commune.")})

    @property
    def is_drawn(self) -> bool:
        """Whether the public point was drawn at random: the address is hidden, or its point is not known."""
        return is_drawn(self.precision, self.latitude)

    @property
    def point_precision(self) -> Precision:
        """How exact the public point is: an address may be shown of which nobody gave the point."""
        shown = Precision(self.precision)
        return Precision.COMMUNE if shown == Precision.EXACT and self.is_drawn else shown

    @property
    def public_address(self) -> str:
        """As much of the address as the public may know."""
        return shown_address(self.precision, self.address)

    @property
    def public_business_park(self) -> str:
        """The business park, where the public may know it."""
        return shown_business_park(self.precision, self.business_park)


def is_drawn(precision: str, latitude: float | None) -> bool:
    """Whether the public point of a property is a drawn one; `latitude` is the true one."""
    return precision != Precision.EXACT or latitude is None


def shown_address(precision: str, address: str) -> str:
    """What a precision lets the public know of an address: all of it, the street without its number, or nothing."""
    if precision == Precision.EXACT:
        return address
    return street_of(address) if precision == Precision.STREET else ""


def shown_business_park(precision: str, business_park: str) -> str:
    """A business park names a place more narrow than the commune: told unless the commune is all that is."""
    return "" if precision == Precision.COMMUNE else business_park


CONSTRAINTS = [
    check(
        "property_point_whole",
        "latitude",
        models.Q(latitude__isnull=True, longitude__isnull=True)
        | models.Q(latitude__isnull=False, longitude__isnull=False),
        _("Give both the latitude and the longitude, or neither."),
    )
]
