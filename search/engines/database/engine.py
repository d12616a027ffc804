"""The database engine: a search costs one statement for total, facets and ranges, one for the hits, one for the map."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from search.analysis.synonyms import Alternatives, expand
from search.criteria import RANGES, Criteria
from search.engines import results
from search.engines.base import Engine, Nearest
from search.engines.database import counting, ordering, table, textindex
from search.engines.database.conditions import BOUNDED, Conditions, conditions
from search.engines.database.gathering import LayoutMovedError, tally
from search.engines.database.layout import Layout
from search.engines.database.sql import Condition, SelectedRows
from search.engines.database.table import TABLE, read
from search.engines.entries import hundredths
from search.engines.results import Degraded, MapPoint, Results
from search.vocabulary import Vocabulary

# Version of the index's words and columns; incremented to force a rebuild.
VERSION = "3"
# Up to this many rows, reading by key beats repeating the conditions; text conditions cost more.
_FEW, _FEW_OF_WORDS = 2_000, 10_000
# Newest rows checked for words in their head before searching every head.
_HEADS = 500

Answered = TypeVar("Answered")


class DatabaseEngine(Engine):
    name = "database"

    def search(self, criteria: Criteria, vocabulary: Vocabulary, *, page_size: int, facets: bool = True) -> Results:
        def ask(layout: Layout | None) -> Results:
            return self._search(criteria, vocabulary, layout, page_size=page_size, facets=facets)

        return _read(ask)

    def _search(
        self, criteria: Criteria, vocabulary: Vocabulary, layout: Layout | None, *, page_size: int, facets: bool
    ) -> Results:
        search_conditions = conditions(criteria, vocabulary, layout)
        matching = search_conditions.rows
        degraded = [] if facets and layout is not None else [Degraded.FACETS]
        degraded += [] if facets else [Degraded.MAP]
        first = (criteria.page - 1) * page_size
        if facets and layout is not None:
            gathered_rows = tally(search_conditions, vocabulary, layout)
            total = gathered_rows.matching.total
            if 0 < total <= (_FEW_OF_WORDS if criteria.words else _FEW):
                # The keys are known: repeating the conditions costs more.
                matching = SelectedRows(TABLE, f"property_id IN ({gathered_rows.matching.keys})", [])
            counts = counting.facets(gathered_rows, criteria, vocabulary, layout)
            ranges = counting.ranges(gathered_rows)
            without = counting.without(gathered_rows, criteria, vocabulary, layout)
            order = ordering.order(criteria, vocabulary)
            hits = _hits(order, matching, limit=page_size, first=first) if first < total else ()
        else:
            counts, ranges, without = {}, {}, {}
            total, hits = _total_and_hits(criteria, vocabulary, search_conditions, limit=page_size, first=first)
        if not total and criteria.words and not _all_known(criteria, vocabulary):
            degraded.append(Degraded.TYPO)
        return Results(
            hits=hits,
            total=total,
            facets=counts,
            ranges=ranges,
            without=without,
            points=_points(matching, total) if facets and total else (),
            engine=self.name,
            degraded=tuple(degraded),
            version=VERSION,
        )

    def keys(self, criteria: Criteria, vocabulary: Vocabulary) -> tuple[int, ...]:
        order = ordering.order(criteria, vocabulary)
        return _read(lambda layout: _hits(order, conditions(criteria, vocabulary, layout).rows))

    def count(self, criteria: Criteria, vocabulary: Vocabulary) -> int:
        return _read(lambda layout: _total(conditions(criteria, vocabulary, layout).rows))

    def nearest(self, criteria: Criteria, vocabulary: Vocabulary, bound: str) -> Nearest | None:
        value = getattr(criteria, bound)
        if value is None:
            return None
        if bound == "available_by":
            day = _first_beyond("available_on", True, value.toordinal(), criteria.without(bound), vocabulary)
            return None if day is None else Nearest(date.fromordinal(day[0]), day[1])
        ((name, side),) = [(name, bounds.index(bound)) for name, bounds in RANGES.items() if bound in bounds]
        column, upwards = BOUNDED[name][side], side == 1
        amount = _first_beyond(column, upwards, hundredths(value), criteria.without(bound), vocabulary)
        return None if amount is None else Nearest(Decimal(amount[0]) / 100, amount[1])


def _read(ask: Callable[[Layout | None], Answered]) -> Answered:
    """Run `ask` on rows of one layout, from the first statement to the last.

    Passes None when rows are mixed: another release packed some, before or meanwhile.
    """
    for _attempt in range(2):
        layout = table.current_layout()
        if layout is None:
            break
        try:
            answered = ask(layout)
        except LayoutMovedError:
            # A station was added in between: retry.
            continue
        if table.is_current():
            return answered
    return ask(None)


def _first_beyond(
    column: str, upwards: bool, value: int | None, others: Criteria, vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """Return the first value of a column beyond `value` among the other criteria's rows, with its count."""
    beyond, order = (">", "ASC") if upwards else ("<", "DESC")

    def ask(layout: Layout | None) -> tuple[int, int] | None:
        selected_rows = conditions(others, vocabulary, layout).rows
        rows = read(
            f"SELECT {column}, COUNT(*) {selected_rows.clause} AND {column} {beyond} %s"
            f" GROUP BY {column} ORDER BY {column} {order} LIMIT 1",
            [*selected_rows.arguments, value],
        )
        return (rows[0][0], rows[0][1]) if rows else None

    return _read(ask)


