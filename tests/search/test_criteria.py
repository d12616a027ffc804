"""Address to search and back."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.criteria import MANY, Criteria
from search.parsing import parse
from tests.search.world import VOCABULARY, searches

GOOD = {
    "q": "atelier",
    "type": "activity",
    "deal": "rent",
    "commune": "94065",
    "area_min": "300",
    "area_max": "2000",
    "surface": "100-250",
    "rent_min": "80",
    "rent_max": "180",
    "rent": "100-150",
    "price_min": "100000",
    "price_max": "900000",
    "price": "undisclosed",
    "available_by": "2027-05-23",
    "available": "0-3",
    "station": "orly",
    "line": "RER C",
    "walk_max": "10",
    "condition": "good",
    "lease": "unknown",
    "feature": "fibre:unknown",
    "bbox": "2.3,48.7,2.4,48.8",
    "sort": "rent",
    "page": "2",
}
PARAMETERS = list(GOOD)


def read(address: str):
    return parse(QueryDict(address), VOCABULARY)


@given(searches(), st.integers(1, 999_999))
def test_a_search_written_and_read_is_itself(criteria, page):
    criteria = criteria.at(page)
    assert read(criteria.query_string) == (criteria, ())


@given(
    st.dictionaries(st.sampled_from(PARAMETERS), st.lists(st.text(max_size=30) | st.sampled_from(list(GOOD.values()))))
)
def test_the_canonical_address_of_anything_is_stable(query):
    asked = QueryDict(mutable=True)
    for name, values in query.items():
        asked.setlist(name, values)
    criteria, _ = parse(asked, VOCABULARY)
    assert read(criteria.query_string) == (criteria, ())


def test_every_parameter_is_read():
    criteria, problems = read("&".join(f"{name}={value}" for name, value in GOOD.items()))
    assert problems == ()
    assert criteria == Criteria(
        q="atelier",
        type=("activity",),
        deal=("rent",),
        commune=("94065",),
        area_min=Decimal("300.00"),
        area_max=Decimal("2000.00"),
        surface=("100-250",),
        rent_min=Decimal("80.00"),
        rent_max=Decimal("180.00"),
        rent=("100-150",),
        price_min=Decimal("100000.00"),
        price_max=Decimal("900000.00"),
        price=("undisclosed",),
        available_by=date(2027, 5, 23),
        available=("0-3",),
        station=("orly",),
        line=("RER C",),
        walk_max=10,
        condition=("good",),
        lease=("unknown",),
        feature=("fibre:unknown",),
        bbox=(2.3, 48.7, 2.4, 48.8),
        sort="rent",
        page=2,
    )


def test_the_order_of_an_address_does_not_matter_and_unknown_names_vanish():
    one, _ = read("type=office&type=activity&utm_source=x&deal=rent&q=&area_min=&fbclid=%00")
    other, _ = read("deal=rent&type=activity&type=office&type=office")
    assert one == other
    assert one.query_string == "type=activity&type=office&deal=rent"
    assert hash(one) == hash(other)


@given(searches(), st.data())
def test_whatever_the_order_of_its_filters_a_search_is_one(criteria, data):
    pairs = data.draw(st.permutations(list(criteria.pairs())))
    found, problems = read(urlencode(pairs))
    assert (found, problems) == (criteria, ())
    assert found.query_string == criteria.query_string


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1240", 1240),
        ("1 240", 1240),
        ("1\u202f240", 1240),
        ("1,240", 1240),
        ("1240,5", 1240.5),
        ("0", 0),
        ("12.50", 12.5),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value):
    criteria, problems = parse(_query(area_min=text), VOCABULARY)
    assert problems == ()
    assert criteria.area_min == Decimal(str(value))


@pytest.mark.parametrize(
    ("name", "largest", "beyond"),
    [
        ("area", "9999999.99", "10000000"),
        ("rent", "9999999.99", "10000000"),
        ("price", "9999999999.99", "10000000000"),
    ],
)
@pytest.mark.parametrize("end", ["min", "max"])
def test_the_largest_amount_there_can_be_is_read_and_what_is_beyond_is_not(name, end, largest, beyond):
    bound = f"{name}_{end}"
    criteria, problems = read(f"{bound}={largest}")
    assert (getattr(criteria, bound), problems) == (Decimal(largest), ())
    criteria, (problem,) = read(f"{bound}={beyond}")
    assert (criteria, problem.parameter, problem.value) == (Criteria(), bound, beyond)


@pytest.mark.parametrize("name", ["area", "rent", "price"])
def test_a_range_of_one_amount_is_a_range(name):
    criteria, problems = read(f"{name}_min=500&{name}_max=500")
    assert (criteria.chosen, problems) == ((f"{name}_min", f"{name}_max"), ())


def test_the_longest_text_is_read_and_a_longer_one_is_not():
    assert read("q=" + "a" * 200)[0].q == "a" * 200
    assert read("q=" + "a" * 201)[0].q == ""


def test_the_whole_world_is_a_zone():
    criteria, problems = read("bbox=-180,-90,180,90")
    assert (criteria.bbox, problems) == ((-180, -90, 180, 90), ())


def test_a_value_that_was_left_out_is_shown_as_it_was_typed_unless_it_is_long():
    assert [problem.value for problem in read(f"type={'x' * 60}")[1]] == ["x" * 60]
    assert [problem.value for problem in read(f"type={'x' * 61}")[1]] == ["x" * 59 + "…"]


def _query(**values: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query


BAD = [
    *[(name, value) for name in ("area_min", "rent_max", "price_min") for value in
      ("abc", "12ooo", "-5", "NaN", "inf", "1e9", "٣", "9" * 30, "1.2.3", "\0", "1" * 10_000)],
    *[(name, value) for name in MANY for value in ("zzz", "'; DROP TABLE", "\0", "x" * 10_000)],
    *[("available_by", value) for value in ("demain", "2027-02-30", "20270523", "2027-W01-1", "\0")],
    *[("walk_max", value) for value in ("7", "-5", "5.0", "NaN", "10 min")],
    *[("bbox", value) for value in
      ("1,2,3", "2.4,48.7,2.3,48.8", "2.3,48.8,2.4,48.7", "179,48,-179,49", "nan,0,1,1", "a,b,c,d", "0,0,0,0")],
    *[("sort", value) for value in ("random", "-rent", "\0")],
    *[("page", value) for value in ("0", "-1", "1.5", "1000000000", "NaN", "deux")],
    *[("q", value) for value in ("a" * 10_000, "de la", "\0atelier", "()*:")],
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_named_and_leaves_the_rest_alone(name, value):
    asked = _query(deal="rent", lease="commercial")
    asked.appendlist(name, value)
    criteria, problems = parse(asked, VOCABULARY)
    assert [problem.parameter for problem in problems] == [name]
    assert problems[0].message
    assert len(problems[0].value) <= 60
    assert "\0" not in problems[0].value
    assert criteria == Criteria(deal=("rent",), lease=("commercial",))


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name not in MANY])
def test_a_single_value_given_twice_is_not_guessed(name):
    others = {"page": "3", "sort": "walk", "walk_max": "5", "bbox": "2.3,48.7,2.5,48.9", "available_by": "2027-01-01"}
    asked = _query()
    asked.setlist(name, [GOOD[name], others.get(name, "77")])
    criteria, problems = parse(asked, VOCABULARY)
    assert criteria == Criteria()
    assert [problem.parameter for problem in problems] == [name]


@pytest.mark.parametrize("name", ["area", "rent", "price"])
def test_a_reversed_range_is_left_out_whole(name):
    criteria, problems = read(f"{name}_min=500&{name}_max=100&deal=rent")
    assert criteria == Criteria(deal=("rent",))
    assert [problem.parameter for problem in problems] == [f"{name}_min", f"{name}_max"]


@given(st.sampled_from(PARAMETERS), st.lists(st.text(max_size=50), max_size=3))
def test_nothing_breaks_the_reading(name, values):
    asked = _query()
    asked.setlist(name, values)
    parse(asked, VOCABULARY)


def test_relevance_without_words_is_the_usual_order():
    criteria, problems = read("sort=relevance")
    assert (criteria, problems) == (Criteria(), ())
    assert criteria.order == "newest"
    assert read("q=atelier")[0].order == "relevance"


def test_taking_a_criterion_out_goes_back_to_the_first_page():
    criteria, _ = read("type=activity&type=office&area_min=100&page=3")
    assert criteria.minus("type", "office").query_string == "type=activity&area_min=100"
    assert criteria.without("area_min", "area_max").query_string == "type=activity&type=office"
