"""Search the offering, and keep the index of the database engine in step."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import ngettext

from foundation.text import fold
from properties.models import Property
from search.criteria import Criteria
from search.engines import engine_in_force
from search.engines.database import table
from search.entries import entries
from search.models import SynonymSet
from search.parsing import Problem, Query, parse
from search.relaxing import Relaxations, relaxations
from search.results import Results
from search.rows import fetch, fetch_rows
from search.synonyms import Synonyms, synonyms_of
from search.vocabulary import Vocabulary
from territory.models import Commune, Line, Station

PAGE_SIZE = 10
# Seconds after which nothing more is asked for a search that found nothing: what is known by then is shown.
_RELAXING = 0.5
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """A search as asked and as answered; `problems` are the values left out."""

    criteria: Criteria
    problems: tuple[Problem, ...]
    results: Results
    properties: tuple[Property, ...]
    vocabulary: Vocabulary
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages the results fill; at least one."""
        return max(1, -(-self.results.total // self.page_size))


def answer(*, query: Query, page_size: int = PAGE_SIZE, whole: bool = False) -> Answer:
    """Read an address, search, and fetch the properties of the page: `whole`, or with what a row shows.

    Beyond the last page, the last one is answered and a problem says so.
    """
    words = vocabulary()
    criteria, problems = parse(query, words)
    results = engine_in_force().search(criteria, words, page_size=page_size)
    if not results.hits and results.total:
        last = -(-results.total // page_size)
        message = ngettext(
            "there is only %(count)d page: here it is", "there are only %(count)d pages: here is the last", last
        )
        problems = (*problems, Problem("page", str(criteria.page), message % {"count": last}))
        criteria = criteria.at(last)
        results = engine_in_force().search(criteria, words, page_size=page_size)
    properties = fetch(results.hits) if whole else fetch_rows(results.hits, words)
    return Answer(criteria, problems, results, properties, words, page_size)


def relaxed(*, answer: Answer) -> Relaxations:
    """For a search that found nothing: the nearest changes of one criterion that give results."""
    engine = engine_in_force()
    return relaxations(answer.criteria, answer.results, answer.vocabulary, engine, seconds=_RELAXING)


def every(*, criteria: Criteria) -> Iterator[Property]:
    """All the properties that answer, in order, fetched a few hundred at a time with what their rows show."""
    keys = engine_in_force().keys(criteria, vocabulary())
    for start in range(0, len(keys), _CHUNK):
        yield from fetch(keys[start : start + _CHUNK])


def vocabulary() -> Vocabulary:
    """What a search may name today, and what its words mean; read anew each time, in one statement."""
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


@transaction.atomic
def index(*, ids: Iterable[int]) -> None:
    """Write what the database engine reads of these properties anew, and forget those that are gone."""
    wanted = sorted(set(ids))
    chunks = (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
    table.write((made for chunk in chunks for made in entries(Property.objects.filter(pk__in=chunk))), keys=wanted)


@transaction.atomic
def rebuild_index() -> int:
    """Write every property anew; the number of properties."""
    table.clear()
    ids = list(Property.objects.order_by("pk").values_list("pk", flat=True))
    index(ids=ids)
    return len(ids)


@transaction.atomic
def sync_index() -> list[int]:
    """Write anew what differs; the keys of that."""
    different = index_differences()
    if table.is_current():
        index(ids=different)
    else:
        rebuild_index()
    return different


def pack_index_anew() -> int | None:
    """Rebuild the index where another release packed rows of it, unless that one is to; the number of properties."""
    if table.is_current() or not table.is_ours_to_pack():
        return None
    return rebuild_index()


def index_differences() -> list[int]:
    """Primary keys whose row or words are missing, outdated, or left behind by a property that is gone."""
    left = table.keys()
    different: list[int] = []
    last = 0
    while found := list(entries(Property.objects.filter(pk__gt=last).order_by("pk")[:_CHUNK])):
        different += table.differing(found)
        left.difference_update(entry.key for entry in found)
        last = found[-1].key
    return different + sorted(left)
