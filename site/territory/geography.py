"""Distances, walking minutes and what lies inside what, on GeoJSON geometries in WGS 84 degrees. Pure."""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Geometry = Mapping[str, Any]
Ring = Sequence[Sequence[float]]

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
# The pedestrian detour of a street network is 1.2 to 1.4 times the straight line, and 80 m a minute (4.8 km/h) is the
# pace that announcements of travel time use: both are conventions of the project, stated beside every time shown.
DETOUR = 1.3
WALK_M_PER_MINUTE = 80.0
WALKABLE_M = 1_500.0


def distance_m(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Metres between two points on the sphere (haversine)."""
    phi_a, phi_b = math.radians(latitude_a), math.radians(latitude_b)
    half_phi = (phi_b - phi_a) / 2
    half_lambda = math.radians(longitude_b - longitude_a) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def walking_minutes(metres: float) -> int:
    """Whole minutes on foot for a straight-line distance: metres × 1.3 at 80 m a minute, rounded up, at least 1."""
    return max(1, math.ceil(metres * DETOUR / WALK_M_PER_MINUTE))


def polygons(geometry: Geometry) -> list[Sequence[Ring]]:
    """The polygons of a Polygon or MultiPolygon, each an outer ring followed by its holes."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return list(geometry["coordinates"])
    raise ValueError(f"not an area: {geometry['type']}")


def _in_ring(ring: Ring, latitude: float, longitude: float) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > latitude) != (y1 > latitude) and longitude < (x1 - x0) * (latitude - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def contains(geometry: Geometry, latitude: float, longitude: float) -> bool:
    """Whether the point is inside the area (even-odd rule, holes excluded)."""
    return any(
        _in_ring(polygon[0], latitude, longitude)
        and not any(_in_ring(hole, latitude, longitude) for hole in polygon[1:])
        for polygon in polygons(geometry)
    )


def nearly_contains(geometry: Geometry, latitude: float, longitude: float, metres: float = 150.0) -> bool:
    """Whether the point is inside the area or about `metres` from it: boundaries are simplified."""
    north = math.degrees(metres / EARTH_RADIUS_M)
    east = north / math.cos(math.radians(latitude))
    turns = [(0.0, 0.0), *((math.sin(turn), math.cos(turn)) for turn in (math.pi / 4 * step for step in range(8)))]
    return any(contains(geometry, latitude + north * up, longitude + east * right) for up, right in turns)


def bounds(geometries: Iterable[Geometry]) -> tuple[float, float, float, float]:
    """(west, south, east, north) of all the areas together, in degrees."""
    points = [point for geometry in geometries for polygon in polygons(geometry) for point in polygon[0]]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def inner_point(geometry: Geometry) -> tuple[float, float]:
    """(latitude, longitude) of a point inside: the middle of the widest stretch at the height of the centroid."""
    ring = _largest_ring(geometry)
    latitude = _area_and_centroid(ring)[2]
    crossings = sorted(
        (x1 - x0) * (latitude - y0) / (y1 - y0) + x0
        for (x0, y0), (x1, y1) in itertools.pairwise(ring)
        if (y0 > latitude) != (y1 > latitude)
    )
    west, east = max(zip(crossings[::2], crossings[1::2], strict=True), key=lambda pair: pair[1] - pair[0])
    return latitude, (west + east) / 2


def centroid(geometry: Geometry) -> tuple[float, float]:
    """(latitude, longitude) of the centre of gravity of the largest polygon, which may lie outside it."""
    _area, longitude, latitude = _area_and_centroid(_largest_ring(geometry))
    return latitude, longitude


def commune_at(boundaries: Mapping[str, Geometry], latitude: float, longitude: float) -> str | None:
    """The code of the area that contains the point, among `boundaries` by code; None outside them all."""
    return next((code for code, area in boundaries.items() if contains(area, latitude, longitude)), None)


def _largest_ring(geometry: Geometry) -> Ring:
    return max((polygon[0] for polygon in polygons(geometry)), key=lambda ring: abs(_area_and_centroid(ring)[0]))


def _area_and_centroid(ring: Ring) -> tuple[float, float, float]:
    """(signed area, longitude, latitude) of a ring, in degrees: enough to compare and to place."""
    double_area = x_moment = y_moment = 0.0
    x_origin, y_origin = ring[0]
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        x0, y0, x1, y1 = x0 - x_origin, y0 - y_origin, x1 - x_origin, y1 - y_origin
        cross = x0 * y1 - x1 * y0
        double_area += cross
        x_moment += (x0 + x1) * cross
        y_moment += (y0 + y1) * cross
    return double_area / 2, x_origin + x_moment / (3 * double_area), y_origin + y_moment / (3 * double_area)
