"""The drawing of the map."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territory.cartography import project, radius, sheet, tones
from territory.cartography.drawing import BRICK, LEAF, RUNWAY, area_path, curve, four_colours, neighbours, outline, path
from territory.cartography.sheet import _features
from territory.geography import distance_m

AREAS = {feature["properties"]["insee"]: feature["geometry"] for feature in _features()}


def square(column: int, row: int) -> dict:
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


cells = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20)


@given(st.floats(48.64, 48.83), st.floats(2.30, 2.49), st.floats(48.64, 48.83), st.floats(2.30, 2.49))
def test_one_unit_is_twenty_metres_everywhere(latitude_a, longitude_a, latitude_b, longitude_b):
    (xa, ya), (xb, yb) = project(latitude_a, longitude_a), project(latitude_b, longitude_b)
    on_sheet = 20 * ((xa - xb) ** 2 + (ya - yb) ** 2) ** 0.5
    on_sphere = distance_m(latitude_a, longitude_a, latitude_b, longitude_b)
    # Rounding moves each point by at most 1.42 m, and the projection is within 0.4 %: both at once.
    assert on_sheet == pytest.approx(on_sphere, rel=0, abs=0.004 * on_sphere + 2 * 1.42)


def test_a_circle_covers_the_hectares_it_stands_for():
    # 100 ha is a square kilometre: a circle of 564 m.
    assert radius(100) * 20 == pytest.approx(564.19, abs=0.01)


def test_no_two_neighbouring_communes_share_a_tone():
    near = neighbours(AREAS)
    assert all(tones()[code] != tones()[other] for code, others in near.items() for other in others)


def test_the_airport_the_market_and_the_gardens_keep_their_tone():
    assert (tones()["91479"], tones()["94065"], tones()["94054"]) == (RUNWAY, BRICK, LEAF)


def test_the_four_tones_share_the_land():
    assert sorted(Counter(tones().values()).values())[0] >= 4


def test_painting_is_the_same_whatever_the_order_of_the_communes():
    near = neighbours(AREAS)
    backwards = {code: near[code] for code in sorted(near, reverse=True)}
    assert four_colours(backwards, {"91479": 3}) == four_colours(near, {"91479": 3})


@given(cells)
def test_any_group_of_cells_is_painted_without_clash(chosen):
    near = neighbours({f"{column}-{row}": square(column, row) for column, row in chosen})
    painted = four_colours(near)
    assert painted.keys() == near.keys()
    assert all(painted[code] != painted[other] for code, others in near.items() for other in others)


def test_fixed_tones_that_clash_are_refused():
    near = neighbours({"a": square(0, 0), "b": square(1, 0)})
    with pytest.raises(ValueError, match="four tones"):
        four_colours(near, {"a": 1, "b": 1})


@given(cells)
def test_a_corner_makes_no_neighbours_and_a_side_does(chosen):
    near = neighbours({f"{column}-{row}": square(column, row) for column, row in chosen})
    for code, others in near.items():
        column, row = map(int, code.split("-"))
        sides = {(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)}
        assert others == {f"{x}-{y}" for x, y in sides & chosen}


def _area(loop: list[tuple[float, float]]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(loop, [*loop[1:], loop[0]], strict=True)) / 2


@given(cells)
def test_the_outline_encloses_exactly_the_cells(chosen):
    loops = outline([square(column, row) for column, row in chosen])
    assert sum(_area(loop) for loop in loops) == pytest.approx(len(chosen))


def test_the_territory_is_one_piece_and_so_is_each_department():
    drawn = sheet()
    assert drawn.outline.count("M") == 1
    assert {department: loops.count("M") for department, loops in drawn.departments.items()} == {"91": 1, "94": 1}


@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), min_size=1, max_size=8))
def test_a_curve_passes_through_every_point(points):
    drawn = curve(points)
    ends = [re.findall(r"-?[\d.]+", piece)[-2:] for piece in re.split("C", drawn)]
    assert [(float(x), float(y)) for x, y in ends] == points


def test_path_data_is_short_and_valid():
    assert path([(0, -0.04), (1.0, 2.25)], closed=True) == "M0 0 1 2.2Z"
    assert area_path(square(2, 48)).endswith("Z")


def test_each_drawn_line_stops_at_all_its_stations_and_no_other():
    drawn = sheet()
    for line in drawn.lines:
        places = {tuple(map(float, place)) for place in re.findall(r"(-?[\d.]+) (-?[\d.]+)", line.path)}
        served = {(station.x, station.y) for station in drawn.stations if line.code in station.lines}
        others = {(station.x, station.y) for station in drawn.stations} - served
        assert served <= places, line.code
        assert not others & places, line.code


def test_names_are_written_on_the_sheet():
    drawn = sheet()
    left, top, right, bottom = drawn.bounds
    assert len(drawn.communes) == 24
    for commune in drawn.communes:
        for row in commune.name_rows:
            assert left < row.x < right, commune.name
            assert top < row.y < bottom, commune.name


def test_the_map_stays_light():
    drawn = sheet()
    assert sum(map(len, (*drawn.tones, drawn.outline, *(line.path for line in drawn.lines)))) < 12_000
