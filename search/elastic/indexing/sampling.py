"""Agreement check between an index and the database: totals and sampled searches."""

import random
from dataclasses import replace
from typing import Any

from search.criteria import Criteria
from search.elastic import client
from search.elastic.querying.engine import ElasticEngine
from search.engines.database import DatabaseEngine
from search.loading import load_vocabulary
from search.vocabulary import UNKNOWN, Vocabulary

_SAMPLES = 12
_NAMES = ("type", "deal", "commune", "surface", "rent", "available", "station", "line", "condition", "feature")
_SORTS = ("", "surface", "rent", "walk")


def disagreements(index: str) -> list[str]:
    """Describe the searches answered differently by the two engines; empty when they agree."""
    vocabulary = load_vocabulary()
    database_engine, index_engine = DatabaseEngine(), ElasticEngine(index, seconds=client.PATIENCE)
    descriptions = []
    for criteria in [*(Criteria(sort=sort) for sort in _SORTS), *_samples(vocabulary)]:
        mine, other = (
            engine.search(criteria, vocabulary, page_size=20, facets=False)
            for engine in (database_engine, index_engine)
        )
        if (mine.total, mine.hits) != (other.total, other.hits):
            query_text = criteria.query_string or "everything"
            descriptions.append(f"{query_text}: {mine.total} in the database, {other.total} in the index")
    return descriptions


def _samples(vocabulary: Vocabulary) -> list[Criteria]:
    """Draw sample searches from a fixed seed: repeatable for an unchanged vocabulary."""
    drawn = random.Random(8)
    return [_search(drawn, vocabulary) for _ in range(_SAMPLES)]


def _search(drawn: random.Random, vocabulary: Vocabulary) -> Criteria:
    criteria = Criteria(sort=drawn.choice(_SORTS), walk_max=drawn.choice([None, None, 10, UNKNOWN]))
    for name in drawn.sample(_NAMES, drawn.randint(1, 3)):
        values = vocabulary.values[name]
        chosen = drawn.sample(values, min(len(values), drawn.randint(1, 3)))
        narrowed: dict[str, Any] = {name: tuple(sorted(chosen))}
        criteria = replace(criteria, **narrowed)
    return criteria
