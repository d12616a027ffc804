"""Today's search vocabulary, loaded from the territory and the staff's synonyms."""

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
    """Load places and synonyms from the database, uncached, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_VOCABULARY)
        rows: list[tuple[str, str, str, int]] = cursor.fetchall()
    named: dict[str, list[tuple[str, str]]] = {"commune": [], "station": [], "line": [], "stop": [], "synonyms": []}
    for kind, value, name, _position in sorted(rows, key=_in_order):
        named[kind].append((value, name))
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


# One UNION: a page loads the vocabulary several times, and five model queries took five times as long.
_VOCABULARY = f"""
SELECT 'commune', insee, name, 0 FROM {Commune._meta.db_table}
UNION ALL SELECT 'station', slug, name, 0 FROM {Station._meta.db_table}
UNION ALL SELECT 'line', code, mode, position FROM {Line._meta.db_table}
UNION ALL SELECT 'stop', line_id, station_id, 0 FROM {Station.lines.through._meta.db_table}
UNION ALL SELECT 'synonyms', '', CAST(expressions AS text), id FROM {SynonymSet._meta.db_table}
"""


def _in_order(row: tuple[str, str, str, int]) -> tuple[int, str, str]:
    """Sort key: position, then accent-folded name."""
    _what, value, name, position = row
    return position, _folded(name), value


_folded = lru_cache(maxsize=2_048)(fold)


@lru_cache(maxsize=8)
def _read_synonyms(sets: tuple[str, ...]) -> Synonyms:
    return synonyms_of(json.loads(expressions) for expressions in sets)
