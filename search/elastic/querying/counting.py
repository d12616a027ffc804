"""Exact facet counts: what nothing was chosen in is counted among what is found, each choice in a search of its own.

A property has one value of every field that is counted (`definition.set_of`); what a set holds is counted here.
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
from search.elastic.querying.asking import ElasticResponse, Unanswered
from search.elastic.querying.conditions import STORED, Conditions, matching, one_of
from search.engines.results import Range
from search.vocabulary import UNKNOWN, WALKS, Vocabulary

# More values than any field has that is counted; `_counts` makes sure.
_ALL = 10_000

Aggregations = dict[str, "Agg[Any]"]


@dataclass(slots=True)
class Tally:
    """What has been counted so far: by parameter and value, without each criterion, and the ranges on offer."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, value: str, count: int) -> None:
        """Count a value; one that is not of the vocabulary, as of a station that is gone, is nobody's choice."""
        if value in self.counts[name]:
            self.counts[name][value] += count


class Counted(ABC):
    """Something that is counted with what was chosen in it left aside: `own` names the conditions it leaves out."""

    own: frozenset[str]

    def among(self, found: Conditions, criteria: Criteria, vocabulary: Vocabulary) -> Query:
        """What it is counted among."""
        return matching(found, self.own)

    def alone(self, criteria: Criteria, vocabulary: Vocabulary) -> str | None:
        """The criterion that what it is counted among does without, if it is one."""
        return criteria.only(tuple(self.own))

    @abstractmethod
    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        """The aggregations that count it."""

    @abstractmethod
    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        """Add what was answered to `ask`."""


class Stored(Counted):
    """A facet whose values are stored: one a property, or all those that it has, in one."""

    def __init__(self, name: str, *, field: str) -> None:
        self.name = name
        self.own = frozenset({name})
        self._field = field

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {self.name: _every(self._field)}

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        for values, count in _sets(answer[self.name]):
            for value in values:
                tally.add(self.name, value, count)


class OneFeature(Counted):
    """Yes, no or not stated, of one feature; those of a group that are counted together share one aggregation."""

    def __init__(self, feature: Feature) -> None:
        self._feature = feature
        self.own = frozenset({f"feature:{feature}"})
        self._values = frozenset(f"{feature}:{stated}" for stated in feature.answers.values)
        self._group = next(group for group, features in FEATURE_GROUPS.items() if feature in features)

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {self._group: _every(set_of(self._group))}

    def alone(self, criteria: Criteria, vocabulary: Vocabulary) -> str | None:
        return f"feature:{self._feature}" if self._feature in criteria.features else None

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        for values, count in _sets(answer[self._group]):
            for value in self._values.intersection(values):
                tally.add("feature", value, count)


class Available(Counted):
    """Periods counted from today, and not stated."""

    own = frozenset({"available"})

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {"available": _every("available")}

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        periods = vocabulary.periods.values()
        for day, count in _counts(answer["available"]):
            if day == UNKNOWN:
                tally.add("available", UNKNOWN, count)
                continue
            free_from = date.fromisoformat(day)
            tally.add("available", next(period.value for period in periods if period.holds(free_from)), count)


class Near(Counted):
    """Station and line, each counted with the other and the minutes as they stand: they are sides of one walk."""

    own = frozenset({"near"})

    def alone(self, criteria: Criteria, vocabulary: Vocabulary) -> str | None:
        return criteria.only(NEAR)

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        if isinstance(criteria.walk_max, str):
            # Nothing is near what does not say where it is.
            return {}
        return {"near": _every(set_of(near(criteria.walk_max)))}

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
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


class Walk(Counted):
    """Minutes to the stations and lines that were chosen, or to any; among what is near them, however far."""

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

    def read(self, answer: ElasticResponse, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        stations = vocabulary.walked_to(criteria.station, criteria.line)
        if stations is None:
            counts = dict(_counts(answer["walk_max"]))
            tally.add("walk_max", UNKNOWN, counts.pop(UNKNOWN, 0))
        for minutes in WALKS:
            if stations is None:
                within = sum(count for least, count in counts.items() if int(least) <= minutes)
            else:
                sets = _sets(answer[near(minutes)])
                within = sum(count for found, count in sets if not stations.isdisjoint(found))
            tally.add("walk_max", str(minutes), within)


COUNTED: tuple[Counted, ...] = (
    *(Stored(name, field=set_of(name) if name == "surface" else name) for name in STORED),
    *(OneFeature(feature) for feature in Feature),
    Available(),
    Near(),
    Walk(),
)


def groups(found: Conditions, criteria: Criteria, vocabulary: Vocabulary) -> list[tuple[Query, list[Counted]]]:
    """What is counted together, and among what: first, in two halves, what is counted among all that is found.

    A search runs on one core of the node: each half takes it about as long.
    """
    free = [item for item in COUNTED if not item.own & found.keys()]
    several: list[Counted] = [item for item in free if isinstance(item, OneFeature | Near | Walk)]
    everything = matching(found)
    made: list[tuple[Query, list[Counted]]] = [
        (everything, [item for item in free if item not in several]),
        (everything, several),
    ]
    for item in COUNTED:
        if item in free:
            continue
        among = item.among(found, criteria, vocabulary)
        if among == made[-1][0]:
            made[-1][1].append(item)
        else:
            made.append((among, [item]))
    return made


def _lines(criteria: Criteria, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The lines that stop at each station that a walk may lead to."""
    found: dict[str, list[str]] = {}
    for line in vocabulary.lines:
        for station in vocabulary.walked_to(criteria.station, (line,)) or ():
            found.setdefault(station, []).append(line)
    return found


def _every(field: str) -> "Agg[Any]":
    return A("terms", field=field, size=_ALL)


def _counts(answer: ElasticResponse) -> Iterator[tuple[str, int]]:
    """Values and counts. Raises `Unanswered` when there were more values than are counted."""
    if answer["sum_other_doc_count"]:
        raise Unanswered(400, "more values than are counted")
    return ((bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"])


def _sets(answer: ElasticResponse) -> Iterator[tuple[list[str], int]]:
    """Values that properties have together, and how many have just these."""
    return ((key.split(BETWEEN), count) for key, count in _counts(answer))
