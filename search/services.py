"""Services of the search: answer a query, and keep the database index up to date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import ngettext

from properties.models import Property
from search.criteria import Criteria
from search.elastic import client
from search.elastic.guard import GuardedEngine
from search.engines import DatabaseEngine, Engine
from search.engines.database import table
from search.engines.entries import entries
from search.engines.results import Results
from search.loading import load_vocabulary
from search.parsing import DroppedValue, Query, parse
from search.rows import fetch, fetch_rows
from search.vocabulary import Vocabulary

PAGE_SIZE = 10
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """A parsed search with its results; `problems` are the dropped values."""

    criteria: Criteria
    problems: tuple[DroppedValue, ...]
    results: Results
    properties: tuple[Property, ...]
    vocabulary: Vocabulary
    page_size: int

    @property
    def pages(self) -> int:
        """Number of result pages, at least one."""
        return max(1, -(-self.results.total // self.page_size))


def engine_in_force() -> Engine:
    """Return the guarded Elasticsearch engine when configured, else the database engine."""
    return GuardedEngine() if client.is_configured() else DatabaseEngine()


def answer(*, query: Query, page_size: int = PAGE_SIZE, whole: bool = False) -> SearchAnswer:
    """Parse the query, search, and fetch the properties of the page.

    `whole` fetches complete properties, else the columns of a result row. A page beyond the last yields the last page
    and a problem.
    """
    vocabulary = load_vocabulary()
    criteria, problems = parse(query, vocabulary)
    results = engine_in_force().search(criteria, vocabulary, page_size=page_size)
    if not results.hits and results.total:
        last = -(-results.total // page_size)
        message = ngettext(
            "there is only %(count)d page: here it is", "there are only %(count)d pages: here is the last", last
        )
        problems = (*problems, DroppedValue("page", str(criteria.page), message % {"count": last}))
        criteria = criteria.at(last)
        results = engine_in_force().search(criteria, vocabulary, page_size=page_size)
    properties = fetch(results.hits) if whole else fetch_rows(results.hits, vocabulary)
    return SearchAnswer(criteria, problems, results, properties, vocabulary, page_size)


def every(*, criteria: Criteria) -> Iterator[Property]:
    """Yield all matching properties in order, fetched in chunks."""
    keys = engine_in_force().keys(criteria, load_vocabulary())
    for start in range(0, len(keys), _CHUNK):
        yield from fetch(keys[start : start + _CHUNK])


@transaction.atomic
def index(*, ids: Iterable[int]) -> None:
    """Re-index these properties in the database engine; rows of deleted properties are removed."""
    wanted = sorted(set(ids))
    chunks = (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
    table.write((entry for chunk in chunks for entry in entries(Property.objects.filter(pk__in=chunk))), keys=wanted)


@transaction.atomic
def rebuild_index() -> int:
    """Rebuild the database index; return the number of properties."""
    table.clear()
    ids = list(Property.objects.order_by("pk").values_list("pk", flat=True))
    index(ids=ids)
    return len(ids)


@transaction.atomic
def sync_index() -> list[int]:
    """Repair the database index; return the keys of the repaired properties."""
    different = index_differences()
    if table.is_current():
        index(ids=different)
    else:
        rebuild_index()
    return different


def pack_index_anew() -> int | None:
    """Rebuild the index packed by another release; return the number of properties.

    None when the layout is current, or when packing is another release's turn.
    """
    if table.is_current() or not table.is_ours_to_pack():
        return None
    return rebuild_index()


def index_differences() -> list[int]:
    """Return the keys of properties whose row or words are missing, outdated or orphaned."""
    left = table.keys()
    different: list[int] = []
    last = 0
    while batch := list(entries(Property.objects.filter(pk__gt=last).order_by("pk")[:_CHUNK])):
        different += table.differing(batch)
        left.difference_update(entry.key for entry in batch)
        last = batch[-1].key
    return different + sorted(left)
