"""Rows of a search, grouped by the dimension they fail.

Disjunctive facets: a row counts for a facet when at most the facet's own condition fails. Each row is labelled with its
failed dimension: none, or exactly one; rows failing more are dropped. A facet's counts come from the matching group and
the group failing its own dimension.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.db import connection

from search.engines.database.conditions import BOUNDED, Conditions, range_of
from search.engines.database.layout import AT, Layout
from search.engines.database.sql import Condition, SelectedRows, both
from search.engines.database.table import read
from search.vocabulary import Vocabulary

_KEY = "CAST(property_id AS text)"
# SQLite's parser stack is 100 deep, and each nested CASE takes five.
_NESTED = 12


class LayoutMovedError(Exception):
    """The layout grew between reading the layout and the rows: read both again."""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Aggregate of the rows that fail the same dimension.

    For matching rows: `keys`, comma-separated primary keys; `packed`, packed texts end to end; `available`, counts per
    period; `extremes` of each range. For rows failing a dimension, only the data of its own counts: in `packed` the
    characters of its column, or whole texts for the walk.
    """

    total: int = 0
    keys: str = ""
    packed: str = ""
    available: tuple[int, ...] = ()
    extremes: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class GatheredRows:
    """Groups of a search: matching rows, and rows failing exactly one dimension."""

    matching: RowGroup
    missing: dict[str, RowGroup]
    width: int

    def groups(self, dimension: str) -> list[RowGroup]:
        """Return the groups that count for a dimension."""
        own = self.missing.get(dimension)
        return [self.matching, own] if own else [self.matching]

    def column(self, facet: str) -> str:
        """Return the facet's character for each row counting for the facet, end to end."""
        matching, *own = self.groups(facet)
        return "".join([matching.packed[AT[facet] :: self.width], *(group.packed for group in own)])

    def walks(self) -> str:
        """Return the packed texts of the rows counting for the walk, end to end."""
        return "".join(group.packed for group in self.groups("near"))


def tally(conditions: Conditions, vocabulary: Vocabulary, made: Layout) -> GatheredRows:
    """Gather the groups. Raises `LayoutMovedError` when rows do not have the layout `made`."""
    groups = (_apart if _are_few(conditions) else _at_once)(conditions, vocabulary, made)
    matching = groups.pop(None, RowGroup())
    return GatheredRows(matching, {name: groups.get(name, RowGroup()) for name in conditions.dimensions}, made.width)


def _are_few(conditions: Conditions) -> bool:
    """Return True when one scan per group costs less than one scan with a GROUP BY."""
    return len(conditions.dimensions) <= (1 if conditions.always else 2)


def _apart(conditions: Conditions, vocabulary: Vocabulary, made: Layout) -> dict[str | None, RowGroup]:
    """Gather each group in a scan of its own: no sort, and only the columns counted."""
    statements, arguments = [], list[Any]()
    missed = [None, *conditions.dimensions]
    for number, name in enumerate(missed):
        dimensions = dict(conditions.dimensions)
        if name is not None:
            sql, own = dimensions[name]
            dimensions[name] = (f"({sql}) IS NOT TRUE", own)
        rows = SelectedRows(conditions.source, *both([*conditions.always, *dimensions.values()]))
        keys = "NULL" if name else _joined(_KEY, ",")
        statements.append(f"SELECT {number}, {_gathered(vocabulary, keys, name)} {rows.clause}")
        arguments += rows.arguments
    return {
        missed[number]: _group(row, None if missed[number] in AT else made.width)
        for number, *row in read(" UNION ALL ".join(statements), arguments)
    }


def _at_once(conditions: Conditions, vocabulary: Vocabulary, made: Layout) -> dict[str | None, RowGroup]:
    """Gather all groups in one scan with a GROUP BY."""
    numbered, own = _missed(list(conditions.dimensions.values()))
    rows = SelectedRows(conditions.source, *both(conditions.always))
    keys = _joined(f"CASE WHEN missed = 0 THEN {_KEY} END", ",")
    statement = (
        f"SELECT missed, {_gathered(vocabulary, keys)} FROM"
        f" (SELECT {numbered} AS missed, property_id, packed, smallest, surface, rent, price, available_on"
        f" {rows.clause}) AS looked_at WHERE missed >= 0 GROUP BY missed"
    )
    missed, groups = [None, *conditions.dimensions], dict[str | None, RowGroup]()
    for number, *row in read(statement, [*own, *rows.arguments]):
        name, group = missed[number], _group(row, made.width)
        groups[name] = replace(group, packed=group.packed[AT[name] :: made.width]) if name in AT else group
    return groups


def _gathered(vocabulary: Vocabulary, keys: str, missed: str | None = None) -> str:
    """Return the SELECT columns read by `_group`; for a failed dimension, only the data of its own counts."""
    ends = [
        end if missed in (None, range_of(name)) else "NULL"
        for name, (high, low) in BOUNDED.items()
        for end in (f"MIN({low})", f"MAX({high})")
    ]
    # Cumulative counts: each period starts at the end of the previous one.
    days = [period.end.toordinal() for period in vocabulary.periods.values() if period.end is not None]
    earlier = [*(f"COUNT(*) FILTER (WHERE available_on < {day})" for day in days), "COUNT(available_on)"]
    if missed not in (None, "available"):
        earlier = ["NULL"] * len(earlier)
    packed = f"substr(packed, {AT[missed] + 1}, 1)" if missed in AT else "packed"
    text = _joined(packed, "") if missed is None or missed == "near" or missed in AT else "NULL"
    return ", ".join(["COUNT(*)", *ends, *earlier, keys, text])


def _group(row: Sequence[Any], width: int | None) -> RowGroup:
    """Build a group from a result row; `width` checks the length of whole packed texts."""
    total, *counts, keys, packed = row
    ends = 2 * len(BOUNDED)
    group = RowGroup(
        total,
        keys or "",
        packed or "",
        tuple(later - earlier for earlier, later in pairwise([0, *(count or 0 for count in counts[ends:])])),
        tuple(counts[:ends]),
    )
    if packed and width and len(packed) != total * width:
        raise LayoutMovedError
    return group


def _joined(text: str, separator: str) -> str:
    """Return the SQL that concatenates the texts of a group."""
    return f"{'string_agg' if connection.vendor == 'postgresql' else 'group_concat'}({text}, '{separator}')"


def _missed(dimensions: Sequence[Condition]) -> Condition:
    """Return SQL for the number, from 1, of the only failed dimension; 0 for none, -1 for several.

    Nested CASEs stop at a row's second failure: most rows fail early, and a condition costs more than a row.
    """
    sql, arguments = _missed_flat(dimensions[_NESTED:])
    for number, (condition, own) in reversed(list(enumerate(dimensions[:_NESTED], start=1))):
        others, other_arguments = both(dimensions[number:])
        sql = f"CASE WHEN {condition} THEN {sql} WHEN {others} THEN {number} ELSE -1 END"
        arguments = [*own, *arguments, *other_arguments]
    return sql, arguments


def _missed_flat(last: Sequence[Condition]) -> Condition:
    """Return the same SQL for the dimensions after `_NESTED`, without nesting."""
    if not last:
        return "0", []
    every, arguments = both(last)
    cases = [f"WHEN {every} THEN 0"]
    for position in range(len(last)):
        others, other_arguments = both([*last[:position], *last[position + 1 :]])
        cases.append(f"WHEN {others} THEN {_NESTED + position + 1}")
        arguments = [*arguments, *other_arguments]
    return f"CASE {' '.join(cases)} ELSE -1 END", arguments
