"""Marks and names on the map never hide one another."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territory.cartography import project, sheet
from territory.cartography.drawing import unproject
from territory.cartography.marks import PLATE, SMALL, WINDOWS, commune_names, plate_boxes, spread, station_names
from territory.geography import contains

_marks = st.tuples(
    st.floats(0, 640, allow_nan=False), st.floats(0, 1000, allow_nan=False), st.sampled_from([4.0, SMALL, 25.0, 60.0])
)


@given(st.lists(_marks, min_size=1, max_size=12))
def test_plates_do_not_touch_and_hide_no_mark_smaller_than_themselves(marks):
    plates = spread(marks)
    assert [(plate.x, plate.y, plate.radius) for plate in plates] == marks
    for one, other in itertools.combinations(plates, 2):
        assert math.dist((one.at_x, one.at_y), (other.at_x, other.at_y)) >= 2 * PLATE
    for plate in plates:
        assert plate.moved or plate.radius >= PLATE
        for x, y, radius in marks:
            if radius < PLATE:
                assert math.dist((plate.at_x, plate.at_y), (x, y)) >= PLATE + radius / 2


def test_a_large_mark_alone_bears_its_plate():
    assert not spread([(100.0, 100.0, 40.0)])[0].moved


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("names", [station_names, commune_names])
def test_names_lie_in_the_window_clear_of_one_another_and_of_the_plates(window, names):
    plates = spread([(236.0, 433.0, 25.0), (240.0, 436.0, SMALL), (193.0, 538.0, SMALL)])
    written = names(sheet(), window, plates)
    assert written
    for name in written:
        assert window.holds(name.box.left, name.box.top)
        assert window.holds(name.box.right, name.box.bottom)
        assert not any(name.box.touches(box) for box in plate_boxes(plates))
    if names is station_names:
        for one, other in itertools.combinations(written, 2):
            assert not one.box.touches(other.box), (one.text, other.text)
        assert len({name.text for name in written}) == len(written)


def test_interchanges_are_named_before_the_others():
    written = [name.text for name in station_names(sheet(), WINDOWS["orly"], [])]
    assert "Thiais–Orly" in written or "Thiais - Orly" in written
    assert "Villejuif–Louis Aragon" in written


def test_a_name_that_a_plate_hides_moves_inside_its_commune_and_touches_no_other():
    villejuif = next(commune for commune in sheet().communes if commune.name == "Villejuif")
    own = villejuif.name_rows[0]
    written = commune_names(sheet(), WINDOWS["north"], spread([(own.x, own.y, 25.0)]))
    name = next(name for name in written if name.text == "Villejuif")
    assert (name.x, name.y) != (own.x, own.y)
    assert contains(villejuif.area, *unproject(name.x, name.y))
    assert not any(name.box.touches(other.box) for other in written if other is not name)


def test_a_commune_that_its_mark_covers_is_not_named():
    villejuif = next(commune for commune in sheet().communes if commune.name == "Villejuif")
    own = villejuif.name_rows[0]
    written = commune_names(sheet(), WINDOWS["north"], spread([(own.x, own.y, 200.0)]))
    assert "Villejuif" not in {name.text for name in written}


@given(st.floats(0, 640), st.floats(0, 1000))
def test_a_point_of_the_sheet_is_a_place(x, y):
    assert project(*unproject(x, y)) == (pytest.approx(x, abs=0.06), pytest.approx(y, abs=0.06))
