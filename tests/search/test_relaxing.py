"""Nothing found: which change is told first, of several that would give results."""

from datetime import date, timedelta
from decimal import Decimal
from unittest import mock

import pytest

from search.criteria import Criteria
from search.engines import DatabaseEngine
from search.page.relaxing import Relaxation, relaxations
from territory.models import Partner
from tests.search.world import TODAY, VOCABULARY, Offer, make_world, plain, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return make_world()


def relaxed(criteria: Criteria) -> list[Relaxation]:
    engine = DatabaseEngine()
    results = engine.search(criteria, VOCABULARY, page_size=1)
    assert results.total == 0
    return list(relaxations(criteria, results, VOCABULARY, engine).found)


def order(criteria: Criteria, *offers: Offer, partner: Partner) -> list[tuple[str, int]]:
    """The addresses of the changes, nearest first, with how many each gives."""
    publish(offers, partner)
    return [(item.criteria.query_string, item.total) for item in relaxed(criteria)]


# An offer that every search here but one bound would find, each a quarter, a half … away from what was asked.
WITHIN, ASKED = Decimal(1000), {"area_min": Decimal(1000), "available_by": TODAY, "rent_max": Decimal(100)}
FITS = {"surface": WITHIN, "available_from": TODAY, "rent": Decimal(100)}


@pytest.mark.parametrize(
    ("days", "surface", "first"),
    [
        # A year is as far as all of an amount: ten days are 2.7 %, ninety are a quarter.
        (10, 960, "available_by"),
        (10, 980, "area_min"),
        (90, 700, "available_by"),
        (90, 800, "area_min"),
        (400, 100, "area_min"),
    ],
)
def test_a_later_date_is_told_before_a_smaller_surface_when_it_is_the_smaller_change(partner, days, surface, first):
    later = plain(**FITS | {"available_from": TODAY + timedelta(days=days)})
    smaller = plain(**FITS | {"surface": Decimal(surface)})
    told = order(Criteria(**ASKED), later, smaller, partner=partner)
    changes = {
        "available_by": Criteria(**ASKED | {"available_by": TODAY + timedelta(days=days)}).query_string,
        "area_min": Criteria(**ASKED | {"area_min": Decimal(surface)}).query_string,
    }
    other = next(name for name in changes if name != first)
    assert told == [(changes[first], 1), (changes[other], 1)]


def test_amounts_are_compared_by_the_part_of_what_was_asked(partner):
    """300 € more of 1,000,000 are less than 30 m² less of 100."""
    asked = {"area_min": Decimal(100), "price_max": Decimal(1_000_000)}
    sale = {"deal": "sale", "rent": None}
    dearer = plain(**sale, surface=Decimal(100), price=Decimal(1_000_300))
    smaller = plain(**sale, surface=Decimal(70), price=Decimal(1_000_000))
    first, second = order(Criteria(**asked), dearer, smaller, partner=partner)
    assert first == (Criteria(**asked | {"price_max": Decimal(1_000_300)}).query_string, 1)
    assert second == (Criteria(**asked | {"area_min": Decimal(70)}).query_string, 1)


def test_a_bound_moved_however_far_is_told_before_a_criterion_given_up(partner):
    asked = Criteria(area_max=Decimal(1), type=("office",))
    far = plain(kind="office", surface=Decimal(9_000))
    told = order(asked, far, plain(kind="activity", surface=Decimal("0.5")), partner=partner)
    assert told == [("type=office&area_max=9000", 1), ("area_max=1", 1)]


def test_of_criteria_given_up_the_one_that_leaves_fewest_comes_first(partner):
    asked = Criteria(type=("office",), commune=("94065",))
    here = [plain(commune="94065") for _ in range(3)]
    there = [plain(kind="office", commune="91027") for _ in range(2)]
    assert order(asked, *here, *there, partner=partner) == [("type=office", 2), ("commune=94065", 3)]