def _total(rows: SelectedRows) -> int:
    total: int = read(f"SELECT COUNT(*) {rows.clause}", rows.arguments)[0][0]
    return total


def _all_known(criteria: Criteria, vocabulary: Vocabulary) -> bool:
    """Return True when each word, or one of its synonyms, occurs in some property."""
    return all(_is_there([part]) for part in expand(criteria.words, vocabulary.synonyms))


def _is_there(parts: Sequence[Alternatives]) -> bool:
    source, (sql, arguments) = textindex.reading(TABLE, parts)
    return bool(read(f"SELECT 1 {SelectedRows(source, sql, arguments).clause} LIMIT 1", arguments))


def _hits(order: Condition, rows: SelectedRows, *, limit: int | None = None, first: int = 0) -> tuple[int, ...]:
    sql, ordered_by = order
    page = "" if limit is None else f" LIMIT {limit} OFFSET {first}"
    records = read(f"SELECT property_id {rows.clause} ORDER BY {sql}{page}", [*rows.arguments, *ordered_by])
    return tuple(key for (key,) in records)


def _total_and_hits(
    criteria: Criteria, vocabulary: Vocabulary, asked: Conditions, *, limit: int, first: int
) -> tuple[int, tuple[int, ...]]:
    """Return total and hits by the fastest path for a million rows."""
    order = ordering.order(criteria, vocabulary)
    if criteria.order != "relevance":
        return _counted(order, asked, limit=limit, first=first)
    total, newest = _counted(ordering.newest(), asked, limit=_HEADS)
    # Rows with the words in their head rank first: when common, checking the newest rows suffices.
    called_so = textindex.called_so(newest, expand(criteria.words, vocabulary.synonyms))
    relevant = [key for key in newest if key in called_so]
    if total <= _HEADS:
        relevant += [key for key in newest if key not in called_so]
    elif len(relevant) < first + limit:
        return total, _hits(order, asked.rows, limit=limit, first=first)
    return total, tuple(relevant[first : first + limit])


def _counted(order: Condition, asked: Conditions, *, limit: int, first: int = 0) -> tuple[int, tuple[int, ...]]:
    """Return total and hits from one query; without dimensions, from two.

    A query without dimensions may match nearly every row: reading them twice costs less than materialising them.
    """
    rows = asked.rows
    if not asked.dimensions:
        return _total(rows), _hits(order, rows, limit=limit, first=first)
    sql, ordered_by = order
    records = read(
        f"WITH found AS MATERIALIZED (SELECT {', '.join(ordering.COLUMNS)} {rows.clause})"
        f" SELECT (SELECT COUNT(*) FROM found), property_id FROM found AS {TABLE} ORDER BY {sql}"
        f" LIMIT {limit} OFFSET {first}",
        [*rows.arguments, *ordered_by],
    )
    if records:
        return records[0][0], tuple(key for _, key in records)
    return (_total(rows) if first else 0), ()


def _points(rows: SelectedRows, total: int) -> tuple[MapPoint, ...]:
    if total <= results.MOST_POINTS:
        places = read(f"SELECT latitude, longitude, property_id {rows.clause} ORDER BY property_id", rows.arguments)
        return tuple(MapPoint(latitude, longitude, key=key) for latitude, longitude, key in places)
    squares = read(
        f"SELECT AVG(latitude), AVG(longitude), COUNT(*) {rows.clause} GROUP BY cell ORDER BY cell", rows.arguments
    )
    return tuple(MapPoint(latitude, longitude, count) for latitude, longitude, count in squares)
