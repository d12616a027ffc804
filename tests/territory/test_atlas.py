"""Filters and tags every template shares: numbers and dates as each language writes them, the map's lettering."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from territory.cartography import lettering, sheet
from territory.templatetags import atlas

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1240, f"1{NBSP}240", "1,240"),
        (285000, f"285{NBSP}000", "285,000"),
        ("123.70", "123,7", "123.7"),
        (7, "7", "7"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_numbers_follow_the_language(value: object, french: str, english: str) -> None:
    with translation.override("fr"):
        assert atlas.number(value) == french
    with translation.override("en"):
        assert atlas.number(value) == english


def test_a_surface_is_whole_above_ten_square_metres() -> None:
    with translation.override("fr"):
        assert atlas.surface("1240.4") == f"1{NBSP}240{NBSP}m²"
        assert atlas.surface("9.5") == f"9,5{NBSP}m²"
        assert atlas.surface(None) == ""


def test_the_euro_stands_where_the_language_puts_it() -> None:
    with translation.override("fr"):
        assert atlas.euros(1180) == f"1{NBSP}180{NBSP}€"
    with translation.override("en"):
        assert atlas.euros(1180) == "€1,180"


def test_the_first_of_the_month_is_an_ordinal_in_french_only() -> None:
    first = date(2026, 3, 1)
    with translation.override("fr"):
        assert atlas.day(first) == f"1er{NBSP}mars 2026"
        assert atlas.day(date(2026, 11, 23)) == f"23{NBSP}novembre 2026"
    with translation.override("en"):
        assert atlas.day(first) == f"1{NBSP}March 2026"


def test_premises_free_today_are_immediate() -> None:
    with translation.override("en"):
        assert atlas.month(timezone.localdate()) == "Immediate"
        assert atlas.month(date(2099, 3, 1)) == "March 2099"
        assert atlas.month(date(2099, 12, 1)) == "Dec. 2099"
        assert atlas.month(None) == ""


def test_a_scene_with_words_is_labelled_and_one_without_is_a_decoration() -> None:
    with translation.override("en"):
        assert 'alt="Illustration: a workshop"' in atlas.scene("workshop", "a workshop")
    assert 'alt=""' in atlas.scene("workshop", cut=True)
    assert "workshop-cut" in atlas.scene("workshop", cut=True)


def test_coordinates_keep_a_decimal_point_in_french() -> None:
    with translation.override("fr"):
        assert atlas.svg(12.34) == "12.3"
        assert atlas.svg(12.0) == "12"


def test_the_graticule_is_regular_and_frames_the_land() -> None:
    written, (left, top, right, bottom) = lettering(), sheet().bounds
    ys = [line.at for line in written.latitudes]
    xs = [line.at for line in written.longitudes]
    assert ys == sorted(ys, reverse=True)
    assert xs == sorted(xs)
    assert all(top < y < bottom for y in ys)
    assert all(left < x < right for x in xs)


def test_every_line_drawn_on_the_map_is_named_on_it() -> None:
    assert {line.code for line in sheet().lines} <= {badge.text for badge in lettering().badges}


def test_the_map_has_its_graticule_only_where_asked() -> None:
    page = Template('{% include "components/map.html" with graticule=asked %}')
    with translation.override("fr"):
        assert "48,70° N" in page.render(Context({"asked": True}))
        assert "48,70° N" not in page.render(Context({"asked": False}))
