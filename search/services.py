"""Search the offering, and keep its text index in step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import ngettext

from properties.models import Property
from search.criteria import Criteria
from search.engines import engine_in_force, textindex
from search.indexing import row, rows
from search.parsing import Problem, Query, parse
from search.results import Results
from search.vocabulary import Vocabulary
from territory.models import Commune, Line, Station

PAGE_SIZE = 10
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


def answer(*, query: Query, page_size: int = PAGE_SIZE) -> Answer:
    """Read an address, search, and fetch the properties of the page with what their rows show.

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
    return Answer(criteria, problems, results, fetch(results.hits), words, page_size)


def every(*, criteria: Criteria) -> Iterator[Property]:
    """All the properties that answer, in order, fetched a few hundred at a time with what their rows show."""
    keys = engine_in_force().keys(criteria)
    for start in range(0, len(keys), _CHUNK):
        yield from fetch(keys[start : start + _CHUNK])


def count(*, criteria: Criteria) -> int:
    """How many public properties answer these criteria."""
    return engine_in_force().count(criteria)


def fetch(keys: Iterable[int]) -> tuple[Property, ...]:
    """These properties in this order, with their commune and the stations they are near."""
    keys = list(keys)
    found = Property.objects.public().for_display().defer("commune__boundary").in_bulk(keys)
    return tuple(found[key] for key in keys if key in found)


def titles(keys: Iterable[int]) -> dict[int, Property]:
    """These properties with what names them and how exact their place is, nothing else."""
    named = ("reference", "title_fr", "title_en", "precision")
    return Property.objects.public().only(*named).in_bulk(list(keys))


def vocabulary() -> Vocabulary:
    """The places that a search may name today."""
    return Vocabulary(
        communes=dict(Commune.objects.values_list("insee", "name")),
        stations=dict(Station.objects.values_list("slug", "name")),
        lines=dict(Line.objects.values_list("code", "mode")),
    )


@transaction.atomic
def index_texts(*, ids: Iterable[int]) -> None:
    """Write the words of these properties anew, and forget those that no longer exist."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        found = list(Property.objects.filter(pk__in=chunk).select_related("commune").defer("commune__boundary"))
        textindex.write(rows(found), gone=set(chunk) - {item.pk for item in found})


@transaction.atomic
def rebuild_text_index() -> int:
    """Write every property's words anew; the number of properties."""
    textindex.clear()
    ids = list(Property.objects.order_by("pk").values_list("pk", flat=True))
    index_texts(ids=ids)
    return len(ids)


def text_index_differences() -> list[int]:
    """Primary keys whose row is missing, outdated, or left behind by a property that is gone."""
    stored = textindex.read()
    different = []
    for item in (
        Property.objects.select_related("commune").defer("commune__boundary").order_by("pk").iterator(chunk_size=_CHUNK)
    ):
        key, head, body = row(item)
        if stored.pop(key, None) != (" ".join(head), " ".join(body)):
            different.append(key)
    return different + sorted(stored)
