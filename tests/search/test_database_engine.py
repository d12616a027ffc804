"""The database engine keeps the contract on whichever database DATABASE_URL names, by whichever way it answers."""

from dataclasses import replace
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from search.engines import DatabaseEngine
from search.engines.database import engine, gathering
from tests.search import oracle
from tests.search.contract import EngineContract, catalogues, thorough
from tests.search.world import VOCABULARY, searches


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
        offers=catalogues,
        criteria=searches(),
        word=st.sampled_from(["atelier", "rungis", "quai"]),
        heads=st.integers(1, 4),
        page=st.integers(1, 3),
    )
    def test_without_facets_relevance_is_the_same_however_few_heads_are_looked_at(
        self, partner, offers, criteria, word, heads, page
    ) -> None:
        criteria = replace(criteria, q=criteria.q or word, sort="", page=page)
        expected = oracle.search(offers, criteria)
        with self.catalogue(offers, partner) as references, mock.patch.object(engine, "_HEADS", heads):
            found = self.engine.search(criteria, VOCABULARY, page_size=2, facets=False)
        assert [references[key] for key in found.hits] == expected[2 * (page - 1) : 2 * page]
        assert found.total == len(expected)
