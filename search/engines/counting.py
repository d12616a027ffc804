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

# A piece of SQL answering (parameter, value, count), and its arguments.
Select = tuple[str, list[Any]]
# Parameter, value, count.
Count = tuple[str, str, int]


class Facet(ABC):
    """A choice with a count beside each value. `key` names it to `matching(leave_out=...)`."""

    key: str

    @abstractmethod
    def is_chosen(self, criteria: Criteria) -> bool:
        """Whether it narrows this search, so that its own counts need another filter."""

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

    def selects(self, criteria: Criteria) -> Iterator[Select]:
        walks = f"{MATCHED} JOIN {NearbyStation._meta.db_table} walk ON walk.property_id = id_"
        stops = Station.lines.through._meta.db_table
        at_stations: Select = ("", [])
        on_lines: Select = ("", [])
        in_time: Select = ("", [])
        if criteria.station:
            at_stations = (f" AND walk.station_id IN ({_marks(criteria.station)})", [*criteria.station])
        if criteria.line:
            of_lines = f"SELECT station_id FROM {stops} WHERE line_id IN ({_marks(criteria.line)})"
            on_lines = (f" AND walk.station_id IN ({of_lines})", [*criteria.line])
        if criteria.walk_max:
            in_time = (" AND walk.minutes <= %s", [criteria.walk_max])
        yield (
            f"SELECT 'station', walk.station_id, COUNT(*) FROM {walks} WHERE 1 = 1{on_lines[0]}{in_time[0]}"
            " GROUP BY walk.station_id",
            [*on_lines[1], *in_time[1]],
        )
        yield (
            f"SELECT 'line', stop.line_id, COUNT(DISTINCT id_) FROM {walks}"
            f" JOIN {stops} stop ON stop.station_id = walk.station_id WHERE 1 = 1{at_stations[0]}{in_time[0]}"
            " GROUP BY stop.line_id",
            [*at_stations[1], *in_time[1]],
        )
        for minutes in WALKS:
            yield (
                f"SELECT 'walk_max', '{minutes}', COUNT(DISTINCT id_) FROM {walks}"
                f" WHERE walk.minutes <= {minutes}{at_stations[0]}{on_lines[0]}",
                [*at_stations[1], *on_lines[1]],
            )


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
    selects: list[Select] = [(f"SELECT '', '', COUNT(*) FROM {MATCHED}", [])]
    for facet in facets:
        selects += facet.selects(criteria)
    # The names of the gathered columns end in _ so that none is a word of SQL.
    names = ", ".join(f"{name}_" for name in _GATHERED)
    statement = f"WITH {MATCHED} ({names}) AS ({base}) " + " UNION ALL ".join(sql for sql, _ in selects)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*arguments, *(argument for _, given in selects for argument in given)])
        (_, _, total), *counts = cursor.fetchall()
    return total, counts


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join(["%s"] * len(values))
