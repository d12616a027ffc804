"""Placement of results on the drawn map: numbered flags for the page's rows, clustered marks for all others.

Positions are in map units (`territory.cartography`: 1 unit is 20 m, y grows southwards).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from properties.models import Property
from search.engines.results import MapPoint
from territory.cartography.drawing import ORIGIN_LATITUDE, ORIGIN_LONGITUDE, X_PER_DEGREE, Y_PER_DEGREE

Project = Callable[[float, float], tuple[float, float]]

# Viewbox of the whole territory with a margin, and the smallest zoom ratio for a few results.
WHOLE = (-24.0, -34.0, 700.0, 1072.0)
_CLOSEST = 0.5
_MARGIN = 60.0
# Flags and rings are sized for a view of this height, and scaled to stay constant on screen.
_DRAWN_FOR = 770.0
_FLAG = (30.0, 26.0)
_FLAG_OFFSETS = tuple((dx, dy) for dy in (0, -26, 30) for dx in (0, 22, -22, 34, -34))


@dataclass(frozen=True, slots=True)
class Flag:
    """A numbered flag of a result row (`position` from 1): map position, and offset that avoids other flags."""

    number: int
    position: int
    property: Property
    x: float
    y: float
    dx: int
    dy: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Results of other pages: a square for one, a ring with a count for a cluster."""

    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """`view` is the SVG viewBox, `zoom` the scale of flags and marks, `close` true for a near view."""

    view: str
    zoom: str
    close: bool
    flags: tuple[Flag, ...]
    marks: tuple[Mark, ...]


def draw(properties: Sequence[Property], first: int, points: Iterable[MapPoint], project: Project) -> Drawing:
    """Lay out the map of a result page; flags are numbered from `first`."""
    on_page = {item.pk for item in properties}
    places = [(*project(point.latitude, point.longitude), point) for point in points]
    x, y, width, height = _frame([(x, y) for x, y, _ in places])
    scale = round(height / _DRAWN_FOR, 3)
    others = [(x, y, point.count) for x, y, point in places if point.key not in on_page]
    flags = _flags(properties, first, project, scale)
    # SVG paints in order: the first row's flag comes last, on top.
    return Drawing(
        view=" ".join(f"{side:.0f}" for side in (x, y, width, height)),
        zoom=str(scale),
        close=height < 800,
        flags=tuple(reversed(flags)),
        marks=_marks(others, 27 * scale),
    )


def ground(left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
    """Return west, south, east and north, in degrees, of a rectangle of the map."""
    west, north = ORIGIN_LONGITUDE + left / X_PER_DEGREE, ORIGIN_LATITUDE - top / Y_PER_DEGREE
    return west, north - height / Y_PER_DEGREE, west + width / X_PER_DEGREE, north


def _frame(places: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return the smallest viewbox with the map's aspect ratio around all places, at least half the whole."""
    left, top, width, height = WHOLE
    if not places:
        return WHOLE
    xs, ys = [x for x, _ in places], [y for _, y in places]
    span_x, span_y = max(xs) - min(xs) + 2 * _MARGIN, max(ys) - min(ys) + 2 * _MARGIN
    zoom = min(1.0, max(_CLOSEST, span_x / width, span_y / height))
    width, height = width * zoom, height * zoom
    x = min(max((max(xs) + min(xs) - width) / 2, left), left + WHOLE[2] - width)
    y = min(max((max(ys) + min(ys) - height) / 2, top), top + WHOLE[3] - height)
    return x, y, width, height


def _flags(properties: Sequence[Property], first: int, project: Project, scale: float) -> list[Flag]:
    flags: list[Flag] = []
    for position, item in enumerate(properties, start=1):
        x, y = project(item.public_latitude, item.public_longitude)
        dx, dy = min(_FLAG_OFFSETS, key=lambda offset: _covered(x, y, offset, flags, scale))
        flags.append(Flag(first + position - 1, position, item, round(x, 1), round(y, 1), dx, dy, item.is_drawn))
    return flags


def _covered(x: float, y: float, offset: tuple[int, int], flags: Iterable[Flag], scale: float) -> float:
    """Return the overlap with other flags at this offset, plus a small penalty for its length."""
    hidden = 0.0
    for flag in flags:
        apart_x = abs((x - flag.x) / scale + offset[0] - flag.dx)
        apart_y = abs((y - flag.y) / scale + offset[1] - flag.dy)
        hidden += max(0.0, _FLAG[0] - apart_x) * max(0.0, _FLAG[1] - apart_y)
    return hidden + (abs(offset[0]) + abs(offset[1])) / 100


def _marks(others: Iterable[tuple[float, float, int]], cell: float) -> tuple[Mark, ...]:
    """Cluster neighbours in a grid; each cluster lies at its weighted mean."""
    cells: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for x, y, count in others:
        cells[int(x // cell), int(y // cell)].append((x, y, count))
    marks = []
    for _cell, members in sorted(cells.items()):
        total = sum(count for *_, count in members)
        x = sum(x * count for x, _, count in members) / total
        y = sum(y * count for _, y, count in members) / total
        marks.append(Mark(round(x, 1), round(y, 1), total))
    return tuple(marks)
