"""What the page of one property draws: its lots to scale, and what is around its public point. Pure.

Positions are in the map's units (`territory.cartography`: 1 unit is 20 m, y grows southwards).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from properties.choices import Precision
from properties.models import Lot, NearbyStation, Property
from territory.cartography import project
from territory.cartography.drawing import UNIT_M
from territory.geography import DETOUR, WALK_M_PER_MINUTE

# The window: 4 km by 2.56 km around the point.
WIDTH, HEIGHT = 200.0, 128.0
RINGS = (5, 10, 15)
WALKS = 3
# A label takes about this room; of two that would touch, the nearer station keeps its own. A name is written away from
# the point unless it would leave what a phone shows of the window.
_LABEL_WIDTH, _LABEL_HEIGHT, _LETTER, _SEEN = 46.0, 5.0, 2.2, 68.0
_GAP, _LEVEL, _UNDER = 2.8, 1.3, 6.0
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
class Surroundings:
    """The map's window centred on the public point. Without rings and walks when that point was drawn at random."""

    view: str
    x: float
    y: float
    exact: bool
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
    exact = listing.precision == Precision.EXACT
    left, top = x - WIDTH / 2, y - HEIGHT / 2
    reach = [(minutes, minutes * WALK_M_PER_MINUTE / DETOUR / UNIT_M) for minutes in RINGS]
    return Surroundings(
        view=f"{left:.1f} {top:.1f} {WIDTH:.0f} {HEIGHT:.0f}",
        x=x,
        y=y,
        exact=exact,
        rings=tuple(Ring(minutes, radius, y - radius - 1) for minutes, radius in reach) if exact else (),
        stops=tuple(_stops(x, y, near, walks=WALKS if exact else 0)),
    )


def _stops(x: float, y: float, near: Iterable[NearbyStation], walks: int) -> list[Stop]:
    stops: list[Stop] = []
    for position, walk in enumerate(near):
        stop_x, stop_y = project(walk.station.latitude, walk.station.longitude)
        if abs(stop_x - x) > WIDTH / 2 - 4 or abs(stop_y - y) > HEIGHT / 2 - 4:
            continue
        anchor, right, down = _label(stop_x - x, len(walk.station.name) * _LETTER)
        named = [stop for stop in stops if stop.anchor]
        crowded = any(abs(stop.y - stop_y) < _LABEL_HEIGHT and abs(stop.x - stop_x) < _LABEL_WIDTH for stop in named)
        place = (stop_x + right, stop_y + down)
        stops.append(Stop(walk.station.name, stop_x, stop_y, *place, "" if crowded else anchor, position < walks))
    return stops


def _label(across: float, width: float) -> tuple[str, float, float]:
    """Anchor and offset of a name: away from the point, else under its stop, else towards the point."""
    outward = 1 if across >= 0 else -1
    if abs(across) + _GAP + width < _SEEN:
        side = outward
    elif abs(across) + width / 2 < _SEEN:
        return "middle", 0.0, _UNDER
    else:
        side = -outward
    return "start" if side > 0 else "end", side * _GAP, _LEVEL
