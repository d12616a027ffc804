"""Total orders equal to the database engine's; ties are broken by reference, byte by byte."""

from typing import Any

from elasticsearch.dsl.query import Bool, ConstantScore, Query

from search.criteria import Criteria
from search.elastic.querying.conditions import holding, shorter_walk_first
from search.vocabulary import Vocabulary

_BEST = {"_score": {"order": "desc"}}
_NEWEST = {"verified_on": {"order": "desc", "missing": "_last"}}
_REFERENCE = {"reference": {"order": "asc"}}


def ordered(found: Query, criteria: Criteria, vocabulary: Vocabulary) -> tuple[Query, list[dict[str, Any]]]:
    """Return the query, scored where the order needs a score, and the sort clauses."""
    match criteria.order:
        case "relevance":
            called_so = ConstantScore(filter=holding(criteria, field="head"), boost=1.0)
            return Bool(filter=[found], should=[called_so]), [_BEST, _NEWEST, _REFERENCE]
        case "rent" | "price" as money:
            return found, [_least(f"{money}_amount"), _REFERENCE]
        case "surface":
            return found, [_least("area"), _REFERENCE]
        case "walk":
            stations = vocabulary.walked_to(criteria.station, criteria.line)
            if stations is None:
                return found, [_least("nearest"), _REFERENCE]
            return Bool(filter=[found], should=[shorter_walk_first(stations)]), [_BEST, _REFERENCE]
    return found, [_NEWEST, _REFERENCE]


def _least(field: str) -> dict[str, Any]:
    return {field: {"order": "asc", "missing": "_last"}}
