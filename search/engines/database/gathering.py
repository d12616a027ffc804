"""The rows that a search counts, gathered by what they miss of it.

A row counts for a facet when it satisfies everything but, at most, that facet's own choice. So each row is given the
dimensions that it misses; those that miss none, and those that miss one alone, are gathered by dimension: the counts
of a facet are those of the first group and of its own, of which nothing else is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.db import connection

from search.engines.database.conditions import BOUNDED, Conditions, range_of
from search.engines.database.layout import AT, Layout
from search.engines.database.sql import Condition, Rows, both
from search.engines.database.table import read
from search.vocabulary import Vocabulary

_KEY = "CAST(property_id AS text)"
# SQLite reads a statement with a stack of a hundred places, and each CASE within another takes five.
_NESTED = 12


class LayoutMoved(Exception):
    """The layout grew between reading it and reading the rows: read both again."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that miss the same.

    Of those that miss nothing: `keys`, their primary keys between commas; `packed`, their packed texts end to end; how
    many are `available` in each period; the `extremes` of each range. Of those that miss a dimension, what its own
    counts need: in `packed` the characters of its column, or for the walk the whole texts.
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
    width: int

    def groups(self, dimension: str) -> list[Group]:
        """The rows that satisfy everything but, at most, this dimension."""
        own = self.missing.get(dimension)
        return [self.matching, own] if own else [self.matching]

    def column(self, facet: str) -> str:
        """A character each of the rows that satisfy everything but, at most, this facet: its value."""
        matching, *own = self.groups(facet)
        return "".join([matching.packed[AT[facet] :: self.width], *(group.packed for group in own)])

    def walks(self) -> str:
        """The packed texts of the rows that satisfy everything but, at most, the walk."""
        return "".join(group.packed for group in self.groups("near"))


def tally(conditions: Conditions, vocabulary: Vocabulary, made: Layout) -> Tally:
    """Gather the rows. Raises `LayoutMoved` when they are not laid out as `made` says."""
    groups = (_apart if _are_few(conditions) else _at_once)(conditions, vocabulary, made)
    matching = groups.pop(None, Group())
    return Tally(matching, {name: groups.get(name, Group()) for name in conditions.dimensions}, made.width)


def _are_few(conditions: Conditions) -> bool:
    """Whether the groups are so few that reading the rows for each costs less than sorting them by it."""
    return len(conditions.dimensions) <= (1 if conditions.always else 2)


def _apart(conditions: Conditions, vocabulary: Vocabulary, made: Layout) -> dict[str | None, Group]:
    """Each group by what it misses, in a reading of its own: nothing is sorted, and what is not counted is not read."""
    statements, arguments = [], list[Any]()
    missed = [None, *conditions.dimensions]
    for number, name in enumerate(missed):
        kept = dict(conditions.dimensions)
        if name is not None:
            sql, own = kept[name]
            kept[name] = (f"({sql}) IS NOT TRUE", own)
        rows = Rows(conditions.source, *both([*conditions.always, *kept.values()]))
        keys = "NULL" if name else _joined(_KEY, ",")
        statements.append(f"SELECT {number}, {_gathered(vocabulary, keys, name)} {rows.clause}")
        arguments += rows.arguments
    return {
        missed[number]: _group(row, None if missed[number] in AT else made.width)
        for number, *row in read(" UNION ALL ".join(statements), arguments)
    }


def _at_once(conditions: Conditions, vocabulary: Vocabulary, made: Layout) -> dict[str | None, Group]:
    """The same of rows that are read once, and sorted by their group."""
    numbered, own = _missed(list(conditions.dimensions.values()))
    rows = Rows(conditions.source, *both(conditions.always))
    keys = _joined(f"CASE WHEN missed = 0 THEN {_KEY} END", ",")
    statement = (
        f"SELECT missed, {_gathered(vocabulary, keys)} FROM"
        f" (SELECT {numbered} AS missed, property_id, packed, smallest, surface, rent, price, available_on"
        f" {rows.clause}) AS looked_at WHERE missed >= 0 GROUP BY missed"
    )
    missed, groups = [None, *conditions.dimensions], dict[str | None, Group]()
    for number, *row in read(statement, [*own, *rows.arguments]):
        name, group = missed[number], _group(row, made.width)
        groups[name] = replace(group, packed=group.packed[AT[name] :: made.width]) if name in AT else group
    return groups


def _gathered(vocabulary: Vocabulary, keys: str, missed: str | None = None) -> str:
    """The columns of `_group`, the keys by this expression: all of them, or what rows that miss a dimension need."""
    ends = [
        end if missed in (None, range_of(name)) else "NULL"
        for name, (high, low) in BOUNDED.items()
        for end in (f"MIN({low})", f"MAX({high})")
    ]
    # Each period starts where the one before it ends.
    days = [period.end.toordinal() for period in vocabulary.periods.values() if period.end is not None]
    earlier = [*(f"COUNT(*) FILTER (WHERE available_on < {day})" for day in days), "COUNT(available_on)"]
    if missed not in (None, "available"):
        earlier = ["NULL"] * len(earlier)
    packed = f"substr(packed, {AT[missed] + 1}, 1)" if missed in AT else "packed"
    text = _joined(packed, "") if missed is None or missed == "near" or missed in AT else "NULL"
    return ", ".join(["COUNT(*)", *ends, *earlier, keys, text])


def _group(row: Sequence[Any], width: int | None) -> Group:
    """The group of these columns; `width` is that of each of its texts, where they are whole."""
    total, *counts, keys, packed = row
    ends = 2 * len(BOUNDED)
    made = Group(
        total,
        keys or "",
        packed or "",
        tuple(later - earlier for earlier, later in pairwise([0, *(count or 0 for count in counts[ends:])])),
        tuple(counts[:ends]),
    )
    if packed and width and len(packed) != total * width:
        raise LayoutMoved
    return made


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
