"""Drawings on a property's page: its lots to scale, and the surroundings of its public point. Pure.

Positions are in the map's units (`territory.cartography`: 1 unit is 20 m, y grows southwards).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from properties.models import Lot, NearbyStation, Property
from territory.cartography import project
from territory.cartography.drawing import UNIT_M
from territory.geography import DETOUR, WALK_M_PER_MINUTE

# The window: 4 km by 2.56 km around the point.
WIDTH, HEIGHT = 200.0, 128.0
RINGS = (5, 10, 15)
WALKS = 3
SCALE_M = 500
# Estimated size of a station's name. A name touching another or hiding a stop moves or is left out; nearer stations
# choose first. `_SEEN`: half the width of the window a phone shows.
_LABEL_HEIGHT, _LETTER, _DOT, _SEEN = 5.0, 2.2, 1.5, 68.0
_GAP, _LEVEL, _UNDER, _OVER = 2.8, 1.3, 6.0, 3.0
LOTS_WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class LotBar:
    """Lot in the bar of lots: `x` and `width` out of `LOTS_WIDTH`, `yearly` its rent in €/year."""

    lot: Lot
    tone: int
    x: float
    width: float
    yearly: Decimal | None

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Ring:
    minutes: int
    radius: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Station in the window; `anchor` is its name's text-anchor, empty when the name does not fit."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    walk: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Scale bar of `metres`, within the part a phone shows; its text stands above."""

    metres: int
    x: float
    y: float
    width: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Map window centred on the public point; no rings and walks when the point was drawn at random."""

    view: str
    x: float
    y: float
    exact: bool
    scale: Scale
    rings: tuple[Ring, ...]
    stops: tuple[Stop, ...]


def bars(lots: Sequence[Lot]) -> list[LotBar]:
    """Lay the lots side by side, each as wide as its share of their surface."""
    total = sum((lot.surface for lot in lots), Decimal(0))
    drawn, x = [], 0.0
    for position, lot in enumerate(lots):
        width = LOTS_WIDTH * float(lot.surface / total)
        yearly = None if lot.rent is None else lot.rent * lot.surface
        drawn.append(LotBar(lot, position % 4, round(x, 1), round(width, 1), yearly))
        x += width
    return drawn


def surroundings(listing: Property, near: Iterable[NearbyStation]) -> Surroundings:
    """Build the map window around the public point; `near` starts with the nearest station."""
    x, y = project(listing.public_latitude, listing.public_longitude)
    exact = not listing.is_drawn
    left, top = x - WIDTH / 2, y - HEIGHT / 2
    reach = [(minutes, minutes * WALK_M_PER_MINUTE / DETOUR / UNIT_M) for minutes in RINGS]
    return Surroundings(
        view=f"{left:.1f} {top:.1f} {WIDTH:.0f} {HEIGHT:.0f}",
        x=x,
        y=y,
        exact=exact,
        scale=Scale(SCALE_M, x - _SEEN, y + HEIGHT / 2 - 5, SCALE_M / UNIT_M, y + HEIGHT / 2 - 8),
        rings=tuple(Ring(minutes, radius, y - radius - 1) for minutes, radius in reach) if exact else (),
        stops=tuple(_stops(x, y, near, walks=WALKS if exact else 0)),
    )


def _stops(x: float, y: float, near: Iterable[NearbyStation], walks: int) -> list[Stop]:
    seen = []
    for position, walk in enumerate(near):
        stop_x, stop_y = project(walk.station.latitude, walk.station.longitude)
        if abs(stop_x - x) <= WIDTH / 2 - 4 and abs(stop_y - y) <= HEIGHT / 2 - 4:
            seen.append((walk.station.name, stop_x, stop_y, position < walks))
    stops: list[Stop] = []
    taken: list[_Box] = []
    for name, stop_x, stop_y, walked in seen:
        dots = [(dot_x, dot_y) for _name, dot_x, dot_y, _walked in seen if (dot_x, dot_y) != (stop_x, stop_y)]
        anchor, label_x, label_y = "", stop_x, stop_y
        for tried, right, down in _places(stop_x - x, len(name) * _LETTER):
            box = _box(tried, stop_x + right, stop_y + down, len(name) * _LETTER)
            if not any(box.holds(*dot) for dot in dots) and not any(box.touches(other) for other in taken):
                anchor, label_x, label_y = tried, stop_x + right, stop_y + down
                taken.append(box)
                break
        stops.append(Stop(name, stop_x, stop_y, label_x, label_y, anchor, walked))
    return stops


@dataclass(frozen=True, slots=True)
class _Box:
    """Bounding box of a station's name."""

    left: float
    right: float
    middle: float

    def holds(self, x: float, y: float) -> bool:
        return self.left - _DOT < x < self.right + _DOT and abs(self.middle - y) < _LABEL_HEIGHT / 2 + _DOT

    def touches(self, other: "_Box") -> bool:
        apart = self.right < other.left or other.right < self.left
        return not apart and abs(self.middle - other.middle) < _LABEL_HEIGHT


def _box(anchor: str, x: float, y: float, width: float) -> _Box:
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return _Box(left, left + width, y - _LEVEL)


def _places(across: float, width: float) -> Iterator[tuple[str, float, float]]:
    """Yield anchor and offset of a name, best first, within the part a phone shows.

    Order: away from the point, under the stop, over the stop, towards the point.
    """
    outward = 1 if across >= 0 else -1
    if abs(across) + _GAP + width < _SEEN:
        yield _beside(outward)
    if abs(across) + width / 2 < _SEEN:
        yield "middle", 0.0, _UNDER
        yield "middle", 0.0, -_OVER
    yield _beside(-outward)


def _beside(side: int) -> tuple[str, float, float]:
    return "start" if side > 0 else "end", side * _GAP, _LEVEL
