"""Comparison of index and database, property by property, by content digest."""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from elasticsearch.dsl.query import MatchAll, Query, Term

from properties.models import Property
from search.elastic import definition
from search.elastic.indexing import indices, outbox, synonyms, worker
from search.elastic.querying.asking import Asker, key_of
from search.models import IndexState, Owed

CHUNK = 1_000
# Changes younger than this are in flight, not differences.
_UNDER_WAY = timedelta(minutes=1)

# Key, digest expected by the database, digest in the index; None for absent.
Pair = tuple[int, str | None, str | None]


def differences() -> list[int]:
    """Return keys of missing, outdated or orphaned documents; `Owed.SYNONYMS` for the synonym set.

    Each difference is read twice, because changes go on between the two readings. Raises `NoIndex`.
    """
    indices.show(indices.in_force())
    differing_keys = [key for key, expected, indexed in _pairs() if expected != indexed]
    if differing_keys:
        time.sleep(1)
        indices.show(indices.in_force())
        differing_keys = [key for key in differing_keys if _differs(key)]
    recent = Owed.objects.filter(since__gt=timezone.now() - _UNDER_WAY, due_at__isnull=False)
    under_way = set(recent.values_list("key", flat=True))
    if not synonyms.are_pushed():
        differing_keys.insert(0, Owed.SYNONYMS)
    return [key for key in differing_keys if key not in under_way]


def sync() -> list[int]:
    """Drain the outbox, then repair the differences; return the keys of the repaired documents.

    Rows set aside are retried. Repairs changes missed while the site had no Elasticsearch. Raises `NoIndex`.
    """
    missed = outbox.current_state().missed_since
    worker.QUEUE.make_due(outbox.set_aside())
    worker.QUEUE.sweep()
    different = differences()
    outbox.owe(different)
    worker.QUEUE.sweep()
    indices.show(indices.in_force())
    IndexState.objects.filter(pk=1, missed_since=missed).update(missed_since=None)
    return different


def _pairs() -> Iterator[Pair]:
    """Merge-join both sides by key."""
    database_digests, index_digests = _here(), _there()
    mine, other = next(database_digests, None), next(index_digests, None)
    while mine or other:
        if other is None or (mine is not None and mine[0] < other[0]):
            assert mine is not None
            yield mine[0], mine[1], None
            mine = next(database_digests, None)
        elif mine is None or other[0] < mine[0]:
            yield other[0], None, other[1]
            other = next(index_digests, None)
        else:
            yield mine[0], mine[1], other[1]
            mine, other = next(database_digests, None), next(index_digests, None)


def _here() -> Iterator[tuple[int, str | None]]:
    """Yield key and expected digest of every public property."""
    last = 0
    public = Property.objects.public().order_by("pk")
    while keys := list(public.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield from _digests(keys)
        last = keys[-1]


def _digests(keys: list[int]) -> Iterator[tuple[int, str | None]]:
    for key, document in worker.documents(keys).items():
        if document is not None:
            yield key, document["content"] if isinstance(document, dict) else None


def _there() -> Iterator[tuple[int, str]]:
    """Yield key and digest of every document, from one point in time."""
    return _read(Asker(definition.alias()), MatchAll())


def _read(asker: Asker, found: Query) -> Iterator[tuple[int, str]]:
    for hit in asker.every(found, [{"key": {"order": "asc"}}], fields=["content"]):
        yield key_of(hit), hit["fields"]["content"][0]


def _differs(key: int) -> bool:
    expected = dict(_digests([key])).get(key)
    indexed = dict(_read(Asker(definition.alias()), Term(key=key))).get(key)
    return expected != indexed
