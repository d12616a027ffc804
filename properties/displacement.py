"""Displaced public point of a property whose address is hidden. Pure.

The point is drawn once, uniformly in the commune and independently of the true point, then stored: neither averaging
nor distances nor filters can narrow the true point below the commune.
"""

from random import Random

from territory.geography import Geometry, bounds, contains

_TRIES = 10_000


def draw_point(boundary: Geometry, random: Random) -> tuple[float, float]:
    """Draw a point uniformly inside a commune's boundary by rejection sampling.

    Returns (latitude, longitude) in degrees, rounded to 1e-5 (about 1 m). Raises `ValueError` when the boundary
    encloses no area.
    """
    west, south, east, north = bounds([boundary])
    for _ in range(_TRIES):
        latitude = round(random.uniform(south, north), 5)
        longitude = round(random.uniform(west, east), 5)
        if contains(boundary, latitude, longitude):
            return latitude, longitude
    raise ValueError("the boundary encloses no area")
