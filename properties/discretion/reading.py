"""What the public will read of a place, told to who types it. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from properties.choices import Precision
from properties.models.place import shown_address, shown_business_park


@dataclass(frozen=True, slots=True)
class Reading:
    """The place in the public's words, and what else it should know of it."""

    place: str
    notes: tuple[str, ...]


def public_reading(*, precision: str, address: str, business_park: str, commune: str, has_point: bool) -> Reading:
    """The place as page, files and search tell it; `has_point`: its true point is known."""
    street = shown_address(precision, address)
    place = ", ".join(filter(None, (street, shown_business_park(precision, business_park), commune)))
    notes = []
    if precision == Precision.STREET and address and not street:
        notes.append(_("No street is sure in this address, and none is told: write it as “12, rue des Ateliers”."))
    if precision != Precision.EXACT or not has_point:
        notes.append(_("The point on the map is drawn at random in the commune; walks to stations are not stated."))
    return Reading(place, tuple(notes))
