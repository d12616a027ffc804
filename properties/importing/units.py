"""Conversion of amounts from a source's unit to the stored unit. Pure.

The source's amount and unit are kept in `Property.source_values`, so no conversion is silent.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_CENT = Decimal("0.01")
_OF_SURFACE = ("€/year", "€/month", "€/m²")
_FACTORS = {
    "€/m²/month": Decimal(12),
    "€/year": Decimal(1),
    "€/month": Decimal(12),
    "€/m²": Decimal(1),
    "k€": Decimal(1_000),
    "ha": Decimal(10_000),
}


class Undisclosed:
    """Amount withheld by the owner: a value of its own, neither zero nor "not stated"."""

    def __repr__(self) -> str:
        return "undisclosed"


UNDISCLOSED = Undisclosed()


def canonical(cells: Iterable[tuple[str, str, Any]]) -> dict[str, Any]:
    """Convert (field, unit, value) cells to values by field, in m², €/m²/year and €; an empty `unit` is ours.

    Amounts of the whole surface need the surface in the same row; otherwise they are left out, and the row is refused
    for its missing required surface.
    """
    rows = list(cells)
    values: dict[str, Any] = {}
    source_values: dict[str, dict[str, str]] = {}
    for field, unit, value in sorted(rows, key=lambda row: row[0] != "surface"):
        if isinstance(value, Undisclosed):
            values[field], values["undisclosed"] = None, True
        elif not unit or value is None:
            values.setdefault(field, value)
        else:
            surface = values.get("surface")
            if unit in _OF_SURFACE and not surface:
                continue
            source_values[field] = {"value": f"{value.normalize():f}", "unit": unit}
            values[field] = convert(value, unit, surface)
    if any(unit for _field, unit, _value in rows):
        values["source_values"] = source_values
    if "undisclosed" not in values and {field for field, _unit, _value in rows} & {"rent", "price", "desk_price"}:
        values["undisclosed"] = False
    return values


def convert(value: Decimal, unit: str, surface: Decimal | None = None) -> Decimal:
    """Convert `value` to our unit, rounded to the cent; `€/year` and `€/month` are of the whole surface.

    `€/m²` is a price per m², multiplied by the surface.
    """
    amount = value * _FACTORS[unit]
    if unit == "€/m²":
        amount *= surface or 0
    elif unit in _OF_SURFACE:
        amount /= surface or 1
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
