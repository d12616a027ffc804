"""Exact facet counts in one statement a filter: the matching rows are gathered once, then grouped by each facet.

Grouping by hand in SQL, because the ORM cannot group the same rows twice in a statement: twelve statements took five
times as long.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from properties.choices import Feature
from properties.models import NearbyStation, Property
from search.criteria import Criteria
from search.engines.matching import COLUMNS
from search.vocabulary import SURFACE_BANDS, UNKNOWN, WALKS
from territory.models import Station

# The rows that match, under these names.
MATCHED = "matched"
_GATHERED = {
    "id": "pk",
    **COLUMNS,
    "surface": "surface",
    "smallest": "smallest",
    **{feature: feature for feature in Feature.values},
}

_STOPS = Station.lines.through._meta.db_table

# A piece of SQL and its arguments; a select answers (parameter, value, count).
Select = tuple[str, list[Any]]
# Parameter, value, count.
Count = tuple[str, str, int]


class Facet(ABC):
    """A choice with a count beside each value. `key` names it to `matching(leave_out=...)`."""

    key: str

    @abstractmethod
    def is_chosen(self, criteria: Criteria) -> bool:
        """Whether it narrows this search, so that its own counts need another filter."""

    def tables(self, criteria: Criteria) -> Iterator[Select]:
        """What its counts need to be gathered once, beside the matched rows."""
        return iter(())

    @abstractmethod
    def selects(self, criteria: Criteria) -> Iterator[Select]:
        """The counts of its values among the matched rows."""


class ColumnFacet(Facet):
    """One value a property; a blank column is "not stated"."""

    def __init__(self, key: str) -> None:
        self.key = key

    def is_chosen(self, criteria: Criteria) -> bool:
        return bool(getattr(criteria, self.key))

    def selects(self, criteria: Criteria) -> Iterator[Select]:
        value = f"CASE WHEN {self.key}_ = '' THEN '{UNKNOWN}' ELSE {self.key}_ END"
        yield f"SELECT '{self.key}', {value}, COUNT(*) FROM {MATCHED} GROUP BY {self.key}_", []


class FeatureFacet(Facet):
    """Yes, no or not stated."""

    def __init__(self, feature: str) -> None:
        self.key = f"feature:{feature}"
        self.feature = feature

    def is_chosen(self, criteria: Criteria) -> bool:
        return self.feature in criteria.features

    def selects(self, criteria: Criteria) -> Iterator[Select]:
        column = f"{self.feature}_"
        yield f"SELECT 'feature', '{self.feature}:' || {column}, COUNT(*) FROM {MATCHED} GROUP BY {column}", []


class SurfaceFacet(Facet):
    """Half-open bands that meet [smallest part, whole]: a divisible property counts in several."""

    key = "surface"

    def is_chosen(self, criteria: Criteria) -> bool:
        return bool(criteria.surface)

    def selects(self, criteria: Criteria) -> Iterator[Select]:
        for band in SURFACE_BANDS.values():
            below = "" if band.high is None else f" AND smallest_ < {band.high}"
            yield f"SELECT 'surface', '{band.value}', COUNT(*) FROM {MATCHED} WHERE surface_ >= {band.low}{below}", []


class NearFacet(Facet):
    """Station, line and minutes are three sides of one walk: each is counted with the other two as they stand."""

    key = "near"

    def is_chosen(self, criteria: Criteria) -> bool:
        return bool(criteria.station or criteria.line or criteria.walk_max)

    def tables(self, criteria: Criteria) -> Iterator[Select]:
        """Every walk of the matched rows, and the shortest of each row to where was asked."""
        nearby = NearbyStation._meta.db_table
        yield (
            f"walk (id_, station_, minutes_) AS (SELECT id_, station_id, minutes FROM {MATCHED}"
            f" JOIN {nearby} ON property_id = id_)",
            [],
        )
        at_stations, on_lines = self._at_stations(criteria), self._on_lines(criteria)
        yield (
            "nearest (minutes_) AS (SELECT MIN(minutes_) FROM walk"
            f" WHERE 1 = 1{at_stations[0]}{on_lines[0]} GROUP BY id_)",
            [*at_stations[1], *on_lines[1]],
        )

    def selects(self, criteria: Criteria) -> Iterator[Select]:
        at_stations, on_lines = self._at_stations(criteria), self._on_lines(criteria)
        in_time: Select = (" AND minutes_ <= %s", [criteria.walk_max]) if criteria.walk_max else ("", [])
        yield (
            f"SELECT 'station', station_, COUNT(*) FROM walk WHERE 1 = 1{on_lines[0]}{in_time[0]} GROUP BY station_",
            [*on_lines[1], *in_time[1]],
        )
        yield (
            f"SELECT 'line', line_id, COUNT(DISTINCT id_) FROM walk JOIN {_STOPS} ON station_id = station_"
            f" WHERE 1 = 1{at_stations[0]}{in_time[0]} GROUP BY line_id",
            [*at_stations[1], *in_time[1]],
        )
        for minutes in WALKS:
            yield f"SELECT 'walk_max', '{minutes}', COUNT(*) FROM nearest WHERE minutes_ <= {minutes}", []

    def _at_stations(self, criteria: Criteria) -> Select:
        if not criteria.station:
            return "", []
        return f" AND station_ IN ({_marks(criteria.station)})", [*criteria.station]

    def _on_lines(self, criteria: Criteria) -> Select:
        if not criteria.line:
            return "", []
        of_lines = f"SELECT station_id FROM {_STOPS} WHERE line_id IN ({_marks(criteria.line)})"
        return f" AND station_ IN ({of_lines})", [*criteria.line]


FACETS: tuple[Facet, ...] = (
    *(ColumnFacet(name) for name in COLUMNS),
    *(FeatureFacet(feature) for feature in Feature.values),
    SurfaceFacet(),
    NearFacet(),
)


def tally(found: QuerySet[Property], facets: Iterable[Facet], criteria: Criteria) -> tuple[int, list[Count]]:
    """How many rows `found` has, and the counts of these facets among them; one statement."""
    gathered = found.annotate(smallest=Coalesce("divisible_from", "surface")).values_list(*_GATHERED.values())
    base, arguments = gathered.query.sql_with_params()
    # The names of the gathered columns end in _ so that none is a word of SQL.
    names = ", ".join(f"{name}_" for name in _GATHERED)
    tables: list[Select] = [(f"{MATCHED} ({names}) AS ({base})", [*arguments])]
    selects: list[Select] = [(f"SELECT '', '', COUNT(*) FROM {MATCHED}", [])]
    for facet in facets:
        tables += facet.tables(criteria)
        selects += facet.selects(criteria)
    statement = "WITH " + ", ".join(sql for sql, _ in tables) + " " + " UNION ALL ".join(sql for sql, _ in selects)
    with connection.cursor() as cursor:
        cursor.execute(statement, [argument for _, given in [*tables, *selects] for argument in given])
        (_, _, total), *counts = cursor.fetchall()
    return total, counts


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join(["%s"] * len(values))
