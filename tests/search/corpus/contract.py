"""What every engine owes to the corpus; each engine's test class inherits it."""

import pytest

from search.criteria import Criteria
from search.engines import Engine
from search.engines.results import Degraded
from search.loading import load_vocabulary
from tests.search import corpus


@pytest.mark.django_db
class CorpusContract:
    engine: Engine

    @pytest.fixture
    def published(self, territory: None) -> None:
        """The corpus, where the engine finds it."""
        corpus.publish()

    def test_each_query_finds_what_it_must_and_nothing_else(self, published) -> None:
        wrong = {}
        for asked in corpus.queries():
            found = corpus.found(self.engine, asked.query)
            if found != asked.finds:
                missing, strange = sorted(asked.finds - found), sorted(found - asked.finds)
                wrong[asked.query] = f"does not find {missing}, must not find {strange}"
        assert wrong == {}

    def test_a_misspelt_query_finds_nothing_and_is_not_left_at_that(self, published) -> None:
        suggested = {}
        for query in corpus.typos():
            results = self.engine.search(Criteria(q=query), load_vocabulary(), page_size=10)
            assert results.total == 0, query
            suggested[query] = (Degraded.TYPO in results.degraded, next(iter(results.suggestions), ""))
        assert suggested == {query: self.help_with(right) for query, right in corpus.typos().items()}

    def help_with(self, right: str) -> tuple[bool, str]:
        """Whether the engine says that it does not look for words close to what was typed, and what it suggests."""
        return False, right
