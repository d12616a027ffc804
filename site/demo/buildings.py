"""Fictional building, costs and diagnoses of the demonstration's listings, seeded by reference.

Each offer has its own random generator, so that this module may change without changing the offers.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from properties.choices import DEALS_WITH_DESK_PRICE, DEALS_WITH_RENT

FIELDS = tuple(
    "measure destination plu_zone charges property_tax office_tax fees fees_paid_by deposit rent_free incentives_fr "  # noqa: SIM905
    "incentives_en desks rent_index business_park built_in floors floor_load docks level_door level_doors "
    "yard_surface yard_depth offices_surface mezzanine_surface parking_cars parking_lorries parking_bikes crane "
    "goods_lift sprinklers cold compressed_air natural_gas process_water icpe_regime icpe_headings erp_category "
    "erp_types dpe ges dpe_on dpe_number labels mandate".split()
)

_GOODS = ("activity", "warehouse")
_DESTINATIONS = {"office": "office", "activity": "industry", "warehouse": "warehouse", "retail": "craft_retail",
                 "laboratory": "industry", "coworking": "office", "incubator": "office"}  # fmt: skip
_MEASURES = {"office": "rental", "warehouse": "floor", "retail": "carrez", "land": "plot"}
# € a m² and a year: service charges, property tax, tax on offices and premises (low, high).
_YEARLY = {
    "office": ((38, 62), (14, 24), (11, 21)),
    "retail": ((16, 30), (12, 20), (4, 8)),
    "activity": ((12, 24), (9, 15), (1, 3)),
    "warehouse": ((8, 16), (8, 13), (1, 3)),
    "laboratory": ((45, 70), (14, 22), (11, 21)),
}
# Surface in m² below which the tax on offices and premises is not due (Code général des impôts, 231 ter, V).
_TAXED_FROM = {"office": 100, "laboratory": 100, "retail": 2_500, "activity": 5_000, "warehouse": 5_000}
_PARKS = ("Parc de la Fontaine (fictif)", "Parc des Trois Ponts (fictif)", "Parc du Coteau (fictif)")


def record(row: dict[str, Any], today: date) -> dict[str, Any]:
    """Return the fields of `FIELDS` for an offer; empty where the listing is silent."""
    random = Random(f"record {row['reference']}")
    fields: dict[str, Any] = dict.fromkeys(FIELDS, "")
    fields |= _costs(random, row)
    kind, surface = row["type"], row["surface"]
    fields["measure"] = _maybe(random, 0.8, _MEASURES.get(kind, "useful"))
    fields["plu_zone"] = _maybe(random, 0.6, random.choice(["UF", "UE", "UX", "UC"]))
    fields["business_park"] = _maybe(random, 0.3, random.choice(_PARKS)) if kind in (*_GOODS, "laboratory") else ""
    fields["mandate"] = random.choice(["exclusive", "shared", "simple", "simple"]) if row["agent"] else "owner"
    if kind == "land":
        return fields
    fields["destination"] = _maybe(random, 0.8, _DESTINATIONS[kind])
    fields |= _structure(random, row) | _diagnosis(random, row, today)
    if kind in (*_GOODS, "laboratory"):
        fields |= _equipment(random, kind, surface, row)
    if kind == "retail":
        fields |= {"erp_category": "5", "erp_types": random.choice(["M", "N", "M, N"])}
    if kind in ("coworking", "incubator"):
        fields["desks"] = max(4, int(surface / 9))
    return fields


def _maybe(random: Random, chance: float, value: Any) -> Any:
    return value if random.random() < chance else ""


def _costs(random: Random, row: dict[str, Any]) -> dict[str, Any]:
    kind, deal = row["type"], row["deal"]
    if deal in DEALS_WITH_DESK_PRICE:
        return {"deposit": _maybe(random, 0.8, random.choice([1, 2]))}
    costs: dict[str, Any] = {}
    if kind in _YEARLY:
        charges, tax, offices = (random.randint(*span) for span in _YEARLY[kind])
        due = row["surface"] >= _TAXED_FROM[kind]
        costs |= {
            "charges": _maybe(random, 0.75, charges) if deal != "sale" else "",
            "property_tax": _maybe(random, 0.7, tax),
            "office_tax": _maybe(random, 0.6, offices) if due else 0,
        }
    if row["agent"]:
        costs |= {"fees": 15 if deal in DEALS_WITH_RENT else random.choice([4, 5, 6]), "fees_paid_by": "occupier"}
    if deal in DEALS_WITH_RENT:
        costs |= {
            "deposit": _maybe(random, 0.8, 3 if kind != "land" else 6),
            "rent_index": ""
            if kind == "land"
            else "ilc"
            if kind == "retail"
            else random.choice(["ilat", "ilat", "ilc"]),
        }
        if random.random() < 0.2:
            months = random.choice([1, 2, 3, 6])
            costs |= {
                "rent_free": months,
                "incentives_fr": "Participation du bailleur aux travaux, à discuter.",
                "incentives_en": "The owner contributes to works, to be discussed.",
            }
    if not (row["rent"] or row["price"]) and random.random() < 0.5:
        # "NC" means undisclosed by the owner, unlike an empty field, not stated.
        costs["price" if deal == "sale" else "rent"] = "NC"
    return costs


def _structure(random: Random, row: dict[str, Any]) -> dict[str, Any]:
    kind, surface = row["type"], row["surface"]
    new = row["condition"] == "new"
    cars = max(1, int(surface / random.choice([40, 60, 90])))
    return {
        "built_in": random.choice([2025, 2026]) if new else _maybe(random, 0.8, random.randint(1958, 2019)),
        "floors": _maybe(random, 0.8, random.randint(1, 2) if kind in _GOODS else random.randint(2, 9)),
        "parking_cars": cars if row["parking"] == "yes" and random.random() < 0.7 else "",
        "parking_bikes": _maybe(random, 0.5, random.choice([6, 10, 12, 20, 40])),
        "goods_lift": _stated(random, 0.35 if kind in ("office", "laboratory", "activity") else 0.05),
        "sprinklers": _stated(random, 0.6 if kind == "warehouse" else 0.15),
        "labels": _maybe(random, 0.12, random.choice(["HQE", "BREEAM", "HQE, BREEAM"]))
        if kind == "office" or new
        else "",
    }


def _diagnosis(random: Random, row: dict[str, Any], today: date) -> dict[str, Any]:
    if random.random() < 0.3:
        return {"dpe": "", "ges": ""}
    letter = random.choice("AB") if row["condition"] == "new" else random.choice("BCCDDDEEFG")
    return {
        "dpe": letter,
        "ges": random.choice("ABCD"),
        "dpe_on": (today - timedelta(days=random.randint(40, 1_500))).isoformat(),
        "dpe_number": "DEMO" + row["reference"].removeprefix("GOSB-").rjust(9, "0"),
    }


def _equipment(random: Random, kind: str, surface: int, row: dict[str, Any]) -> dict[str, Any]:
    equipment: dict[str, Any] = {
        "floor_load": _maybe(random, 0.7, random.choice([1.5, 2, 3, 5]) if kind != "laboratory" else 0.5),
        "cold": _stated(random, 0.2),
        "crane": _stated(random, 0.15 if kind == "activity" else 0.03),
        "compressed_air": _stated(random, 0.3),
        "natural_gas": _stated(random, 0.4),
        "process_water": _stated(random, 0.2),
        "offices_surface": _maybe(random, 0.6, max(10, round(surface * random.choice([0.08, 0.12, 0.2]) / 5) * 5)),
        "mezzanine_surface": _maybe(random, 0.2, max(10, round(surface * 0.1 / 5) * 5)),
        "level_door": _stated(random, 0.85),
        "icpe_regime": _maybe(
            random, 0.6, "none" if surface < 2_000 else random.choice(["declaration", "registration"])
        ),
    }
    if equipment["icpe_regime"] not in ("", "none"):
        equipment["icpe_headings"] = random.choice(["1510", "1510, 2663", "2925"])
    if equipment["level_door"] == "yes":
        equipment["level_doors"] = max(1, min(6, surface // 400))
    if row["loading_dock"] == "yes":
        equipment["docks"] = max(1, min(24, surface // 600))
    if row["outdoor_yard"] == "yes":
        equipment |= {
            "yard_surface": max(60, round(surface * random.choice([0.4, 0.6, 0.9]) / 10) * 10),
            "yard_depth": _maybe(random, 0.6, random.choice([18, 22, 28, 32])),
        }
    if row["parking"] == "yes" and kind == "warehouse":
        equipment["parking_lorries"] = _maybe(random, 0.6, random.choice([2, 4, 6, 10]))
    return equipment


def _stated(random: Random, chance: float) -> str:
    return "" if random.random() < 0.3 else "yes" if random.random() < chance else "no"
