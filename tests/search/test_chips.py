"""What was asked, in words, and the search without each piece."""

from urllib.parse import unquote_plus

import pytest
from django.http import QueryDict
from django.utils.translation import override

from search.page.chips import chips, summary
from search.parsing import parse
from tests.search.world import VOCABULARY


def shown(query: str) -> list[tuple[str, str]]:
    criteria, problems = parse(QueryDict(query), VOCABULARY)
    assert problems == ()
    with override("en"):
        told = [(chip.label.replace("\xa0", " "), chip.without.query_string) for chip in chips(criteria, VOCABULARY)]
    return [(label, unquote_plus(left)) for label, left in told]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=quai&sort=relevance", [("“quai”", "")]),
        ("type=office&type=land", [("Land", "type=office"), ("Offices", "type=land")]),
        ("lease=unknown&condition=new", [("New", "lease=unknown"), ("Lease: not stated", "condition=new")]),
        ("price=undisclosed", [("Sale price: not disclosed", "")]),
        (
            "area_min=100&area_max=250.5&type=land",
            [("Land", "area_min=100&area_max=250.5"), ("100 to 250.5 m²", "type=land")],
        ),
        ("available_by=2027-05-23", [("By 23 May 2027", "")]),
        ("walk_max=10&line=T7&page=3", [("T7", "walk_max=10"), ("≤ 10 min on foot", "line=T7")]),
        ("bbox=2.3,48.7,2.4,48.8", [("Zone of the map", "")]),
        ("feature=fibre:yes", [("Fibre: yes", "")]),
    ],
)
def test_each_criterion_has_a_word_and_the_search_without_it(query, told):
    assert shown(query) == told


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("", "3 communes"),
        ("type=office&type=land&deal=rent&commune=94065", "Land or Offices · For rent · Rungis"),
        ("commune=94065&commune=91027&commune=94038", "Athis-Mons, L'Haÿ-les-Roses, Rungis"),
    ],
)
def test_a_search_in_a_line_names_up_to_three_communes(query, line):
    criteria, _problems = parse(QueryDict(query), VOCABULARY)
    with override("en"):
        assert summary(criteria, VOCABULARY) == line
