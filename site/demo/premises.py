"""Generator of fictional premises, seeded: `python -m demo.premises` writes `premises.csv`, read by the importer.

Types, sizes and rents are typical of the southern inner ring; addresses, agents and offers do not exist.
"""

import argparse
import csv
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from demo import buildings
from demo.content.premises import AGENTS, DESCRIPTIONS, DETAILS, RENTS, SIZES, STREETS, TITLES, WEIGHTS
from territory.geography import Geometry, bounds, contains

NUMBER, SEED = 240, 2026
CSV = Path(__file__).parent / "premises.csv"
COMMUNES = Path(__file__).parents[1] / "territory" / "data" / "communes.geojson"
# Reference day of the fictional checks; fixed, because the CSV is a file.
TODAY = date(2026, 11, 20)

NBSP = "\u00a0"
# French sets a no-break space before its high punctuation, and between a number and its unit.
_LOOSE_SPACE = re.compile(r" (?=[:;!?%])|(?<=\d) (?=(?:m²|m|h|t|°C)\b)")

FIELDS = tuple(
    "reference type deal state surface divisible_from rent price desk_price available_from lease condition insee "  # noqa: SIM905
    "address precision latitude longitude title_fr title_en description_fr description_en clear_height power_kva "
    "fibre parking loading_dock heavy_goods accessible outdoor_yard partner agent verified_on expires_on lots".split()
)


def write_csv(path: Path, number: int = NUMBER, seed: int = SEED) -> None:
    """Write `number` fictional premises; the same seed gives the same file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS + buildings.FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(number, seed))


def rows(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the file; communes take turns, so that none is left out."""
    random = Random(seed)
    communes = json.loads(COMMUNES.read_text(encoding="utf-8"))["features"]
    order = sorted(communes, key=lambda feature: -feature["properties"]["population"])
    for index in range(number):
        feature = order[index % len(order)] if index < 2 * len(order) else random.choice(order[:16])
        yield _row(random, f"GOSB-{index + 1:04d}", feature)


def _row(random: Random, reference: str, feature: dict[str, Any]) -> dict[str, Any]:
    insee = feature["properties"]["insee"]
    kind = random.choices(list(WEIGHTS), weights=_weights(insee))[0]
    deal = _deal(random, kind)
    low, high = SIZES[kind]
    surface = _rounded(random.triangular(low, high, low + (high - low) * 0.22))
    variant = random.randrange(len(TITLES[kind]))
    title_fr, title_en = TITLES[kind][variant]
    height = random.choice([4.5, 5, 6, 7, 8, 9.5, 10]) if kind in ("activity", "warehouse") else None
    row = {
        "reference": reference,
        "type": kind,
        "deal": deal,
        "state": "under_offer" if random.random() < 0.06 else "on_market",
        "surface": surface,
        "divisible_from": _rounded(surface / random.choice([2, 3, 4]))
        if surface > 250 and random.random() < 0.5
        else "",
        "available_from": _availability(random),
        "lease": _lease(random, kind, deal),
        "condition": ""
        if kind == "land"
        else random.choice(["new", "renovated", "renovated", "good", "good", "to-refurbish", ""]),
        "insee": insee,
        "address": f"{random.randint(2, 148)} {random.choice(STREETS)}",
        "precision": random.choices(["exact", "street", "commune"], weights=[6, 1, 2])[0],
        "title_fr": title_fr,
        "title_en": title_en,
        "clear_height": height or "",
        "power_kva": random.choice([36, 60, 100, 160, 250, 400, ""])
        if kind in ("activity", "warehouse", "laboratory")
        else "",
        "partner": _partner(random, kind, insee),
        "agent": random.choice([*AGENTS, "", ""]),
        "verified_on": (TODAY - timedelta(days=random.randint(0, 75))).isoformat(),
        "expires_on": (TODAY + timedelta(days=random.randint(300, 700))).isoformat(),
    }
    row |= _money(random, kind, deal, insee, surface) | _point(random, feature["geometry"]) | _features(random, kind)
    row["lots"] = _lots(random, kind, surface, row)
    row["description_fr"], row["description_en"] = _description(random, kind, row, feature["properties"]["name"])
    return row | buildings.record(row, TODAY)


def _weights(insee: str) -> list[float]:
    """Weight types by commune.

    Logistics near Rungis and Orly, laboratories near Villejuif and the Bièvre, offices to the north.
    """
    weights = dict(WEIGHTS)
    if insee in ("94065", "94054", "91479", "94021", "94073"):
        weights |= {"warehouse": 30, "activity": 22}
    if insee in ("94076", "94016", "94003", "94037", "94043"):
        weights |= {"laboratory": 14, "office": 30, "warehouse": 3}
    if insee in ("94081", "94041", "91027", "91687"):
        weights |= {"activity": 34}
    return list(weights.values())


def _deal(random: Random, kind: str) -> str:
    if kind in ("coworking", "incubator"):
        return "services"
    if kind == "land":
        return random.choice(["sale", "sale", "rent"])
    return random.choices(
        ["rent", "sale", "sublease", "lease-transfer"], weights=[72, 16, 6, 6 if kind == "retail" else 2]
    )[0]


