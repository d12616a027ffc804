"""Exact facet counts: what nothing was chosen in is counted among what is found, each choice in a search of its own.

All of them leave in one multi-search, shared out over the cores of the node. A property has one value of every field
that is counted (`definition.set_of`); what a set holds is counted here.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from elasticsearch.dsl import A
from elasticsearch.dsl.aggs import Agg

from properties.choices import Feature
from search.criteria import NEAR, Criteria
from search.elastic.asking import Answer, Unanswered
from search.elastic.definition import BETWEEN, FEATURE_GROUPS, near, set_of
from search.results import Range
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

    def alone(self, criteria: Criteria) -> str | None:
        """The criterion that it leaves aside, if it is one."""
        return criteria.only(tuple(self.own))

    @abstractmethod
    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        """The aggregations that count it."""

    @abstractmethod
    def read(self, answer: Answer, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        """Add what was answered to `ask`."""


class Stored(Counted):
    """A facet whose values are stored: one a property, or all those that it has, in one."""

    def __init__(self, name: str, *, field: str = "") -> None:
        self.name = name
        self.own = frozenset({name})
        self._field = field or name

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {self.name: _every(self._field)}

    def read(self, answer: Answer, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        for values, count in _sets(answer[self.name]):
            for value in values:
                tally.add(self.name, value, count)


class OneFeature(Counted):
    """Yes, no or not stated, of one feature; those of a group that are counted together share one aggregation."""

    def __init__(self, feature: Feature) -> None:
        self.name = f"feature:{feature}"
        self.own = frozenset({self.name})
        self._values = frozenset(f"{feature}:{stated}" for stated in feature.answers.values)
        self._group = next(group for group, features in FEATURE_GROUPS.items() if feature in features)

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {self._group: _every(set_of(self._group))}

    def alone(self, criteria: Criteria) -> str | None:
        return self.name

    def read(self, answer: Answer, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        for values, count in _sets(answer[self._group]):
            for value in self._values.intersection(values):
                tally.add("feature", value, count)


class Available(Counted):
    """Periods counted from today, and not stated."""

    own = frozenset({"available"})

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        return {"available": _every("available")}

    def read(self, answer: Answer, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        periods = vocabulary.periods.values()
        for day, count in _counts(answer["available"]):
            if day == UNKNOWN:
                tally.add("available", UNKNOWN, count)
                continue
            free_from = date.fromisoformat(day)
            tally.add("available", next(period.value for period in periods if period.holds(free_from)), count)


class Near(Counted):
    """Station, line and minutes are three sides of one walk: each is counted with the other two as they stand."""

    own = frozenset({"near"})

    def alone(self, criteria: Criteria) -> str | None:
        return criteria.only(NEAR)

    def ask(self, criteria: Criteria, vocabulary: Vocabulary) -> Aggregations:
        limits: set[int | None] = {criteria.walk_max}
        if criteria.station or criteria.line:
            limits |= {*WALKS, None}
        asked = {near(minutes): _every(set_of(near(minutes))) for minutes in limits}
        return asked | {"walk_max": _every("walk_max")}

    def read(self, answer: Answer, criteria: Criteria, vocabulary: Vocabulary, tally: Tally) -> None:
        on_lines = vocabulary.walked_to((), criteria.line)
        lines = _lines(criteria, vocabulary)
        for stations, count in _sets(answer[near(criteria.walk_max)]):
            for station in stations:
                if on_lines is None or station in on_lines:
                    tally.add("station", station, count)
            for line in {line for station in stations for line in lines.get(station, ())}:
                tally.add("line", line, count)
        asked = vocabulary.walked_to(criteria.station, criteria.line)
        for minutes in WALKS:
            if asked is None:
                within = sum(count for least, count in _counts(answer["walk_max"]) if int(least) <= minutes)
            else:
                within = _holding(asked, answer[near(minutes)])
            tally.add("walk_max", str(minutes), within)
        if criteria.walk_max and asked is not None:
            tally.without["walk_max"] = _holding(asked, answer[near(None)])


COUNTED: tuple[Counted, ...] = (
    *(Stored(name) for name in ("type", "deal", "commune", "rent", "price", "condition", "lease")),
    Stored("surface", field=set_of("surface")),
    *(OneFeature(feature) for feature in Feature),
    Available(),
    Near(),
)


def _lines(criteria: Criteria, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The lines that stop at each station that a walk may lead to."""
    found: dict[str, list[str]] = {}
    for line in vocabulary.lines:
        for station in vocabulary.walked_to(criteria.station, (line,)) or ():
            found.setdefault(station, []).append(line)
    return found


def _every(field: str) -> "Agg[Any]":
    return A("terms", field=field, size=_ALL)


def _counts(answer: Answer) -> Iterator[tuple[str, int]]:
    """Values and counts. Raises `Unanswered` when there were more values than are counted."""
    if answer["sum_other_doc_count"]:
        raise Unanswered(400, "more values than are counted")
    return ((bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"])


def _sets(answer: Answer) -> Iterator[tuple[list[str], int]]:
    """Values that properties have together, and how many have just these."""
    return ((key.split(BETWEEN), count) for key, count in _counts(answer))


def _holding(values: Collection[str], answer: Answer) -> int:
    """How many have one of these values in their set."""
    wanted = frozenset(values)
    return sum(count for found, count in _sets(answer) if not wanted.isdisjoint(found))
