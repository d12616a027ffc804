"""What every engine owes; each engine's test class inherits it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties.models import Property
from search.criteria import Criteria
from search.engines import Engine
from territory.models import Partner
from tests.search import oracle
from tests.search.world import VOCABULARY, Offer, make_world, offers, plain, publish, searches

catalogues = st.lists(offers(), max_size=9)
thorough = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.django_db
class EngineContract:
    engine: Engine

    @pytest.fixture
    def partner(self) -> Partner:
        return make_world()

    @contextmanager
    def catalogue(self, offers: list[Offer], partner: Partner) -> Iterator[dict[int, str]]:
        """The offers on the market while it lasts: references by primary key."""
        with transaction.atomic():
            yield {item.pk: item.reference for item in publish(offers, partner)}
            transaction.set_rollback(True)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_hits_and_total_are_those_of_the_oracle_in_its_order(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner) as references:
            results = self.engine.search(criteria, VOCABULARY, page_size=20)
        expected = oracle.search(offers, criteria)
        assert [references[key] for key in results.hits] == expected
        assert results.total == len(expected)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_a_facets_count_is_the_total_of_the_search_with_that_value(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            results = self.engine.search(criteria, VOCABULARY, page_size=20)
        assert results.facets == oracle.facets(offers, criteria, VOCABULARY)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_single_valued_facets_sum_to_the_total_without_their_choice(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            results = self.engine.search(criteria, VOCABULARY, page_size=20)
            for name in ("type", "deal", "commune", "condition", "lease"):
                opened = replace(criteria, **{name: ()})
                assert sum(results.facets[name].values()) == self.engine.count(opened)

    @thorough
    @given(offers=catalogues, criteria=searches(), size=st.integers(1, 3))
    def test_pages_end_to_end_are_the_whole_without_a_repeat(self, partner, offers, criteria, size) -> None:
        with self.catalogue(offers, partner) as references:
            pages = [
                self.engine.search(criteria.at(number), VOCABULARY, page_size=size).hits
                for number in range(1, len(offers) + 3)
            ]
            whole = [references[key] for key in self.engine.keys(criteria.at(2))]
        assert [references[key] for page in pages for key in page] == whole == oracle.search(offers, criteria)
        assert pages[-1] == ()

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_points_are_the_public_ones_of_all_the_hits(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner) as references:
            results = self.engine.search(criteria, VOCABULARY, page_size=1)
        shown = {references[point.key]: (point.latitude, point.longitude) for point in results.points}
        found = oracle.search(offers, criteria)
        assert shown == {reference: offers[int(reference.removeprefix("REF-"))].place for reference in found}
        assert all(point.count == 1 for point in results.points)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_count_is_the_total(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            assert self.engine.count(criteria) == self.engine.search(criteria, VOCABULARY, page_size=1).total

    def test_many_hits_are_grouped_on_the_map_and_none_is_lost(self, partner, monkeypatch) -> None:
        monkeypatch.setattr("search.engines.database.MOST_POINTS", 2)
        made = publish([plain(place=place) for place in [(48.7, 2.4), (48.7001, 2.4001), (48.8, 2.31)]], partner)
        points = self.engine.search(Criteria(), VOCABULARY, page_size=1).points
        assert sorted(point.count for point in points) == [1, 2]
        assert sum(point.count for point in points) == len(made) == Property.objects.count()
        assert all(point.key is None for point in points)
