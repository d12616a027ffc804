"""The drawing of the map: projection, outlines, four colours, curves, as SVG path data. Pure: no database, no file.

A point on the ground is `(longitude, latitude)` in WGS 84 degrees, as in GeoJSON; a point on the sheet is `(x, y)` in
map units of 20 m, y downwards.
"""

import itertools
import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from territory.geography import Geometry, polygons

Point = tuple[float, float]
Edge = frozenset[Point]

UNIT_M = 20.0
# North-west corner of the territory's bounding box: the origin of the sheet.
ORIGIN_LONGITUDE, ORIGIN_LATITUDE = 2.30872, 48.82571
# Equirectangular at the middle of the territory: true to 0.4 % over its 20 km.
MIDDLE_LATITUDE = 48.735
X_PER_DEGREE = 111_320 * math.cos(math.radians(MIDDLE_LATITUDE)) / UNIT_M
Y_PER_DEGREE = 111_200 / UNIT_M

RIVER, LEAF, BRICK, RUNWAY = TONES = range(4)
# What the four colours evoke is kept where it is true: the airport, the market, the gardens of Orly.
FIXED_TONES = {"91479": RUNWAY, "94065": BRICK, "94054": LEAF}


def project(latitude: float, longitude: float) -> Point:
    """Where a place is on the sheet, in map units rounded to a tenth (2 m)."""
    return (
        round((longitude - ORIGIN_LONGITUDE) * X_PER_DEGREE, 1),
        round((ORIGIN_LATITUDE - latitude) * Y_PER_DEGREE, 1),
    )


def unproject(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the sheet."""
    return ORIGIN_LATITUDE - y / Y_PER_DEGREE, ORIGIN_LONGITUDE + x / X_PER_DEGREE


def radius(hectares: float) -> float:
    """Radius, in map units, of the circle that covers this surface at the map's scale."""
    return math.sqrt(hectares * 10_000 / math.pi) / UNIT_M


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def path(points: Iterable[Point], *, closed: bool = False) -> str:
    """Path data of straight segments through points of the sheet."""
    return "M" + " ".join(f"{_number(x)} {_number(y)}" for x, y in points) + ("Z" if closed else "")


def ground_path(points: Iterable[Sequence[float]], *, closed: bool = False) -> str:
    """Path data of straight segments through `(longitude, latitude)` points."""
    return path((project(latitude, longitude) for longitude, latitude in points), closed=closed)


def curve(points: Sequence[Point]) -> str:
    """Path data of a smooth curve through every point (Catmull-Rom spline written as cubic Béziers)."""
    pieces = [path(points[:1])]
    for index in range(len(points) - 1):
        before, start = points[max(index - 1, 0)], points[index]
        end, after = points[index + 1], points[min(index + 2, len(points) - 1)]
        handle_out = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        handle_in = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        pieces.append("C" + path([handle_out, handle_in, end])[1:])
    return "".join(pieces)


def area_path(geometry: Geometry) -> str:
    """Path data of an area: each ring closed, holes included (even-odd)."""
    return "".join(ground_path(ring[:-1], closed=True) for polygon in polygons(geometry) for ring in polygon)


def _edges(geometry: Geometry) -> list[tuple[Point, Point]]:
    """The directed sides of an area's rings."""
    return [
        ((start[0], start[1]), (end[0], end[1]))
        for polygon in polygons(geometry)
        for ring in polygon
        for start, end in itertools.pairwise(ring)
        if tuple(start) != tuple(end)
    ]


def neighbours(areas: Mapping[str, Geometry]) -> dict[str, set[str]]:
    """Which areas share a side with which. The areas form a coverage: a shared side is the same two points in both."""
    owners: dict[Edge, list[str]] = {}
    for code, geometry in areas.items():
        for start, end in _edges(geometry):
            owners.setdefault(frozenset((start, end)), []).append(code)
    adjacent_codes: dict[str, set[str]] = {code: set() for code in areas}
    for codes in owners.values():
        for owner, other in itertools.permutations(set(codes), 2):
            adjacent_codes[owner].add(other)
    return adjacent_codes


def four_colours(near: Mapping[str, Collection[str]], fixed: Mapping[str, int] | None = None) -> dict[str, int]:
    """A tone (0 to 3) for each area, never that of a neighbour; the same answer for the same map.

    `fixed` tones are kept. The most surrounded areas are painted first and the least used tone is tried first, so the
    four share the land. ValueError if no painting exists (fixed tones that clash).
    """
    fixed = fixed or {}
    order = sorted(near, key=lambda code: (code not in fixed, -len(near[code]), code))
    painted: dict[str, int] = {}

    def paint(index: int) -> bool:
        if index == len(order):
            return True
        code = order[index]
        used = list(painted.values())
        choices = [fixed[code]] if code in fixed else sorted(TONES, key=used.count)
        for tone in choices:
            if all(painted.get(other) != tone for other in near[code]):
                painted[code] = tone
                if paint(index + 1):
                    return True
                del painted[code]
        return False

    if not paint(0):
        raise ValueError("these areas cannot be painted with four tones")
    return painted


def outline(areas: Iterable[Geometry]) -> list[list[Point]]:
    """The rings around several areas together, in degrees: what is left when the sides that two of them share go."""
    sides = [side for geometry in areas for side in _edges(geometry)]
    shared: dict[Edge, int] = {}
    for side in sides:
        shared[frozenset(side)] = shared.get(frozenset(side), 0) + 1
    onward: dict[Point, list[Point]] = {}
    for start, end in sides:
        if shared[frozenset((start, end))] == 1:
            onward.setdefault(start, []).append(end)
    return _loops(onward)


def _loops(onward: dict[Point, list[Point]]) -> list[list[Point]]:
    """Follow directed sides into closed loops; consumes `onward`."""
    loops = []
    while onward:
        start = next(iter(onward))
        loop, here = [start], start
        while True:
            following = onward[here].pop()
            if not onward[here]:
                del onward[here]
            if following == start:
                break
            loop.append(following)
            here = following
        loops.append(loop)
    return loops


def outline_path(areas: Iterable[Geometry]) -> str:
    """Path data of the outline of several areas together."""
    return "".join(ground_path(loop, closed=True) for loop in outline(areas))
