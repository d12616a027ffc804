"""The rows that a search counts, gathered by what they miss of it.

A row counts for a facet when it satisfies everything but, at most, that facet's own choice. So each row is given the
dimensions that it misses; those that miss none, and those that miss one alone, are gathered by dimension: the counts
of a facet are those of the first group and of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from search.engines.database.conditions import BOUNDED, Condition, Conditions, both
from search.engines.database.layout import Layout
from search.engines.database.table import TABLE
from search.vocabulary import Vocabulary

_KEY = "CAST(property_id AS text)"
# SQLite reads a statement with a stack of a hundred places, and each CASE within another takes five.
_NESTED = 12


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
    statement, arguments = (_apart if _are_few(conditions) else _at_once)(conditions, vocabulary)
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows = cursor.fetchall()
    extremes = 2 * len(BOUNDED)
    groups = {
        missed: Group(total, keys or "", packed or "", tuple(rest[extremes:]), tuple(rest[:extremes]))
        for missed, total, *rest, keys, packed in rows
    }
    if any(len(group.packed) != group.total * made.width for group in groups.values()):
        raise LayoutMoved
    return Tally(
        groups.get(0, Group()),
        {name: groups.get(position, Group()) for position, name in enumerate(conditions.dimensions, start=1)},
    )


def _are_few(conditions: Conditions) -> bool:
    """Whether the groups are so few, and the conditions so cheap, that reading the rows for each costs less."""
    return len(conditions.dimensions) <= 2 and not conditions.always


def _apart(conditions: Conditions, vocabulary: Vocabulary) -> Condition:
    """Each group in a reading of its own, which sorts nothing."""
    dimensions = list(conditions.dimensions.values())
    statements, arguments = [], list[Any]()
    for number in range(len(dimensions) + 1):
        kept = [*conditions.always, *dimensions]
        if number:
            sql, own = dimensions[number - 1]
            kept[len(conditions.always) + number - 1] = (f"({sql}) IS NOT TRUE", own)
        where, given = both(kept)
        keys = "CAST(NULL AS text)" if number else _joined(_KEY, ",")
        statements.append(f"SELECT {number}, {_gathered(vocabulary, keys)} FROM {TABLE} WHERE {where}")
        arguments += given
    return " UNION ALL ".join(statements), arguments


def _at_once(conditions: Conditions, vocabulary: Vocabulary) -> Condition:
    """Every row read once, and sorted by its group."""
    missed, own = _missed(list(conditions.dimensions.values()))
    where, given = both(conditions.always)
    keys = _joined(f"CASE WHEN missed = 0 THEN {_KEY} END", ",")
    statement = (
        f"SELECT missed, {_gathered(vocabulary, keys)} FROM"
        f" (SELECT {missed} AS missed, property_id, packed, smallest, surface, rent, price, available_on"
        f" FROM {TABLE} WHERE {where}) AS looked_at WHERE missed >= 0 GROUP BY missed"
    )
    return statement, [*own, *given]


def _gathered(vocabulary: Vocabulary, keys: str) -> str:
    """What is read of a group, its keys by this expression."""
    ends = ", ".join(f"MIN({low}), MAX({high})" for high, low in BOUNDED.values())
    counted = ", ".join(_in_period(period.first, period.end) for period in vocabulary.periods.values())
    return f"COUNT(*), {ends}, {counted}, {keys}, {_joined('packed', '')}"


def _joined(text: str, separator: str) -> str:
    """The texts of a group in one."""
    return f"{'string_agg' if connection.vendor == 'postgresql' else 'group_concat'}({text}, '{separator}')"


def _missed(dimensions: Sequence[Condition]) -> Condition:
    """The number of the one dimension that a row misses, counted from 1; 0 when it misses none, -1 beyond one.

    Written so that a row is given up at the second that it misses: most are, and a condition costs more than a row.
    """
    sql, arguments = _missed_flat(dimensions[_NESTED:])
    for number, (here, own) in reversed(list(enumerate(dimensions[:_NESTED], start=1))):
        others, given = both(dimensions[number:])
        sql = f"CASE WHEN {here} THEN {sql} WHEN {others} THEN {number} ELSE -1 END"
        arguments = [*own, *arguments, *given]
    return sql, arguments


def _missed_flat(last: Sequence[Condition]) -> Condition:
    """The same of the dimensions after `_NESTED`, without depth."""
    if not last:
        return "0", []
    every, arguments = both(last)
    cases = [f"WHEN {every} THEN 0"]
    for position in range(len(last)):
        others, given = both([*last[:position], *last[position + 1 :]])
        cases.append(f"WHEN {others} THEN {_NESTED + position + 1}")
        arguments = [*arguments, *given]
    return f"CASE {' '.join(cases)} ELSE -1 END", arguments


def _in_period(first: Any, end: Any) -> str:
    bounds = [(">=", first), ("<", end)]
    inside = " AND ".join(f"available_on {sign} {day.toordinal()}" for sign, day in bounds if day is not None)
    return f"COUNT(*) FILTER (WHERE {inside})"
