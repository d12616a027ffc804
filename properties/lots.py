"""Lots of a property: replaced all together, and serialised as text for the log of changes."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from properties.models import Lot, Property

FIELDS = ("label", "floor", "surface", "rent", "available_from")


def described(lots: Iterable[Lot]) -> str:
    """Serialise lots for the log, one a line by label: label, floor, surface (m²), rent (€/m²/year), day available."""
    rows = sorted([_cell(getattr(lot, name)) for name in FIELDS] for lot in lots)
    return "\n".join(" : ".join(row) for row in rows)


def read(text: str) -> list[dict[str, str]]:
    """Parse text written by `described` into one dictionary of field values per lot."""
    return [dict(zip(FIELDS, line.split(" : "), strict=False)) for line in text.splitlines()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else f"{value}"
    return " ".join(text.split()).replace(" : ", ": ")


def checked(instance: Property, lots: Sequence[Mapping[str, Any]]) -> list[Lot]:
    """Return unsaved lots of these values. Raises `ValidationError` naming `lots` when one is refused."""
    unsaved_lots = [Lot(property=instance, **values) for values in lots]
    if len({lot.label for lot in unsaved_lots}) < len(unsaved_lots):
        raise ValidationError({"lots": _("Two lots bear the same label.")})
    for lot in unsaved_lots:
        try:
            lot.full_clean(exclude=["property"], validate_unique=False, validate_constraints=False)
            lot.validate_constraints(exclude={"property", "label"})
        except ValidationError as error:
            messages = ", ".join(error.messages)
            raise ValidationError({"lots": f"{lot.label}: {messages}"}) from None
    return unsaved_lots


def write(instance: Property, lots: list[Lot]) -> None:
    """Replace the property's lots."""
    Lot.objects.filter(property=instance).delete()
    Lot.objects.bulk_create(lots)
