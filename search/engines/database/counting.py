"""Facets, ranges and totals from the gathered rows."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import or_

from search.criteria import RANGES, Criteria
from search.engines.database import layout
from search.engines.database.conditions import CRITERIA, range_of
from search.engines.database.gathering import GatheredRows
from search.engines.database.layout import CHARACTERS, MEETING, Layout
from search.engines.database.packed import walked
from search.engines.results import Range
from search.vocabulary import UNKNOWN, WALKS, Vocabulary

Counts = dict[str, int]


def facets(found: GatheredRows, criteria: Criteria, vocabulary: Vocabulary, made: Layout) -> dict[str, Counts]:
    """Count every value of the vocabulary."""
    counts: dict[str, Counts] = {}
    for name in ("type", "deal", "rent", "price", "condition", "lease"):
        column = found.column(name)
        counts[name] = {value: column.count(char) for value, char in CHARACTERS[name].items()}
    counts["feature"] = _features(found)
    column = found.column("commune")
    counts["commune"] = {code: column.count(made.communes.get(code, "\0")) for code in vocabulary.communes}
    column = found.column("surface")
    counts["surface"] = {band: sum(map(column.count, chars)) for band, chars in MEETING.items()}
    counts["available"] = _available(found, vocabulary)
    counts |= _near(found.walks(), criteria, vocabulary, made)
    return {name: counts[name] for name in vocabulary.values}


def _features(found: GatheredRows) -> Counts:
    counts: Counts = {}
    for feature in layout.FEATURES:
        column = found.column(feature)
        counts |= {f"{feature}:{value}": column.count(char) for value, char in CHARACTERS[feature].items()}
    return counts


def _available(found: GatheredRows, vocabulary: Vocabulary) -> Counts:
    groups = [group for group in found.groups("available") if group.total]
    counts = {
        value: sum(group.available[position] for group in groups) for position, value in enumerate(vocabulary.periods)
    }
    return counts | {UNKNOWN: sum(group.total for group in groups) - sum(counts.values())}


def _near(packed: str, criteria: Criteria, vocabulary: Vocabulary, made: Layout) -> dict[str, Counts]:
    """Count station, line and minutes, each with the other two in force: three parameters of one walk."""
    reach = layout.within(criteria.walk_max)
    on_lines = vocabulary.walked_to((), criteria.line)
    stations = {
        slug: _within(packed, [layout.station(slug)], reach, made) if on_lines is None or slug in on_lines else 0
        for slug in vocabulary.stations
    }
    lines = {
        code: _within(packed, walked(replace(criteria, line=(code,)), vocabulary), reach, made)
        for code in vocabulary.lines
    }
    columns = walked(criteria, vocabulary)
    minutes = {str(limit): _within(packed, columns, layout.within(limit), made) for limit in WALKS}
    minutes[UNKNOWN] = _within(packed, columns, layout.NOT_STATED, made)
    return {"station": stations, "line": lines, "walk_max": minutes}


def _within(packed: str, walks: Iterable[str], characters: str, made: Layout) -> int:
    """Count the rows with any of these characters in any of these walk columns."""
    columns = [packed[made.at(name) :: made.width] for name in walks if name in made]
    if len(columns) == 1:
        return sum(map(columns[0].count, characters))
    # One bit a row, ORed over the columns: a property with several walks counts once.
    marks = str.maketrans({char: "1" if char in characters else "0" for char in layout.WALKED})
    return reduce(or_, (int(column.translate(marks) or "0", 2) for column in columns), 0).bit_count()


def without(found: GatheredRows, criteria: Criteria, vocabulary: Vocabulary, made: Layout) -> Counts:
    """Return the total without each criterion alone in its dimension, and without the limit of minutes."""
    totals: Counts = {}
    for dimension in found.missing:
        total = sum(group.total for group in found.groups(dimension))
        if dimension in layout.FEATURES:
            totals[f"feature:{dimension}"] = total
        elif name := criteria.only(CRITERIA.get(dimension, (dimension,))):
            totals[name] = total
    if criteria.walk_max and "walk_max" not in totals:
        totals["walk_max"] = _within(found.walks(), walked(criteria, vocabulary), layout.within(None), made)
    return totals


def ranges(found: GatheredRows) -> dict[str, Range]:
    """Return the amounts on offer of each range, its own bounds excluded."""
    amounts = {}
    for position, name in enumerate(RANGES):
        groups = [group for group in found.groups(range_of(name)) if group.total]
        low = _end(min, [group.extremes[2 * position] for group in groups])
        high = _end(max, [group.extremes[2 * position + 1] for group in groups])
        amounts[name] = Range(low, high)
    return amounts


def _end(choose: Callable[[list[int]], int], ends: list[int | None]) -> Decimal | None:
    stated = [end for end in ends if end is not None]
    return Decimal(choose(stated)) / 100 if stated else None
