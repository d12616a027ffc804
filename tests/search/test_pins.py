"""Flags and marks of the drawn map."""

import pytest

from properties.choices import Precision
from properties.models import Property
from search.engines.results import MapPoint
from search.page.pins import WHOLE, Mark, draw


def row(key: int, x: float, y: float, precision: str = Precision.EXACT) -> Property:
    """A property at a place, in the map's units."""
    return Property(pk=key, latitude=y, longitude=x, public_latitude=y, public_longitude=x, precision=precision)


def drawn(rows, others=(), first=1):
    points = [MapPoint(item.public_latitude, item.public_longitude, key=item.pk) for item in rows]
    return draw(rows, first, [*points, *others], lambda latitude, longitude: (longitude, latitude))


def test_the_flag_of_the_first_row_is_drawn_last_so_that_it_lies_on_top():
    drawing = drawn([row(key, 100, 100) for key in (7, 8, 9)], first=11)
    assert [(flag.number, flag.position, flag.property.pk) for flag in drawing.flags] == [
        (13, 3, 9),
        (12, 2, 8),
        (11, 1, 7),
    ]


def test_a_flag_stands_at_its_place_and_gives_way_to_those_of_earlier_rows():
    lonely, second, first = drawn([row(1, 100, 100), row(2, 100, 100), row(3, 500, 900)]).flags
    assert (first.dx, first.dy) == (0, 0)
    assert (second.dx, second.dy) != (0, 0)
    assert (lonely.dx, lonely.dy) == (0, 0)


@pytest.mark.parametrize("precision", Precision.values)
def test_a_place_that_the_public_does_not_know_exactly_is_told_approximate(precision):
    (flag,) = drawn([row(1, 100, 100, precision)]).flags
    assert flag.approximate is (precision != Precision.EXACT)


def test_results_of_other_pages_are_marks_together_where_they_are_near_each_other():
    others = [MapPoint(200, 200, 3), MapPoint(202, 204, 1), MapPoint(600, 500, key=99)]
    drawing = drawn([row(1, 100, 100)], others)
    assert drawing.marks == (Mark(201, 200.5, 4), Mark(500, 600, 1))


def test_the_view_shows_every_result_with_room_around_it_and_closes_in_on_few():
    few, many = drawn([row(1, 300, 400), row(2, 320, 420)]), drawn([row(1, -10, -10), row(2, 660, 1000)])
    left, top, width, height = map(float, few.view.split())
    assert (width, height) == (WHOLE[2] / 2, WHOLE[3] / 2)
    assert (left + width / 2, top + height / 2) == (310, 410)
    assert few.close
    assert [float(side) for side in many.view.split()] == list(WHOLE)
    assert not many.close
    spread = drawn([row(1, 300, 100), row(2, 320, 700)])
    left, top, width, height = map(float, spread.view.split())
    assert (top, top + height) == (40, 760)


def test_without_results_the_whole_territory_is_shown():
    drawing = drawn([])
    assert [float(side) for side in drawing.view.split()] == list(WHOLE)
    assert (drawing.flags, drawing.marks) == ((), ())
