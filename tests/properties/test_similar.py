"""Similar premises: the nearest of their kind, and as many rows read from ten thousand as from ten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from properties.choices import PUBLIC_STATES
from properties.models import Property
from properties.services import write_many
from territory.models import Commune
from territory.services import load
from tests.properties.factories import make_property, offer

# Few values of each, so that many are alike: same commune or not, same surface, half and twice the surface.
OFFERS = st.fixed_dictionaries(
    {
        "insee": st.sampled_from(["94081", "94022", "91027"]),
        "kind": st.sampled_from(["activity", "office"]),
        "deal": st.sampled_from(["rent", "sublease"]),
        "state": st.sampled_from(["on_market", "under_offer", "draft", "withdrawn"]),
        "surface": st.sampled_from([49, 50, 51, 90, 99, 100, 101, 110, 199, 200, 201]),
    }
)


def nearest_of_all(listing: Property, number: int) -> list[Property]:
    """The oracle: every property looked at, as the page words it."""
    alike = [
        other
        for other in Property.objects.all()
        if other.state in PUBLIC_STATES
        and (other.kind, other.deal) == (listing.kind, listing.deal)
        and listing.surface / 2 <= other.surface <= listing.surface * 2
        and other != listing
    ]
    alike.sort(
        key=lambda other: (
            other.commune_id != listing.commune_id,
            abs(other.surface - listing.surface),
            other.reference,
        )
    )
    return alike[:number]


class NearestTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load()

    @settings(max_examples=60)
    @given(st.lists(OFFERS, max_size=25))
    def test_the_nearest_are_those_that_a_look_at_every_property_finds(self, offers):
        known = make_property(divisible_from=None, surface=Decimal(100))
        insert(offers)
        for number in (1, 3):
            assert Property.objects.nearest_to(known, number) == nearest_of_all(known, number)


def insert(offers: list[dict[str, Any]]) -> None:
    start = Property.objects.count()
    rows = []
    for number, values in enumerate(offers, start):
        commune = Commune.objects.get(pk=values["insee"])
        made = offer(**{**values, "insee": "94081"}) | {"commune": commune, "divisible_from": None}
        rows.append(Property(reference=f"N-{number:05}", **made | {"surface": Decimal(values["surface"])}))
    write_many(created=rows, updated=[])


@contextmanager
def rows_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """How many rows the database handed over inside."""
    count = 0

    def counted(name: str) -> Callable[..., Any]:
        def fetch(self: CursorWrapper, *args: Any) -> Any:
            nonlocal count
            with self.db.wrap_database_errors:
                rows = getattr(self.cursor, name)(*args)
            count += len(rows) if name != "fetchone" else rows is not None
            return rows

        return fetch

    with monkeypatch.context() as patch:
        for name in ("fetchone", "fetchmany", "fetchall"):
            patch.setattr(CursorWrapper, name, counted(name), raising=False)
        yield lambda: count


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_a_page_reads_as_many_rows_from_ten_times_the_premises(monkeypatch):
    known = make_property(divisible_from=None, surface=Decimal(100))
    insert([{"insee": "94081", "surface": 90 + number} for number in range(20)])
    path = f"/fr/immobilier/{known.reference}/"
    # What a process reads once is read.
    Client().get(path)

    def cost() -> tuple[int, int]:
        with rows_read(monkeypatch) as count, CaptureQueriesContext(connection) as queries:
            response = Client().get(path)
        assert len(response.context["similar"]) == 3
        return len(queries), count()

    before = cost()
    insert([{"insee": "94081", "surface": 90 + number % 20} for number in range(180)])
    assert Property.objects.count() == 201
    assert cost() == before
    assert before[1] < 200, "fewer rows than there are premises"


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize("insee", ["94081", "94022"])
def test_the_nearest_are_found_by_few_queries_of_few_rows(monkeypatch, insee):
    known = make_property(divisible_from=None, surface=Decimal(100))
    insert([{"insee": insee, "surface": 90 + number % 20} for number in range(100)])
    with rows_read(monkeypatch) as count, CaptureQueriesContext(connection) as queries:
        found = Property.objects.nearest_to(known, 3)
    assert len(found) == 3
    # Below and above the surface, in the commune and beside it; then the properties, their stations and their lines.
    assert len(queries) <= 4 + 4
    walks = sum(len(listing.nearby_stations.all()) for listing in found)
    lines = sum(len(near.station.lines.all()) for listing in found for near in listing.nearby_stations.all())
    assert count() <= 4 * 3 + len(found) + walks * 2 + lines
