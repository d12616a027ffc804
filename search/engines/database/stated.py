"""Choices as conditions on the properties' columns: the slow path, right for any packed layout.

Used while another release has packed the rows: hits and totals stay exact, facet counts are missing.
"""

from collections.abc import Iterable, Sequence

from properties.choices import Precision
from properties.models import NearbyStation, Property
from search.criteria import Criteria
from search.engines.database.sql import NOTHING, Condition, both, either
from search.engines.entries import hundredths
from search.vocabulary import (
    CARRIED_BY,
    MONEY_BANDS,
    NONE,
    SURFACE_BANDS,
    UNDISCLOSED,
    UNKNOWN,
    Band,
    Vocabulary,
)

# Property columns with another name than their facet; features have the same.
_COLUMNS = {"type": "kind", "commune": "commune_id"}
# Facets stored blank when not stated; a feature stores "unknown".
_BLANK = ("condition", "lease")

# Properties without a stated walk (`Property.is_drawn`): their public point was drawn at random.
_DRAWN: Condition = (
    f"property_id IN (SELECT id FROM {Property._meta.db_table} WHERE precision <> %s OR latitude IS NULL)",
    [Precision.EXACT.value],
)


class StatedChoices:
    """Conditions on the row's amounts and minutes, and on the property's columns."""

    def one_of(self, name: str, values: Sequence[str]) -> Condition:
        """Require any of these values of a facet or a feature."""
        if name == "surface":
            return either(_between("surface", "smallest", SURFACE_BANDS[value]) for value in values)
        if name in MONEY_BANDS:
            return either(_money(name, value) for value in values)
        return _states(name, ["" if name in _BLANK and value == UNKNOWN else value for value in values])

    def near(self, criteria: Criteria, vocabulary: Vocabulary) -> Condition:
        """Require a single walk to a chosen station, on a chosen line, within the minutes."""
        if criteria.walk_max == UNKNOWN:
            # An unstated walk cannot end at a chosen station.
            return NOTHING if criteria.station or criteria.line else _DRAWN
        reached: Condition = (
            ("nearest IS NOT NULL", []) if criteria.walk_max is None else ("nearest <= %s", [criteria.walk_max])
        )
        stations = vocabulary.walked_to(criteria.station, criteria.line)
        if stations is None:
            return reached
        within = [_is_one_of("station_id", sorted(stations))]
        if criteria.walk_max is not None:
            within.append(("minutes <= %s", [criteria.walk_max]))
        walks, arguments = both(within)
        table = NearbyStation._meta.db_table
        return both([reached, (f"property_id IN (SELECT property_id FROM {table} WHERE {walks})", arguments)])


def _money(name: str, value: str) -> Condition:
    if value in MONEY_BANDS[name]:
        return _between(name, name, MONEY_BANDS[name][value])
    carrying = _states("deal", CARRIED_BY[name])
    if value == NONE:
        return both([(f"{name} IS NULL", []), (f"NOT {carrying[0]}", carrying[1])])
    return both([(f"{name} IS NULL", []), carrying, _states("undisclosed", [value == UNDISCLOSED])])


def _between(above: str, below: str, band: Band) -> Condition:
    """Require an overlap of a band, in hundredths, with the interval from column `below` to column `above`."""
    low: Condition = (f"{above} >= %s", [hundredths(band.low)])
    return low if band.high is None else both([low, (f"{below} < %s", [hundredths(band.high)])])


def _states(name: str, values: Iterable[object]) -> Condition:
    sql, arguments = _is_one_of(_COLUMNS.get(name, name), list(values))
    return f"property_id IN (SELECT id FROM {Property._meta.db_table} WHERE {sql})", arguments


def _is_one_of(column: str, values: Sequence[object]) -> Condition:
    return either((f"{column} = %s", [value]) for value in values)
