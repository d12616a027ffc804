"""The vocabulary of today, read from the territory and from the synonyms of the staff."""

import json
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from foundation.text import fold
from search.analysis.synonyms import Synonyms, synonyms_of
from search.models import SynonymSet
from search.vocabulary import Vocabulary
from territory.models import Commune, Line, Station


def load_vocabulary() -> Vocabulary:
    """Read what a search may name today and what its words mean, anew each time, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_VOCABULARY)
        rows: list[tuple[str, str, str, int]] = cursor.fetchall()
    named: dict[str, list[tuple[str, str]]] = {"commune": [], "station": [], "line": [], "stop": [], "synonyms": []}
    for what, value, name, _position in sorted(rows, key=_in_order):
        named[what].append((value, name))
    stops: dict[str, list[str]] = {}
    for line, station in named["stop"]:
        stops.setdefault(line, []).append(station)
    return Vocabulary(
        communes=dict(named["commune"]),
        stations=dict(named["station"]),
        lines=dict(named["line"]),
        stops={line: tuple(stations) for line, stations in stops.items()},
        synonyms=_read_synonyms(tuple(name for _value, name in named["synonyms"])),
        today=timezone.localdate(),
    )


# A visitor's page needs it several times over: five queries of the models took five times as long.
_VOCABULARY = f"""
SELECT 'commune', insee, name, 0 FROM {Commune._meta.db_table}
UNION ALL SELECT 'station', slug, name, 0 FROM {Station._meta.db_table}
UNION ALL SELECT 'line', code, mode, position FROM {Line._meta.db_table}
UNION ALL SELECT 'stop', line_id, station_id, 0 FROM {Station.lines.through._meta.db_table}
UNION ALL SELECT 'synonyms', '', CAST(expressions AS text), id FROM {SynonymSet._meta.db_table}
"""


def _in_order(row: tuple[str, str, str, int]) -> tuple[int, str, str]:
    """By position, then by name whatever the accents."""
    _what, value, name, position = row
    return position, _folded(name), value


_folded = lru_cache(maxsize=2_048)(fold)


@lru_cache(maxsize=8)
def _read_synonyms(sets: tuple[str, ...]) -> Synonyms:
    return synonyms_of(json.loads(expressions) for expressions in sets)
