"""Total, facets and ranges in one statement.

A row counts for a facet when it satisfies everything but, at most, that facet's own choice. So each row is given the
dimensions that it misses; those that miss none, and those that miss one alone, are gathered by dimension: the counts
of a facet are those of the first group and of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from search.criteria import RANGES, Criteria
from search.engines.database import layout
from search.engines.database.conditions import BOUNDED, Condition, Conditions, both, range_of
from search.engines.database.layout import CHARACTERS, MEETING, Layout
from search.engines.database.table import TABLE
from search.results import Range
from search.vocabulary import UNKNOWN, WALKS, Vocabulary

Counts = dict[str, int]


class LayoutMoved(Exception):
    """The layout grew between reading it and reading the rows: read both again."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that miss the same: their packed texts end to end, the days they are free counted by period, extremes.

    `keys` are the primary keys of those that miss nothing, between commas.
    """

    total: int = 0
    keys: str = ""
    packed: str = ""
    available: tuple[int, ...] = ()
    extremes: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Tally:
    """The groups: of the rows that match, and by dimension of those that miss it alone."""

    matching: Group
    missing: dict[str, Group]

    def groups(self, dimension: str) -> list[Group]:
        """The rows that satisfy everything but, at most, this dimension."""
        own = self.missing.get(dimension)
        return [self.matching, own] if own else [self.matching]

    def packed(self, dimension: str) -> str:
        return "".join(group.packed for group in self.groups(dimension))


def tally(conditions: Conditions, vocabulary: Vocabulary, made: Layout) -> Tally:
    """Gather the rows. Raises `LayoutMoved` when they are not laid out as `made` says."""
    names = list(conditions.dimensions)
    missed, own = _missed(list(conditions.dimensions.values()))
    counted = ", ".join(_in_period(period.first, period.end) for period in vocabulary.periods.values())
    ends = ", ".join(f"MIN({low}), MAX({high})" for high, low in BOUNDED.values())
    joined = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    always, arguments = both(conditions.always)
    statement = (
        f"SELECT missed, COUNT(*), {ends}, {counted},"
        f" {joined}(CASE WHEN missed = 0 THEN CAST(property_id AS text) END, ','), {joined}(packed, '') FROM"
        f" (SELECT {missed} AS missed, property_id, packed, smallest, surface, rent, price, available_on"
        f" FROM {TABLE} WHERE {always}) AS looked_at WHERE missed >= 0 GROUP BY missed"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*own, *arguments])
        rows = cursor.fetchall()
    extremes = 2 * len(BOUNDED)
    groups = {
        missed: Group(total, keys or "", packed, tuple(rest[extremes:]), tuple(rest[:extremes]))
        for missed, total, *rest, keys, packed in rows
    }
    if any(len(group.packed) != group.total * made.width for group in groups.values()):
        raise LayoutMoved
    return Tally(
        groups.get(0, Group()),
        {name: groups[position] for position, name in enumerate(names, start=1) if position in groups},
    )


def _missed(dimensions: Sequence[Condition]) -> Condition:
    """The number of the one dimension that a row misses, counted from 1; 0 when it misses none, -1 beyond one.

    Written so that a row is given up at the second that it misses: most are, and a condition costs more than a row.
    """
    sql, arguments = "0", list[Any]()
    for number, (here, own) in reversed(list(enumerate(dimensions, start=1))):
        others, given = both(dimensions[number:])
        sql = f"CASE WHEN {here} THEN {sql} WHEN {others} THEN {number} ELSE -1 END"
        arguments = [*own, *arguments, *given]
    return sql, arguments


def _in_period(first: Any, end: Any) -> str:
    bounds = [(">=", first), ("<", end)]
    inside = " AND ".join(f"available_on {sign} {day.toordinal()}" for sign, day in bounds if day is not None)
    return f"SUM(CASE WHEN {inside} THEN 1 ELSE 0 END)"


def facets(found: Tally, criteria: Criteria, vocabulary: Vocabulary, made: Layout) -> dict[str, Counts]:
    """The count of every value of the vocabulary."""
    counts: dict[str, Counts] = {}
    for name in ("type", "deal", "rent", "price", "condition", "lease"):
        column = found.packed(name)[layout.AT[name] :: made.width]
        counts[name] = {value: column.count(char) for value, char in CHARACTERS[name].items()}
    counts["feature"] = _features(found, made)
    column = found.packed("commune")[layout.AT["commune"] :: made.width]
    counts["commune"] = {code: column.count(made.communes.get(code, "\0")) for code in vocabulary.communes}
    column = found.packed("surface")[layout.AT["surface"] :: made.width]
    counts["surface"] = {band: sum(map(column.count, chars)) for band, chars in MEETING.items()}
    counts["available"] = _available(found, vocabulary)
    counts |= _near(found.packed("near"), criteria, vocabulary, made)
    return {name: counts[name] for name in vocabulary.values}


def _features(found: Tally, made: Layout) -> Counts:
    counts: Counts = {}
    for feature in layout.FEATURES:
        column = found.packed(feature)[layout.AT[feature] :: made.width]
        counts |= {f"{feature}:{value}": column.count(char) for value, char in CHARACTERS[feature].items()}
    return counts


def _available(found: Tally, vocabulary: Vocabulary) -> Counts:
    groups = [group for group in found.groups("available") if group.total]
    known = {
        value: sum(group.available[position] for group in groups) for position, value in enumerate(vocabulary.periods)
    }
    return known | {UNKNOWN: sum(group.total for group in groups) - sum(known.values())}


def _near(packed: str, criteria: Criteria, vocabulary: Vocabulary, made: Layout) -> dict[str, Counts]:
    """Station, line and minutes are three sides of one walk: each is counted with the other two as they stand."""
    reach = layout.within(criteria.walk_max)

    def column(name: str) -> str:
        return packed[made.at(name) :: made.width] if name == "nearest" or name in made.near else ""

    def shortest(columns: Sequence[str]) -> str | list[str]:
        """Row by row the shortest of these walks."""
        return columns[0] if len(columns) == 1 else [min(chars) for chars in zip(*columns, strict=True)]

    def to(stations: "frozenset[str]") -> str | list[str]:
        columns = [found for slug in sorted(stations) if (found := column(layout.station(slug)))]
        return shortest(columns) if columns else ""

    def counted(walks: str | list[str], characters: str) -> int:
        return sum(map(walks.count, characters))

    on_lines = vocabulary.walked_to((), criteria.line)
    stations = {
        slug: counted(column(layout.station(slug)), reach) if on_lines is None or slug in on_lines else 0
        for slug in vocabulary.stations
    }
    if criteria.station:
        lines = {
            code: counted(to(frozenset(criteria.station) & frozenset(vocabulary.stops.get(code, ()))), reach)
            for code in vocabulary.lines
        }
        asked = to(vocabulary.walked_to(criteria.station, criteria.line) or frozenset())
    else:
        lines = {code: counted(column(layout.line(code)), reach) for code in vocabulary.lines}
        names = [layout.line(code) for code in criteria.line] or ["nearest"]
        columns = [found for name in names if (found := column(name))]
        asked = shortest(columns) if columns else ""
    minutes = {str(limit): counted(asked, layout.within(limit)) for limit in WALKS}
    return {"station": stations, "line": lines, "walk_max": minutes}


def ranges(found: Tally) -> dict[str, Range]:
    """What is on offer, the range's own bounds set aside."""
    made = {}
    for position, name in enumerate(RANGES):
        groups = [group for group in found.groups(range_of(name)) if group.total]
        low = _end(min, [group.extremes[2 * position] for group in groups])
        high = _end(max, [group.extremes[2 * position + 1] for group in groups])
        made[name] = Range(low, high)
    return made


def _end(choose: Callable[[list[int]], int], ends: list[int | None]) -> Decimal | None:
    stated = [end for end in ends if end is not None]
    return Decimal(choose(stated)) / 100 if stated else None
