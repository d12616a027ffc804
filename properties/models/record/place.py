"""Place of a property, and the part of the place known to the public."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.choices import Precision
from properties.discretion.streets import street_of
from properties.models.rules import check
from territory.geography import nearly_contains
from territory.models import Commune


class PropertyPlace(models.Model):
    """Place of a property: degrees of WGS 84, commune by INSEE code.

    The public knows only the public point (`public_latitude`, `public_longitude`): the true point when the precision is
    exact, else a displaced point, drawn once and stored (`properties.displacement`). No walk or distance is computed
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
        """Refuse a point clearly outside its commune: such a typing error would mislead every visitor."""
        if self.latitude is None or self.longitude is None or self.commune_id is None:
            return
        inside = -90 < self.latitude < 90 and nearly_contains(self.commune.boundary, self.latitude, self.longitude)
        if not inside:
            raise ValidationError({"latitude": _("This point is not in the commune.")})

    @property
    def is_drawn(self) -> bool:
        """True if the public point was drawn at random, for a hidden address or an unknown true point."""
        return is_drawn(self.precision, self.latitude)

    @property
    def point_precision(self) -> Precision:
        """Precision of the public point: commune when an exact address has no known point."""
        shown = Precision(self.precision)
        return Precision.COMMUNE if shown == Precision.EXACT and self.is_drawn else shown

    @property
    def public_address(self) -> str:
        """Part of the address shown to the public."""
        return shown_address(self.precision, self.address)

    @property
    def public_business_park(self) -> str:
        """Business park if shown to the public, else empty."""
        return shown_business_park(self.precision, self.business_park)


def is_drawn(precision: str, latitude: float | None) -> bool:
    """Return True if a property's public point is drawn; `latitude` is the true one."""
    return precision != Precision.EXACT or latitude is None


def shown_address(precision: str, address: str) -> str:
    """Return the part of an address shown at a precision: all, the street without its number, or nothing."""
    if precision == Precision.EXACT:
        return address
    return street_of(address) if precision == Precision.STREET else ""


def shown_business_park(precision: str, business_park: str) -> str:
    """Return the business park, or nothing when only the commune is shown: a park is narrower than its commune."""
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