def _rounded(surface: float) -> int:
    step = 5 if surface < 300 else 10 if surface < 2_000 else 50
    return max(step, round(surface / step) * step)


def _availability(random: Random) -> str:
    draw = random.random()
    if draw < 0.1:
        return ""
    if draw < 0.45:
        return (TODAY - timedelta(days=random.randint(5, 120))).isoformat()
    month = random.randint(12, 26)
    return date(2026 + (month - 1) // 12, (month - 1) % 12 + 1, 1).isoformat()


def _lease(random: Random, kind: str, deal: str) -> str:
    if deal == "sale":
        return ""
    if deal == "services":
        return "services"
    if kind == "land":
        return "construction"
    return random.choices(["commercial", "derogatory", "professional", ""], weights=[70, 12, 8, 10])[0]


def _money(random: Random, kind: str, deal: str, insee: str, surface: int) -> dict[str, Any]:
    low, high = RENTS[kind]
    # Rents rise towards Paris and, per square metre, for small surfaces.
    near = (
        1.15
        if insee in ("94037", "94041", "94043", "94003", "94076", "94016")
        else 0.95
        if insee.startswith("91")
        else 1.0
    )
    rent = round(random.uniform(low, high) * near * (1.08 if surface < 200 else 1))
    money: dict[str, Any] = {"rent": "", "price": "", "desk_price": ""}
    if random.random() < 0.08:
        return money
    if deal == "services":
        money["desk_price"] = random.choice([190, 220, 250, 290, 320, 360])
    elif deal == "sale":
        money["price"] = round(surface * rent * (14 if kind != "land" else 9) / 1_000) * 1_000
    else:
        money["rent"] = rent
        if deal == "lease-transfer":
            money["price"] = random.choice([25_000, 40_000, 60_000, 85_000])
    return money


def _point(random: Random, boundary: Geometry) -> dict[str, float]:
    west, south, east, north = bounds([boundary])
    while True:
        latitude, longitude = round(random.uniform(south, north), 5), round(random.uniform(west, east), 5)
        if contains(boundary, latitude, longitude):
            return {"latitude": latitude, "longitude": longitude}


def _features(random: Random, kind: str) -> dict[str, str]:
    likely = {
        "fibre": 0.75 if kind != "land" else 0.2,
        "parking": 0.6,
        "loading_dock": {"warehouse": 0.85, "activity": 0.45}.get(kind, 0.03),
        "heavy_goods": {"warehouse": 0.9, "activity": 0.6, "land": 0.6}.get(kind, 0.08),
        "accessible": 0.55,
        "outdoor_yard": {"warehouse": 0.8, "activity": 0.6}.get(kind, 0.1),
    }
    return {
        name: "" if random.random() < 0.22 else "yes" if random.random() < chance else "no"
        for name, chance in likely.items()
    }


def _partner(random: Random, kind: str, insee: str) -> str:
    if kind == "land" or random.random() < 0.6:
        return "ept"
    if insee.startswith("91"):
        return random.choice(["cci-91", "essonne-developpement"])
    return "cci-94"


def _lots(random: Random, kind: str, surface: int, row: dict[str, Any]) -> str:
    if kind in ("land", "coworking", "incubator") or not row["divisible_from"] or random.random() < 0.3:
        return ""
    number = min(5, surface // int(row["divisible_from"]))
    share = surface // number
    surfaces = [share] * (number - 1) + [surface - share * (number - 1)]
    floors = [f"R+{index}" if kind == "office" else "RDC" for index in range(number)]
    return "|".join(f"{chr(65 + index)}:{area}:{row['rent']}:{floors[index]}" for index, area in enumerate(surfaces))


def _description(random: Random, kind: str, row: dict[str, Any], commune: str) -> tuple[str, str]:
    opening_fr, opening_en = random.choice(DESCRIPTIONS[kind])
    facts_fr, facts_en = [], []
    if row["clear_height"]:
        facts_fr.append(f"Hauteur libre de {str(row['clear_height']).replace('.', ',')} m.")
        facts_en.append(f"Clear height of {row['clear_height']} m.")
    if row["loading_dock"] == "yes":
        facts_fr.append("Quai de déchargement.")
        facts_en.append("Loading dock.")
    if row["outdoor_yard"] == "yes":
        facts_fr.append("Cour privative.")
        facts_en.append("Private yard.")
    if row["divisible_from"]:
        facts_fr.append(f"Divisible dès {row['divisible_from']:,} m².".replace(",", NBSP))
        facts_en.append(f"Can be divided from {row['divisible_from']:,} m².")
    # Own random generator: texts may change without changing the offers.
    details = Random(row["reference"]).sample(DETAILS[kind], 2)
    french = [opening_fr.format(commune=commune), *(fr for fr, _en in details), *facts_fr, "Annonce fictive."]
    english = [opening_en.format(commune=commune), *(en for _fr, en in details), *facts_en, "Fictional offer."]
    return _LOOSE_SPACE.sub(NBSP, " ".join(french)), " ".join(english)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the demonstration's premises.")
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--path", type=Path, default=CSV)
    options = parser.parse_args()
    write_csv(options.path, options.number, options.seed)
