"""The corpus holds what it says, and the database engine passes it on whichever database DATABASE_URL names."""

from collections import Counter

from search.engines import DatabaseEngine
from tests.search import corpus
from tests.search.corpus.contract import CorpusContract

SHOWN = {
    *("accents", "plural", "elision", "synonyms", "two words", "reference", "postcode", "place", "numbers"),
    *("stop words", "nothing"),
}


def test_the_corpus_holds_at_least_eighty_queries_of_every_sort_in_both_languages():
    queries = list(corpus.queries())
    assert len({(asked.query, asked.language) for asked in queries}) == len(queries) >= 80
    languages = Counter(asked.language for asked in queries)
    assert languages.keys() == {"fr", "en"}
    assert min(languages.values()) >= 25
    assert {asked.shows for asked in queries} == SHOWN
    assert all(not asked.finds for asked in queries if asked.shows == "nothing")
    assert len(corpus.typos()) >= 20


class TestDatabaseEngine(CorpusContract):
    engine = DatabaseEngine()

    def help_with(self, right: str) -> tuple[bool, str]:
        return True, ""
