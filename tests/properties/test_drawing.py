"""What the page draws stays true to scale and inside its frame, whatever the property."""

import itertools
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from properties.listing.drawing import HEIGHT, LOTS_WIDTH, WIDTH, bars, surroundings
from properties.models import Lot, Property
from territory.cartography import project

SURFACES = st.lists(st.decimals(min_value=1, max_value=9_000, places=2), min_size=1, max_size=12)
LATITUDES, LONGITUDES = st.floats(48.65, 48.83), st.floats(2.31, 2.45)


@given(SURFACES)
def test_lots_share_the_bar_by_their_surface(surfaces):
    drawn = bars([Lot(label=str(number), surface=surface) for number, surface in enumerate(surfaces)])
    total = sum(surfaces)
    for bar, surface in zip(drawn, surfaces, strict=True):
        assert abs(bar.width - LOTS_WIDTH * float(surface / total)) <= 0.051
    assert abs(drawn[-1].x + drawn[-1].width - LOTS_WIDTH) <= 0.2
    assert all(left.tone != right.tone for left, right in itertools.pairwise(drawn))


def test_a_year_is_the_rent_of_the_whole_lot_or_is_not_known():
    stated, silent = bars([Lot(label="A", surface=Decimal(310), rent=Decimal(118)), Lot(label="B", surface=Decimal(1))])
    assert (stated.yearly, silent.yearly) == (36_580, None)


def walks(places):
    return [
        SimpleNamespace(station=SimpleNamespace(name="Villejuif–Louis Aragon", latitude=latitude, longitude=longitude))
        for latitude, longitude in places
    ]


@given(
    LATITUDES, LONGITUDES, st.lists(st.tuples(LATITUDES, LONGITUDES), max_size=8), st.sampled_from(["exact", "commune"])
)
def test_the_window_is_centred_and_holds_its_stations(latitude, longitude, places, precision):
    listing = Property(public_latitude=latitude, public_longitude=longitude, precision=precision)
    around = surroundings(listing, walks(places))
    assert (around.x, around.y) == project(latitude, longitude)
    left, top, width, height = map(float, around.view.split())
    assert (width, height) == (WIDTH, HEIGHT)
    for stop in around.stops:
        assert left < stop.x < left + width
        assert top < stop.y < top + height


def named(name, latitude, longitude):
    return SimpleNamespace(station=SimpleNamespace(name=name, latitude=latitude, longitude=longitude))


def test_a_name_moves_aside_for_another_stop():
    listing = Property(public_latitude=48.78, public_longitude=2.39, precision="exact")
    alone = surroundings(listing, [named("Aéroport d’Orly 4", 48.7815, 2.384)]).stops[0]
    assert alone.anchor == "end"
    first, second = surroundings(
        listing, [named("Aéroport d’Orly 4", 48.7815, 2.384), named("Orly 1", 48.7813, 2.378)]
    ).stops
    assert (first.anchor, second.anchor) == ("middle", "end")


def test_of_names_without_room_the_nearer_is_written():
    listing = Property(public_latitude=48.78, public_longitude=2.39, precision="exact")
    crowd = [named("Villejuif–Louis Aragon", 48.7815 + step / 10_000, 2.385) for step in range(6)]
    stops = surroundings(listing, crowd).stops
    assert stops[0].anchor
    assert not all(stop.anchor for stop in stops)


def test_the_scale_is_to_scale_and_inside_the_window():
    listing = Property(public_latitude=48.78, public_longitude=2.39, precision="commune")
    around = surroundings(listing, [])
    scale = around.scale
    assert scale.metres / scale.width == 20
    left, top, _width, height = map(float, around.view.split())
    assert left < scale.x
    assert scale.y < top + height


def test_nothing_is_measured_from_a_point_drawn_at_random():
    listing = Property(public_latitude=48.78, public_longitude=2.39, precision="commune")
    around = surroundings(listing, walks([(48.781, 2.391)]))
    assert around.rings == ()
    assert not any(stop.walk for stop in around.stops)