@pytest.mark.parametrize(("surface", "first"), [(600, "area_min"), (400, "walk_max")])
def test_a_longer_walk_is_as_far_as_the_minutes_it_adds_to_those_asked(partner, surface, first):
    """From 10 to 15 minutes is a half."""
    asked = Criteria(walk_max=10, area_min=Decimal(1000))
    further = plain(surface=WITHIN, walks=(("orly", 14),))
    smaller = plain(surface=Decimal(surface), walks=(("orly", 9),))
    changes = {"walk_max": "area_min=1000&walk_max=15", "area_min": f"area_min={surface}&walk_max=10"}
    told = order(asked, further, smaller, partner=partner)
    assert told[0] == (changes.pop(first), 1)
    assert told[1:] == [(query, 1) for query in changes.values()]


def test_the_nearest_band_is_added_to_the_one_chosen_and_a_step_is_farther_than_half_an_amount(partner):
    asked = Criteria(surface=("100-250",), rent_max=Decimal(100))
    next_band, last_band = (
        plain(surface=Decimal(300), rent=Decimal(100)),
        plain(surface=Decimal(6000), rent=Decimal(90)),
    )
    dearer = plain(surface=Decimal(120), rent=Decimal(150))
    assert order(asked, next_band, last_band, dearer, partner=partner) == [
        ("surface=100-250&rent_max=150", 1),
        ("surface=100-250&surface=250-500&rent_max=100", 1),
    ]


def test_offers_that_do_not_say_are_told_before_another_band_and_before_the_feature_given_up(partner):
    asked = Criteria(feature=("fibre:yes",), surface=("100-250",), type=("activity",))
    features = plain().features
    silent = plain(surface=Decimal(120))
    larger = plain(surface=Decimal(300), features=("yes", *features[1:]))
    told = order(
        asked,
        silent,
        larger,
        plain(kind="office", surface=Decimal(120), features=("yes", *features[1:])),
        partner=partner,
    )
    assert [query for query, _total in told] == [
        "type=activity&surface=100-250&feature=fibre:unknown&feature=fibre:yes",
        "type=activity&surface=100-250&surface=250-500&feature=fibre:yes",
        "surface=100-250&feature=fibre:yes",
    ]


def test_the_date_that_is_told_is_that_of_the_offer(partner):
    publish([plain(available_from=date(2027, 3, 1))], partner)
    (told,) = relaxed(Criteria(available_by=TODAY))
    assert told.criteria.available_by == date(2027, 3, 1)


def test_between_two_bounds_offers_that_state_no_amount_are_not_promised(partner):
    """Without one of the two, the other still asks for an amount."""
    publish([plain(rent=None)], partner)
    assert relaxed(Criteria(rent_min=Decimal(100), rent_max=Decimal(120))) == []
    (told,) = relaxed(Criteria(rent_max=Decimal(120)))
    assert (told.after, told.criteria, told.total) == ("", Criteria(), 1)


@pytest.mark.parametrize(("communes", "complete"), [(0, True), (1, False)])
def test_twelve_questions_are_asked_and_what_is_beyond_is_said_to_be_left_out(partner, communes, complete):
    """Without counts beside the filters each change is a question."""
    criteria = Criteria(
        q="verrière",
        type=("office",),
        deal=("rent",),
        area_min=Decimal(600),
        area_max=Decimal(700),
        rent_min=Decimal(100),
        rent_max=Decimal(120),
        price_min=Decimal(1),
        price_max=Decimal(2),
        available_by=TODAY,
        condition=("new",),
        commune=("94065",) * communes,
    )
    engine = DatabaseEngine()
    results = engine.search(criteria, VOCABULARY, page_size=1, facets=False)
    with (
        mock.patch.object(engine, "count", wraps=engine.count) as counted,
        mock.patch.object(engine, "nearest", wraps=engine.nearest) as moved,
    ):
        told = relaxations(criteria, results, VOCABULARY, engine)
    assert (counted.call_count + moved.call_count, told.complete) == (12, complete)
