"""The map of the territory, ready to be put in a template: every path computed once from `data/`.

    sheet().tones          four path data, one for each tone: the communes
    sheet().outline        the territory's outline; `sheet().departments["94"]` one department's
    sheet().communes       each commune: code, name, tone, path, and where its name is written, in rows
    sheet().rivers         code → smooth path (schematic); `sheet().runways` one path (schematic)
    sheet().lines          each line: code, mode, path through its stations (straight, schematic)
    sheet().stations       each station: slug, name, lines, x, y

All are in map units (`project`); `data/README.md` gives the sources to cite under any map.
"""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from territory.cartography import drawing
from territory.cartography.drawing import Point
from territory.choices import Mode
from territory.geography import Geometry, bounds, centroid, contains

DATA = Path(__file__).resolve().parents[1] / "data"
ROW_HEIGHT = 11


@dataclass(frozen=True)
class NameRow:
    """One row of a commune's name, centred on (x, y)."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class CommuneOnMap:
    insee: str
    name: str
    tone: int
    path: str
    name_rows: tuple[NameRow, ...]
    area: Geometry = field(repr=False, compare=False)

    def moved(self, right: float, down: float) -> tuple[NameRow, ...]:
        """Its name written so far from its place; nothing when that is outside the commune."""
        rows = tuple(NameRow(row.x + right, row.y + down, row.text) for row in self.name_rows)
        inside = all(contains(self.area, *drawing.unproject(row.x, row.y)) for row in rows)
        return rows if inside else ()


@dataclass(frozen=True)
class LineOnMap:
    """`stops` are slugs of stations, each once, in the order of the line's branches."""

    code: str
    mode: Mode
    path: str
    stops: tuple[str, ...]

    @property
    def slug(self) -> str:
        """For a CSS class: `rer-c`."""
        return self.code.lower().replace(" ", "-")


@dataclass(frozen=True)
class StationOnMap:
    slug: str
    name: str
    lines: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True)
class Sheet:
    """Everything drawn on the map, back to front in the order of the fields."""

    bounds: tuple[float, float, float, float]  # left, top, right, bottom of the land
    tones: tuple[str, ...]
    outline: str
    departments: Mapping[str, str]
    communes: tuple[CommuneOnMap, ...]
    runways: str
    rivers: Mapping[str, str]
    lines: tuple[LineOnMap, ...]
    stations: tuple[StationOnMap, ...]

    def stops(self, *, on: str = "", off: str = "") -> str:
        """Path data of one dot for each station that `on` serves, or that `off` does not."""
        return "".join(
            drawing.path([(station.x, station.y)]) + "h0"
            for station in self.stations
            if (not on or on in station.lines) and (not off or off not in station.lines)
        )


@cache
def sheet() -> Sheet:
    """The whole map. The files ship with the program, so it is drawn once for the life of the process."""
    features = _features()
    drawn = json.loads((DATA / "map.json").read_text(encoding="utf-8"))
    areas = {feature["properties"]["insee"]: feature["geometry"] for feature in features}
    names = {feature["properties"]["insee"]: feature["properties"]["name"] for feature in features}
    tone = tones()
    stations = _stations()
    return Sheet(
        bounds=_bounds(areas),
        tones=tuple(
            "".join(drawing.area_path(areas[code]) for code in areas if tone[code] == wanted)
            for wanted in drawing.TONES
        ),
        outline=drawing.outline_path(areas.values()),
        departments={
            department: drawing.outline_path(area for code, area in areas.items() if code.startswith(department))
            for department in sorted({code[:2] for code in areas})
        },
        communes=tuple(
            CommuneOnMap(
                insee=code,
                name=names[code],
                tone=tone[code],
                path=drawing.area_path(area),
                name_rows=_name_rows(names[code], area, drawn["names"].get(code, {})),
                area=area,
            )
            for code, area in areas.items()
        ),
        runways="".join(drawing.ground_path(runway) for runway in drawn["runways"]),
        rivers={
            code: drawing.curve([drawing.project(latitude, longitude) for longitude, latitude in trace])
            for code, trace in drawn["rivers"].items()
        },
        lines=tuple(
            LineOnMap(code, Mode.of_line(code), _line_path(branches, stations), _stops(branches))
            for code, branches in drawn["lines"].items()
        ),
        stations=tuple(stations.values()),
    )


@cache
def tones() -> dict[str, int]:
    """Each commune's tone (0 to 3) by INSEE code; no two neighbours alike, and always the same."""
    areas = {feature["properties"]["insee"]: feature["geometry"] for feature in _features()}
    return drawing.four_colours(drawing.neighbours(areas), drawing.FIXED_TONES)


@cache
def _features() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((DATA / "communes.geojson").read_text(encoding="utf-8"))["features"]
    return features


@cache
def box() -> tuple[float, float, float, float]:
    """(west, south, east, north) around the territory, in degrees to two decimals."""
    west, south, east, north = (degrees * 100 for degrees in bounds(feature["geometry"] for feature in _features()))
    return math.floor(west) / 100, math.floor(south) / 100, math.ceil(east) / 100, math.ceil(north) / 100


def _bounds(areas: Mapping[str, Geometry]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds(areas.values())
    return *drawing.project(north, west), *drawing.project(south, east)


def _stations() -> dict[str, StationOnMap]:
    with (DATA / "stations.csv").open(newline="", encoding="utf-8") as file:
        return {
            row["slug"]: StationOnMap(
                row["slug"],
                row["name"],
                tuple(row["lines"].split("|")),
                *drawing.project(float(row["latitude"]), float(row["longitude"])),
            )
            for row in csv.DictReader(file)
        }


def _line_path(branches: Sequence[Sequence[Any]], stations: Mapping[str, StationOnMap]) -> str:
    """Each branch lists stations by slug; a `[longitude, latitude]` pair is where it leaves the map, or bends."""

    def place(stop: Any) -> Point:
        if isinstance(stop, str):
            return stations[stop].x, stations[stop].y
        return drawing.project(stop[1], stop[0])

    return "".join(drawing.path([place(stop) for stop in branch]) for branch in branches)


def _stops(branches: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stop for branch in branches for stop in branch if isinstance(stop, str)))


def _name_rows(name: str, area: Geometry, wanted: Mapping[str, Any]) -> tuple[NameRow, ...]:
    """Where a name is written: at the centroid, moved by hand where it would touch a line or a neighbour."""
    latitude, longitude = centroid(area)
    x, y = wanted.get("at") or drawing.project(latitude, longitude)
    right, down = wanted.get("shift", (0, 0))
    rows = wanted.get("rows", [name])
    return tuple(
        NameRow(round(x + right, 1), round(y + down + index * ROW_HEIGHT, 1), text) for index, text in enumerate(rows)
    )
