"""What is written on the map beside the communes: the graticule, the codes of the lines, the names of the waters.

All in map units (`drawing.project`). Places come from `data/map.json`, chosen by hand where nothing else stands.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from territory.cartography import drawing

DATA = Path(__file__).resolve().parents[1] / "data"
LATITUDES = (48.66, 48.70, 48.74, 48.78, 48.82)
LONGITUDES = (2.32, 2.36, 2.40, 2.44, 2.48)


@dataclass(frozen=True)
class Parallel:
    """A line of the graticule: `at` is its y when it is a latitude, its x when it is a longitude."""

    degrees: float
    at: float


@dataclass(frozen=True)
class Badge:
    """The code of a line on a plate, centred on (x, y)."""

    text: str
    x: float
    y: float

    @property
    def width(self) -> float:
        """Room for the code at the size of the map's lettering."""
        return len(self.text) * 8.4 + 10

    @property
    def half(self) -> float:
        return self.width / 2


@dataclass(frozen=True)
class WaterName:
    """A name written along a river, from (x, y), turned by `angle` degrees."""

    text: str
    x: float
    y: float
    angle: float


@dataclass(frozen=True)
class Lettering:
    latitudes: Sequence[Parallel]
    longitudes: Sequence[Parallel]
    badges: Sequence[Badge]
    waters: Sequence[WaterName]


@cache
def lettering() -> Lettering:
    """Computed once for the life of the process, as the sheet is."""
    written = json.loads((DATA / "map.json").read_text(encoding="utf-8"))["lettering"]
    return Lettering(
        latitudes=tuple(Parallel(degrees, drawing.project(degrees, LONGITUDES[0])[1]) for degrees in LATITUDES),
        longitudes=tuple(Parallel(degrees, drawing.project(LATITUDES[0], degrees)[0]) for degrees in LONGITUDES),
        badges=tuple(
            Badge(text, *drawing.project(latitude, longitude)) for text, longitude, latitude in written["lines"]
        ),
        waters=tuple(
            WaterName(text, *drawing.project(latitude, longitude), angle)
            for text, longitude, latitude, angle in written["waters"]
        ),
    )
