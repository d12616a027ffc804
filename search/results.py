"""What an engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass

# Above this many hits the map is given groups instead of points.
MOST_POINTS = 500


@dataclass(frozen=True, slots=True)
class Point:
    """Where hits are, as the public may know it: one property, or `count` of them around a mean place (no key)."""

    latitude: float
    longitude: float
    count: int = 1
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Answer to one search.

    `hits` are the primary keys of one page, in order; `total` is exact; `facets` gives for each parameter the exact
    count of every value of the vocabulary, its own choice left aside (`walk_max` is cumulative, a property may lie in
    several surface bands, near several stations). `degraded` names what this engine could not do.
    """

    hits: tuple[int, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    points: tuple[Point, ...]
    engine: str
    degraded: tuple[str, ...] = ()
