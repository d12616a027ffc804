"""The filters as they are shown: which communes come first, what a group says is chosen."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils.translation import override

from search import services
from search.page.groups import Filters, filters
from territory.models import Partner
from tests.search.world import plain, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
# By name: Athis-Mons, Chevilly-Larue, Choisy-le-Roi, Orly, Rungis, Thiais, Vitry-sur-Seine.
WITH_PREMISES = {"94065": 4, "94081": 3, "91027": 3, "94054": 2, "94021": 1, "94073": 1, "94022": 1}


@pytest.fixture
def market() -> None:
    offers = [
        plain(commune=code, surface=Decimal(640)) for code, number in WITH_PREMISES.items() for _ in range(number)
    ]
    publish(offers, Partner.objects.first())


def shown(query: str = "") -> Filters:
    with override("en"):
        return filters(services.answer(query=QueryDict(query)))


def test_communes_with_most_premises_come_first_and_the_others_by_name(market):
    group = shown().groups["commune"]
    first = ["Rungis", "Athis-Mons", "Vitry-sur-Seine", "Orly", "Chevilly-Larue", "Choisy-le-Roi"]
    assert [choice.label for choice in group.choices] == first
    others = [choice.label for choice in group.others]
    assert others == sorted(others)
    assert len(others) == 24 - 6
    assert "Thiais" in others


def test_a_chosen_commune_comes_first_however_few_premises_it_has(market):
    group = shown("commune=94073&commune=91326").groups["commune"]
    assert [choice.value for choice in group.choices if choice.chosen] == ["94073", "91326"]
    assert [choice.chosen for choice in group.choices] == [True, True, False, False, False, False]
    assert [choice.value for choice in group.choices][2:5] == ["94065", "91027", "94081"]


def test_as_many_communes_as_are_chosen_are_shown(market):
    codes = sorted(WITH_PREMISES)
    group = shown("&".join(f"commune={code}" for code in codes)).groups["commune"]
    assert sorted(choice.value for choice in group.choices) == codes
    assert not any(choice.chosen for choice in group.others)


@pytest.mark.parametrize(
    ("query", "name", "summary"),
    [
        ("", "type", ""),
        ("type=office", "type", "Offices"),
        ("type=office&type=land", "type", "2 chosen"),
        ("area_min=100", "area", "from 100 m²"),
        ("area_max=100.5", "area", "up to 100.5 m²"),
        ("area_min=100&area_max=1200", "area", "100 to 1,200 m²"),
        ("surface=0-50", "area", "under 50 m²"),
        ("surface=50-100", "area", "50 to < 100 m²"),
        ("surface=5000-", "area", "5,000 m² and above"),
        ("available=now", "available", "Immediately"),
        ("available=0-3", "available", "In less than 3 months"),
        ("available=3-6", "available", "In 3 to < 6 months"),
        ("available=12-", "available", "In 12 months or later"),
        ("walk_max=10", "near", "10 min"),
    ],
)
def test_a_filter_says_what_is_chosen_in_it(market, query, name, summary):
    assert shown(query).groups[name].summary.replace("\xa0", " ") == summary


def test_no_as_an_answer_is_kept_though_no_box_shows_it(market):
    found = shown("feature=fibre:no&feature=parking:yes&feature=crane:unknown")
    assert found.hidden == (("feature", "fibre:no"),)
    ticked = {(row.name, choice.value) for row in found.features for choice in row.choices if choice.chosen}
    assert ticked == {("parking", "parking:yes"), ("crane", "crane:unknown")}
