"""The Elasticsearch engine: exact like the database engine, and fast at a million properties.

A search is one multi-search (`counting`), plus a second request for map points when they are few.
"""

from datetime import date
from decimal import Decimal
from itertools import islice

from elasticsearch.dsl import A, Search
from elasticsearch.dsl.query import Bool, Query, Range

from search.criteria import Criteria
from search.elastic import client
from search.elastic.definition import alias
from search.elastic.querying import counting, ranges, spelling
from search.elastic.querying.asking import Asker, ElasticResponse, key_of, keys_of, total_of
from search.elastic.querying.conditions import BOUNDED, conditions, matching
from search.elastic.querying.counting import DisjunctiveFacet, FacetCounts
from search.elastic.querying.ordering import ordered
from search.engines import results
from search.engines.base import Engine, Nearest
from search.engines.entries import hundredths
from search.engines.results import Degraded, MapPoint, Results
from search.vocabulary import Vocabulary

# Above the number of grid squares of the map.
_CELLS = 10_000


class ElasticEngine(Engine):
    """Search engine over `index`, by default the index in force.

    `seconds` replaces a visitor's time budget. Raises the client's errors and `Unanswered`; `guard` provides the
    fallback.
    """

    name = "elasticsearch"

    def __init__(self, index: str = "", *, seconds: float | None = None) -> None:
        self._ask = Asker(index or alias())
        self._seconds = seconds

    def search(self, criteria: Criteria, vocabulary: Vocabulary, *, page_size: int, facets: bool = True) -> Results:
        ask = self._ask.within(self._seconds or client.BUDGET)
        filters = conditions(criteria, vocabulary)
        everything = matching(filters)
        first = (criteria.page - 1) * page_size
        page = ask.hits(*ordered(everything, criteria, vocabulary), first=first, size=page_size, total=not facets)
        searches, groups = [page], counting.groups(filters, criteria, vocabulary) if facets else []
        for query, items in groups:
            searches.append(_count(ask.count_only(query), items, criteria, vocabulary))
        if facets:
            searches += [_map(ask.count_only(everything)), *ranges.searches(ask, filters, criteria)]
        hit, *answers = ask.all_of(searches)
        total = total_of(answers[0] if facets else hit)
        tally = FacetCounts(
            {name: dict.fromkeys(values, 0) for name, values in vocabulary.values.items()} if facets else {}
        )
        for (_query, items), answer in zip(groups, answers, strict=False):
            for item in items:
                item.read(answer.get("aggregations", {}), criteria, vocabulary, tally)
                if name := item.alone(criteria, vocabulary):
                    tally.without[name] = total_of(answer)
        if facets:
            ranges.read(iter(answers[len(groups) + 1 :]), criteria, tally)
        hits = keys_of(hit)
        if not hits and first < total:
            hits = tuple(islice(self.keys(criteria, vocabulary), first, first + page_size))
        return Results(
            hits=hits,
            total=total,
            facets=tally.counts,
            points=_points(ask, answers[len(groups)], everything) if facets else (),
            engine=self.name,
            ranges=tally.ranges,
            without=tally.without,
            degraded=() if facets else (Degraded.FACETS, Degraded.MAP),
            suggestions=spelling.suggestions(ask, criteria, vocabulary) if criteria.words and not total else (),
            version=self._ask.index,
        )

    def keys(self, criteria: Criteria, vocabulary: Vocabulary) -> tuple[int, ...]:
        query, order = ordered(matching(conditions(criteria, vocabulary)), criteria, vocabulary)
        return tuple(map(key_of, self._ask.every(query, order)))

    def count(self, criteria: Criteria, vocabulary: Vocabulary) -> int:
        (answer,) = self._ask.all_of([self._ask.count_only(matching(conditions(criteria, vocabulary)))])
        return total_of(answer)

    def nearest(self, criteria: Criteria, vocabulary: Vocabulary, bound: str) -> Nearest | None:
        value = getattr(criteria, bound)
        if value is None:
            return None
        field = BOUNDED.get(bound, "available_from")
        limit = hundredths(value) if bound in BOUNDED else value.isoformat()
        beyond, order = ("lt", "desc") if bound.endswith("_min") else ("gt", "asc")
        others = matching(conditions(criteria, vocabulary), frozenset({bound}))
        search = self._ask.count_only(Bool(filter=[others, Range(**{field: {beyond: limit}})]))
        search.aggs.bucket("nearest", A("terms", field=field, size=1, order={"_key": order}))
        (answer,) = self._ask.all_of([search])
        buckets = answer["aggregations"]["nearest"]["buckets"]
        if not buckets:
            return None
        (bucket,) = buckets
        value = Decimal(bucket["key"]) / 100 if bound in BOUNDED else date.fromisoformat(bucket["key_as_string"])
        return Nearest(value, bucket["doc_count"])


def _count(search: Search, items: list[DisjunctiveFacet], criteria: Criteria, vocabulary: Vocabulary) -> Search:
    """Add the aggregations of these facets to the search."""
    for item in items:
        for name, aggregation in item.ask(criteria, vocabulary).items():
            search.aggs.bucket(name, aggregation)
    return search


def _map(search: Search) -> Search:
    """Add clusters by map grid square, each with its mean place."""
    cells = search.aggs.bucket("cells", A("terms", field="cell", size=_CELLS, order={"_key": "asc"}))
    cells.metric("latitude", A("avg", field="latitude")).metric("longitude", A("avg", field="longitude"))
    return search


def _points(ask: Asker, answer: ElasticResponse, found: Query) -> tuple[MapPoint, ...]:
    total = total_of(answer)
    if not total:
        return ()
    if total > results.MOST_POINTS:
        return tuple(
            MapPoint(cell["latitude"]["value"], cell["longitude"]["value"], cell["doc_count"])
            for cell in answer["aggregations"]["cells"]["buckets"]
        )
    place, by_key = ("latitude", "longitude"), [{"key": {"order": "asc"}}]
    (answered,) = ask.all_of([ask.hits(found, by_key, first=0, size=results.MOST_POINTS, fields=place)])
    return tuple(
        MapPoint(hit["fields"]["latitude"][0], hit["fields"]["longitude"][0], key=key_of(hit))
        for hit in answered["hits"]["hits"]
    )
