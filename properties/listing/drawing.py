"""What the page of one property draws: its lots to scale, and what is around its public point. Pure.

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
# A name takes about this room; where it would touch another or hide a stop it is written elsewhere, or not at all: the
# nearer station comes first. A phone shows the window as far as this from the point.
_LABEL_HEIGHT, _LETTER, _DOT, _SEEN = 5.0, 2.2, 1.5, 68.0
_GAP, _LEVEL, _UNDER, _OVER = 2.8, 1.3, 6.0, 3.0
LOTS_WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class LotBar:
    """A lot in the bar of lots, `x` and `width` out of `LOTS_WIDTH`; `yearly` is its rent in € a year."""

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
    """A station in the window; `anchor` is its name's text-anchor, empty when there is no room for it."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    walk: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """A bar of so many metres, where a phone shows it too; its words stand above."""

    metres: int
    x: float
    y: float
    width: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The map's window centred on the public point. Without rings and walks when that point was drawn at random."""

    view: str
    x: float
    y: float
    exact: bool
    scale: Scale
    rings: tuple[Ring, ...]
    stops: tuple[Stop, ...]


def bars(lots: Sequence[Lot]) -> list[LotBar]:
    """The lots side by side, each as wide as its share of their surface."""
    total = sum((lot.surface for lot in lots), Decimal(0))
    drawn, x = [], 0.0
    for position, lot in enumerate(lots):
        width = LOTS_WIDTH * float(lot.surface / total)
        yearly = None if lot.rent is None else lot.rent * lot.surface
        drawn.append(LotBar(lot, position % 4, round(x, 1), round(width, 1), yearly))
        x += width
    return drawn


def surroundings(listing: Property, near: Iterable[NearbyStation]) -> Surroundings:
    """What is around the public point, nearest station first."""
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
    """The room of a name."""

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
    """Anchor and offset of a name, best first, inside what a phone shows: away from the point, under its stop, over
    it, towards the point."""
    outward = 1 if across >= 0 else -1
    if abs(across) + _GAP + width < _SEEN:
        yield _beside(outward)
    if abs(across) + width / 2 < _SEEN:
        yield "middle", 0.0, _UNDER
        yield "middle", 0.0, -_OVER
    yield _beside(-outward)


def _beside(side: int) -> tuple[str, float, float]:
    return "start" if side > 0 else "end", side * _GAP, _LEVEL
