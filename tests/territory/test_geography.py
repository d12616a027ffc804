"""Distances, walking minutes, and what lies inside what."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territory.geography import bounds, centroid, commune_at, contains, distance_m, inner_point, walking_minutes

latitudes = st.floats(48.5, 49.0)
longitudes = st.floats(2.0, 2.6)
SQUARE = {"type": "Polygon", "coordinates": [[[2, 48], [3, 48], [3, 49], [2, 49], [2, 48]]]}
RING = {
    "type": "Polygon",
    "coordinates": [
        [[2, 48], [3, 48], [3, 49], [2, 49], [2, 48]],
        [[2.4, 48.4], [2.6, 48.4], [2.6, 48.6], [2.4, 48.6], [2.4, 48.4]],
    ],
}
TWO = {
    "type": "MultiPolygon",
    "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]], [[[4, 0], [9, 0], [9, 5], [4, 5], [4, 0]]]],
}
# A letter C: its centre of gravity is outside.
HOLLOW = {
    "type": "Polygon",
    "coordinates": [[[0, 0], [4, 0], [4, 1], [1, 1], [1, 3], [4, 3], [4, 4], [0, 4], [0, 0]]],
}


def test_a_known_distance():
    # Villejuif–Louis Aragon to the airport's metro station: 6.5 km on the map of IGN.
    assert distance_m(48.7874, 2.3674, 48.7289, 2.3613) == pytest.approx(6520, abs=30)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_the_same_both_ways_and_never_negative(a, b, c, d):
    assert distance_m(a, b, c, d) == pytest.approx(distance_m(c, d, a, b))
    assert distance_m(a, b, c, d) >= 0
    assert distance_m(a, b, a, b) == 0


@given(latitudes, longitudes, latitudes, longitudes, latitudes, longitudes)
def test_a_detour_is_never_shorter(a, b, c, d, e, f):
    assert distance_m(a, b, c, d) <= distance_m(a, b, e, f) + distance_m(e, f, c, d) + 1e-6


@pytest.mark.parametrize(
    ("metres", "minutes"), [(0, 1), (1, 1), (61.5, 1), (62, 2), (500, 9), (615.3, 10), (615.4, 11)]
)
def test_walking_minutes_are_rounded_up(metres, minutes):
    assert walking_minutes(metres) == minutes


@given(st.floats(0, 5000), st.floats(0, 5000))
def test_farther_is_never_quicker(a, b):
    assert (walking_minutes(a) <= walking_minutes(b)) or a > b


def test_a_hole_is_outside():
    assert contains(RING, 48.2, 2.2)
    assert not contains(RING, 48.5, 2.5)
    assert not contains(RING, 50, 2.5)


def test_each_part_of_several_polygons_counts():
    assert contains(TWO, 0.5, 0.5)
    assert contains(TWO, 4, 8)
    assert not contains(TWO, 0.5, 2)
    assert bounds([TWO]) == (0, 0, 9, 5)
    assert centroid(TWO) == pytest.approx((2.5, 6.5))


def test_the_inner_point_is_inside_even_when_the_centroid_is_not():
    assert not contains(HOLLOW, *centroid(HOLLOW))
    assert contains(HOLLOW, *inner_point(HOLLOW))


def test_what_is_not_an_area_is_refused():
    with pytest.raises(ValueError, match="Point"):
        contains({"type": "Point", "coordinates": [2, 48]}, 48, 2)


@given(st.lists(st.floats(0.2, 1.0), min_size=5, max_size=24))
def test_a_star_contains_its_inner_point(radii):
    points = [
        [radius * math.cos(2 * math.pi * index / len(radii)), radius * math.sin(2 * math.pi * index / len(radii))]
        for index, radius in enumerate(radii)
    ]
    star = {"type": "Polygon", "coordinates": [[*points, points[0]]]}
    assert contains(star, *inner_point(star))


def test_the_commune_of_a_point():
    areas = {"1": SQUARE, "2": TWO}
    assert commune_at(areas, 48.5, 2.5) == "1"
    assert commune_at(areas, 0.5, 0.5) == "2"
    assert commune_at(areas, -10, 0) is None
