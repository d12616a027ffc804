"""Marks on the map, and names that keep clear of them and of one another. Pure, in map units (`drawing.project`)."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from territory.cartography.drawing import Point
from territory.cartography.sheet import CommuneOnMap, NameRow, Sheet, StationOnMap

# Radius of the plate that bears a mark's letter, and the room between two of them.
PLATE, _GAP = 10.5, 3.0
# Half the diagonal of the diamond that stands for a place without an area.
SMALL = 9.0
_TURN = 16
# Room of a letter and of a row of names at the size of the map's lettering.
_LETTER, _ROW, _FROM_DOT = 6.4, 13.0, 7.0
# Where a commune's name may go when its own place is hidden: nearer first.
_MOVES = [
    (round(far * math.cos(math.tau * turn / _TURN), 1), round(far * math.sin(math.tau * turn / _TURN), 1))
    for far in range(10, 71, 10)
    for turn in range(_TURN)
]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the map."""

    left: float
    top: float
    width: float
    height: float

    @property
    def view(self) -> str:
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        return (
            self.left + margin <= x <= self.left + self.width - margin
            and self.top + margin <= y <= self.top + self.height - margin
        )


# What a page may show of the map; the codes are those of `pages.choices.MapWindow`.
WINDOWS = {
    "whole": Window(-24, -24, 694, 1046),
    "north": Window(-20, 20, 560, 600),
    "orly": Window(-10, 60, 540, 540),
    "bievre": Window(-24, 0, 400, 440),
    "seine": Window(130, 20, 440, 560),
}


@dataclass(frozen=True, slots=True)
class Plate:
    """Where a letter stands: on its mark of this radius, or beside it with a leader line."""

    x: float
    y: float
    radius: float
    at_x: float
    at_y: float

    @property
    def moved(self) -> bool:
        return (self.x, self.y) != (self.at_x, self.at_y)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its anchor (`start`, `middle`, `end`); `box` is the room it takes."""

    text: str
    x: float
    y: float
    anchor: str
    box: Box


def spread(marks: Sequence[tuple[float, float, float]]) -> list[Plate]:
    """A plate for each mark (x, y, radius) in order: none touches another, nor hides a mark smaller than itself."""
    plates: list[Plate] = []
    for number, (x, y, radius) in enumerate(marks):
        others = [mark for index, mark in enumerate(marks) if index != number]
        place = next(
            spot
            for spot in _around(x, y, on_it=radius >= PLATE + _GAP)
            if all(math.dist(spot, (plate.at_x, plate.at_y)) >= 2 * PLATE + _GAP for plate in plates)
            and all(math.dist(spot, other[:2]) >= PLATE + _GAP + min(other[2], SMALL) for other in others)
        )
        plates.append(Plate(x, y, radius, *place))
    return plates


def _around(x: float, y: float, *, on_it: bool) -> Iterator[Point]:
    """The point itself when the mark is large enough, then rings of places around it, outwards."""
    if on_it:
        yield x, y
    ring = 2.6 * PLATE
    while True:
        for turn in range(_TURN):
            angle = math.tau * turn / _TURN - math.pi / 4
            yield round(x + ring * math.cos(angle), 1), round(y + ring * math.sin(angle), 1)
        ring += PLATE


def plate_boxes(plates: Iterable[Plate]) -> list[Box]:
    """The room that plates and their marks take."""
    rooms = [
        room
        for plate in plates
        for room in ((plate.x, plate.y, max(plate.radius, SMALL)), (plate.at_x, plate.at_y, PLATE + _GAP))
    ]
    return [Box(x - room, y - room, x + room, y + room) for x, y, room in rooms]


def station_names(sheet: Sheet, window: Window, plates: Sequence[Plate]) -> list[Name]:
    """Names of the stations of a window, those with most lines first; what finds no room is not written.

    Stops of a tram alone are dots: named too, they would hide the rest.
    """
    inside = [station for station in sheet.stations if window.holds(station.x, station.y, margin=4)]
    dots = [Box(station.x - 3, station.y - 3, station.x + 3, station.y + 3) for station in inside]
    taken = plate_boxes(plates)
    written: list[Name] = []
    seen: set[str] = set()
    named = [station for station in inside if _weight(station) > 2 or not station.lines[0].startswith("T")]
    for station in sorted(named, key=lambda station: (-_weight(station), station.name, station.slug)):
        if station.name in seen:
            continue
        own = Box(station.x - 3, station.y - 3, station.x + 3, station.y + 3)
        obstacles = [*taken, *(dot for dot in dots if dot != own)]
        placed_name = next((name for name in _beside(station) if _free(name.box, window, obstacles)), None)
        if placed_name is not None:
            written.append(placed_name)
            taken.append(placed_name.box)
            seen.add(station.name)
    return written


def _weight(station: StationOnMap) -> int:
    """Interchanges first, then the metro."""
    return 2 * len(station.lines) + any(line.startswith("M") for line in station.lines)


def _beside(station: StationOnMap) -> Iterator[Name]:
    width = len(station.name) * _LETTER
    x, y = station.x, station.y
    base = y + _ROW / 3
    yield _name(station.name, x + _FROM_DOT, base, "start", x + _FROM_DOT, width)
    yield _name(station.name, x - _FROM_DOT, base, "end", x - _FROM_DOT - width, width)
    yield _name(station.name, x, y + _ROW + 3, "middle", x - width / 2, width)
    yield _name(station.name, x, y - _FROM_DOT, "middle", x - width / 2, width)


def _name(text: str, x: float, base: float, anchor: str, left: float, width: float) -> Name:
    return Name(
        text, round(x, 1), round(base, 1), anchor, Box(left, base - _ROW * 0.8, left + width, base + _ROW * 0.2)
    )


def _free(box: Box, window: Window, obstacles: Iterable[Box]) -> bool:
    corners = window.holds(box.left, box.top, 3) and window.holds(box.right, box.bottom, 3)
    return corners and not any(box.touches(obstacle) for obstacle in obstacles)


def commune_names(sheet: Sheet, window: Window, plates: Sequence[Plate]) -> list[Name]:
    """Rows of the communes' names that lie wholly in a window and clear of its plates; all of a name or nothing.

    A name that a plate would hide moves inside its commune, as little as may be, clear of the names already written.
    """
    plated = plate_boxes(plates)
    written: list[Name] = []
    hidden: list[CommuneOnMap] = []
    for commune in sheet.communes:
        rows = _rows(commune.name_rows)
        if all(_free(row.box, window, plated) for row in rows):
            written += rows
        else:
            hidden.append(commune)
    for commune in hidden:
        taken = [*plated, *(name.box for name in written)]
        moved = (_rows(commune.moved(*by)) for by in _MOVES)
        written += next((rows for rows in moved if rows and all(_free(row.box, window, taken) for row in rows)), [])
    return written


def _rows(rows: Iterable[NameRow]) -> list[Name]:
    return [
        _name(row.text, row.x, row.y, "middle", row.x - len(row.text) * _LETTER / 2, len(row.text) * _LETTER)
        for row in rows
    ]
