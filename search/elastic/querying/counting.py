"""Exact disjunctive facet counts: unchosen facets share the main search, each chosen facet has its own.

Every counted field is single-valued (`definition.set_of`); sets are split into values here.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from elasticsearch.dsl import A
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import Bool, Query

from properties.choices import Feature
from search.criteria import NEAR, Criteria
from search.elastic.definition import BETWEEN, FEATURE_GROUPS, near, set_of
from search.elastic.querying.asking import ElasticResponse, UnansweredError
from search.elastic.querying.conditions import STORED, Conditions, matching, one_of
from search.engines.results import Range
from search.vocabulary import UNKNOWN, WALKS, Vocabulary

# Above the number of distinct values of any field; `_counts` checks.
_ALL = 10_000

Aggregations = dict[str, "Agg[Any]"]


@dataclass(slots=True)
class FacetCounts:
    """Accumulated counts: by parameter and value, totals without each criterion, and ranges."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, value: str, count: int) -> None:
        """Add to a value's count; values outside the vocabulary, such as a deleted station, are ignored."""
        if value in self.counts[name]:
            self.counts[name][value] += count


class DisjunctiveFacet(ABC):
    """A disjunctive facet; `own` names its own filters, excluded from its counts."""

    own: frozenset[str]

    def among(self, found: Conditions, criteria: Criteria, vocabulary: Vocabulary) -> Query:
        """Return the query to count in: all filters but its own."""
        return matching(found, self.own)

    def alone(self, criteria: Criteria, vocabulary: Vocabulary) -> str | None:
        """Return the only criterion excluded from this count, or None."""
        return criteria.only(tuple(self.own))

    @abstractmethod
    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        """Return the aggregations of the facet."""

    @abstractmethod
    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: FacetCounts) -> None:
        """Add the response to the tally."""


class Stored(DisjunctiveFacet):
    """A facet with stored values, single or as a set."""

    def __init__(self, name: str, *, field: str) -> None:
        self.name = name
        self.own = frozenset({name})
        self._field = field

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {self.name: _every(self._field)}

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: FacetCounts) -> None:
        for values, count in _sets(answer[self.name]):
            for value in values:
                tally.add(self.name, value, count)


class OneFeature(DisjunctiveFacet):
    """Answers of one feature: yes, no, not stated; features of a group share one aggregation."""

    def __init__(self, feature: Feature) -> None:
        self._feature = feature
        self.own = frozenset({f"feature:{feature}"})
        self._values = frozenset(f"{feature}:{stated}" for stated in feature.answers.values)
        self._group = next(group for group, features in FEATURE_GROUPS.items() if feature in features)

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {self._group: _every(set_of(self._group))}

    def alone(self, criteria: Criteria, vocabulary: Vocabulary) -> str | None:
        return f"feature:{self._feature}" if self._feature in criteria.features else None

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: FacetCounts) -> None:
        for values, count in _sets(answer[self._group]):
            for value in self._values.intersection(values):
                tally.add("feature", value, count)


class Available(DisjunctiveFacet):
    """Periods of availability counted from today, and not stated."""

    own = frozenset({"available"})

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {"available": _every("available")}

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: FacetCounts) -> None:
        periods = vocabulary.periods.values()
        for day, count in _counts(answer["available"]):
            if day == UNKNOWN:
                tally.add("available", UNKNOWN, count)
                continue
            free_from = date.fromisoformat(day)
            tally.add("available", next(period.value for period in periods if period.holds(free_from)), count)


class StationAndLineFacet(DisjunctiveFacet):
    """Station and line, each counted with the other and the minutes in force: three parameters of one walk."""

    own = frozenset({"near"})

    def alone(self, criteria: Criteria, vocabulary: Vocabulary) -> str | None:
        return criteria.only(NEAR)

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        if isinstance(criteria.walk_max, str):
            # Properties without a stated walk are near no station.
            return {}
        return {"near": _every(set_of(near(criteria.walk_max)))}

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: FacetCounts) -> None:
        if isinstance(criteria.walk_max, str):
            return
        on_lines = vocabulary.walked_to((), criteria.line)
        lines = _lines(criteria, vocabulary)
        for stations, count in _sets(answer["near"]):
            for station in stations:
                if on_lines is None or station in on_lines:
                    tally.add("station", station, count)
            for line in {line for station in stations for line in lines.get(station, ())}:
                tally.add("line", line, count)


