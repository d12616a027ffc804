"""The database engine keeps the contract on whichever database DATABASE_URL names, by whichever way it answers."""

from datetime import date, timedelta
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from search.criteria import Criteria
from search.engines import DatabaseEngine
from search.engines.database import engine, gathering
from search.engines.results import Degraded
from search.models import IndexedProperty, Slot
from tests.search import oracle
from tests.search.contract import BOUNDS, EngineContract, catalogues, thorough
from tests.search.world import TODAY, VOCABULARY, Offer, plain, searches

TITLES, TEXTS = st.sampled_from(["Atelier", "Entrepôt avec quai"]), st.sampled_from(["", "Quai de chargement"])
DAYS = st.integers(0, 3).map(lambda days: TODAY - timedelta(days=days))


def _worded(title: str, text: str, day: date) -> Offer:
    return plain(title=title, text=text, verified_on=day)


class TestDatabaseEngine(EngineContract):
    engine = DatabaseEngine()

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_groups_read_apart_and_at_once_are_the_same(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            answers = []
            for apart in (True, False):
                with mock.patch.object(gathering, "_are_few", return_value=apart):
                    answers.append(self.engine.search(criteria, VOCABULARY, page_size=20))
        assert answers[0] == answers[1]

    @thorough
    @given(
        offers=st.lists(st.builds(_worded, TITLES, TEXTS, DAYS), min_size=3, max_size=9),
        deal=st.sampled_from([(), ("rent", "sale")]),
        heads=st.integers(1, 9),
        page=st.integers(1, 3),
    )
    def test_without_facets_relevance_is_the_same_however_few_heads_are_looked_at(
        self, partner, offers, deal, heads, page
    ) -> None:
        criteria = Criteria(q="quai", deal=deal, page=page)
        expected = oracle.search(offers, criteria)
        with self.catalogue(offers, partner) as references, mock.patch.object(engine, "_HEADS", heads):
            found = self.engine.search(criteria, VOCABULARY, page_size=2, facets=False)
        assert [references[key] for key in found.hits] == expected[2 * (page - 1) : 2 * page]
        assert found.total == len(expected)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_however_the_rows_are_packed_hits_totals_and_places_are_exact(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner) as references:
            Slot.objects.filter(facet="layout").delete()
            IndexedProperty.objects.update(packed="5" * 60)
            found = self.engine.search(criteria, VOCABULARY, page_size=20)
            keys = self.engine.keys(criteria, VOCABULARY)
            nearest = {bound: self.engine.nearest(criteria, VOCABULARY, bound) for bound in BOUNDS}
        expected = oracle.search(offers, criteria)
        assert [references[key] for key in found.hits] == [references[key] for key in keys] == expected
        assert (found.total, found.facets, found.ranges) == (len(expected), {}, {})
        assert {references[point.key] for point in found.points} == set(expected)
        assert Degraded.FACETS in found.degraded
        assert Degraded.MAP not in found.degraded
        assert nearest == {bound: oracle.nearest(offers, criteria, bound) for bound in BOUNDS}
