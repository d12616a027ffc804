"""Applicability of the record's fields to a type of premises and a deal. Pure.

An inapplicable field is neither asked nor shown as "not stated"; if the record holds a value all the same, the page
shows the value.
"""

from properties.choices import (
    DEALS_WITH_DESK_PRICE,
    DEALS_WITH_PRICE,
    DEALS_WITH_RENT,
    Deal,
    Fluid,
    Kind,
)

_GOODS = frozenset(
    {
        "clear_height",
        "floor_load",
        "docks",
        "loading_dock",
        "level_doors",
        "level_door",
        "yard_depth",
        "heavy_goods",
        "crane",
        "goods_lift",
        "cold",
        "parking_lorries",
        "offices_surface",
        "mezzanine_surface",
        "yard_surface",
        "outdoor_yard",
        "icpe_regime",
        "icpe_headings",
        *Fluid.values,
    }
)
_BUILDING = frozenset(
    {
        "condition",
        "built_in",
        "floors",
        "sprinklers",
        "fibre",
        "power_kva",
        "erp_category",
        "erp_types",
        "dpe",
        "ges",
        "dpe_on",
        "dpe_number",
        "accessible",
        "labels",
        "office_tax",
        "parking",
        "parking_cars",
        "parking_bikes",
    }
)
_DESKS = frozenset({"desk_price", "desks"})
_RENTED = frozenset({"rent", "charges", "deposit", "rent_free", "rent_index", "lease"})

_NOT_OF_KIND: dict[str, frozenset[str]] = {
    Kind.OFFICE: _GOODS - {"goods_lift"},
    Kind.COWORKING: _GOODS,
    Kind.INCUBATOR: _GOODS,
    Kind.RETAIL: _GOODS
    - {"loading_dock", "docks", "goods_lift", "heavy_goods", "clear_height", "cold", "mezzanine_surface"},
    Kind.LABORATORY: frozenset({"docks", "level_doors", "level_door", "yard_depth", "parking_lorries", "crane"}),
    Kind.LAND: (_GOODS | _BUILDING)
    - {"heavy_goods", "fibre", "icpe_regime", "icpe_headings", "natural_gas", "process_water"},
}


def applies(field: str, kind: str, deal: str) -> bool:
    """Return True if a listing of this type and deal can state this field."""
    if field in _NOT_OF_KIND.get(kind, ()):
        return False
    if field in _DESKS:
        return deal in DEALS_WITH_DESK_PRICE
    if field == "price":
        return deal in DEALS_WITH_PRICE
    if field == "rent":
        return deal in DEALS_WITH_RENT
    return field not in _RENTED or deal != Deal.SALE