class Walk(DisjunctiveFacet):
    """Minutes to the chosen stations and lines, or to any; counted in properties near them at any distance."""

    own = frozenset({"near"})

    def among(self, found: Conditions, criteria: Criteria, vocabulary: Vocabulary) -> Query:
        others, stations = matching(found, self.own), vocabulary.walked_to(criteria.station, criteria.line)
        return others if stations is None else Bool(filter=[others, one_of(near(None), stations)])

    def alone(self, criteria: Criteria, vocabulary: Vocabulary) -> str | None:
        return "walk_max" if criteria.walk_max and (criteria.station or criteria.line) else None

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        if criteria.station or criteria.line:
            return {near(minutes): _every(set_of(near(minutes))) for minutes in WALKS}
        return {"walk_max": _every("walk_max")}

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: FacetCounts) -> None:
        stations = vocabulary.walked_to(criteria.station, criteria.line)
        if stations is None:
            counts = dict(_counts(answer["walk_max"]))
            tally.add("walk_max", UNKNOWN, counts.pop(UNKNOWN, 0))
        for minutes in WALKS:
            if stations is None:
                within = sum(count for least, count in counts.items() if int(least) <= minutes)
            else:
                sets = _sets(answer[near(minutes)])
                within = sum(count for station_set, count in sets if not stations.isdisjoint(station_set))
            tally.add("walk_max", str(minutes), within)


COUNTED: tuple[DisjunctiveFacet, ...] = (
    *(Stored(name, field=set_of(name) if name == "surface" else name) for name in STORED),
    *(OneFeature(feature) for feature in Feature),
    Available(),
    StationAndLineFacet(),
    Walk(),
)


def groups(found: Conditions, criteria: Criteria, vocabulary: Vocabulary) -> list[tuple[Query, list[DisjunctiveFacet]]]:
    """Group the facets by the query to count in; the main query is split in two halves.

    A search runs on one core of the node: the halves take about equally long.
    """
    free = [item for item in COUNTED if not item.own & found.keys()]
    several: list[DisjunctiveFacet] = [
        item for item in free if isinstance(item, OneFeature | StationAndLineFacet | Walk)
    ]
    everything = matching(found)
    counted_groups: list[tuple[Query, list[DisjunctiveFacet]]] = [
        (everything, [item for item in free if item not in several]),
        (everything, several),
    ]
    for item in COUNTED:
        if item in free:
            continue
        among = item.among(found, criteria, vocabulary)
        if among == counted_groups[-1][0]:
            counted_groups[-1][1].append(item)
        else:
            counted_groups.append((among, [item]))
    return counted_groups


def _lines(criteria: Criteria, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return the lines by station, for the stations accepted as the end of a walk."""
    lines_by_station: dict[str, list[str]] = {}
    for line in vocabulary.lines:
        for station in vocabulary.walked_to(criteria.station, (line,)) or ():
            lines_by_station.setdefault(station, []).append(line)
    return lines_by_station


def _every(field: str) -> "Agg[Any]":
    return A("terms", field=field, size=_ALL)


def _counts(answer: ElasticResponse) -> Iterator[tuple[str, int]]:
    """Return (value, count) pairs. Raises `UnansweredError` when the response omits values."""
    if answer["sum_other_doc_count"]:
        raise UnansweredError(400, "more values than are counted")
    return ((bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"])


def _sets(answer: ElasticResponse) -> Iterator[tuple[list[str], int]]:
    """Return (values of a set, count) pairs."""
    return ((key.split(BETWEEN), count) for key, count in _counts(answer))
