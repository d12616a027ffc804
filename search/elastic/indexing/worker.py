"""Outbox worker: claim, draw a version, read, bulk write, check every item, settle."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import DatabaseError, transaction

from foundation.queue import Claim, Failure, Queue
from properties.models import Property
from search.elastic import client, definition
from search.elastic.indexing import indices, outbox, synonyms
from search.elastic.indexing.documents import document
from search.engines.entries import Item, entries, entry, readable
from search.models import Owed

Document = dict[str, Any]
# A document, or the failure to build one; None for a property without public page.
Made = Document | Failure | None


class Refusal(Failure):
    """A rejection by the index, or a document impossible to build: a retry may not help."""


class Outbox(Queue[Owed]):
    """Queue of the outbox; a repeated write is harmless, since documents are versioned."""

    model = Owed
    lease: ClassVar[timedelta] = timedelta(minutes=2)
    first_wait: ClassVar[timedelta] = timedelta(seconds=2)
    longest_wait: ClassVar[timedelta] = timedelta(minutes=1)
    batch: ClassVar[int] = 500
    # SKIP LOCKED: writers lock rows in any order (a deadlock between a settling worker and a writer was seen).
    waits_for_locks: ClassVar[bool] = False
    put_off_fields: ClassVar[tuple[str, ...]] = (*Queue.put_off_fields, "refusals")
    # Rejections before a row is set aside; the next change of its property, staff or `search_index sync` retries it.
    most_refusals: ClassVar[int] = 5

    @transaction.atomic
    def claim(self, at: datetime) -> Claim[Owed] | None:
        """Claim as any queue; None without an Elasticsearch, or while another definition is maintained."""
        # Locked: a rebuild of another definition writes there first, so its reading follows this claim.
        if not client.is_configured() or not outbox.is_ours(outbox.current_state(lock=True)):
            return None
        return super().claim(at)

    def work(self, rows: Sequence[Owed]) -> Mapping[int, Failure]:
        keys, sequence = [row.key for row in rows], outbox.next_sequence()
        try:
            if Owed.SYNONYMS in keys:
                synonyms.push()
            return put(documents([key for key in keys if key != Owed.SYNONYMS]), sequence, targets())
        except client.ERRORS as error:
            message = f"{type(error).__name__}: {error}"
            failure = Failure(message, outage=True) if client.is_outage(error) else Refusal(message)
            return dict.fromkeys(keys, failure)

    def put_off(self, row: Owed, failure: Failure, at: datetime) -> None:
        row.refusals += isinstance(failure, Refusal)
        final = row.refusals >= self.most_refusals
        super().put_off(row, replace(failure, final=final), at)
        if final:
            # A manual retry starts with the full number of tries.
            row.refusals = 0


QUEUE = Outbox()


def put(found: Mapping[int, Made], sequence: int, targets: Sequence[str]) -> dict[int, Failure]:
    """Bulk write documents and removals to every target, missing targets ignored; return failures by key."""
    failures = {
        key: document_or_failure
        for key, document_or_failure in found.items()
        if isinstance(document_or_failure, Failure)
    }
    operations = [
        line
        for target in targets
        for key, document_or_failure in found.items()
        if not isinstance(document_or_failure, Failure)
        for line in _operation(target, key, document_or_failure, sequence)
    ]
    if not operations:
        return failures
    if None in found.values():
        indices.never_by_writing()
    answer = client.writer().bulk(operations=operations, source=False).body
    for item in answer["items"]:
        ((_action, outcome),) = item.items()
        if failure := _failure(outcome):
            failures[int(outcome["_id"])] = failure
    return failures


def targets() -> tuple[str, str]:
    """Return the write aliases: the index in force, and the index under construction."""
    return definition.alias(), definition.next_alias()


def documents(keys: Sequence[int]) -> dict[int, Made]:
    """Return the expected documents by key; a failure to build one stays with its own key."""
    documents_by_key: dict[int, Made] = dict.fromkeys(keys)
    chosen = Property.objects.filter(pk__in=keys)
    try:
        documents_by_key |= {
            index_entry.key: document(index_entry) for index_entry in entries(chosen) if index_entry.public
        }
    except DatabaseError:
        raise
    except Exception:  # any fault of a single property
        for item in readable(chosen):
            documents_by_key[item.key] = _alone(item)
    return documents_by_key


def _alone(item: Item) -> Made:
    try:
        index_entry = entry(item)
        return document(index_entry) if index_entry.public else None
    except Exception as error:  # reported on its row; the others go on
        return Refusal(f"{type(error).__name__}: {error}")


def _operation(target: str, key: int, made: Document | None, sequence: int) -> Iterator[dict[str, Any]]:
    # `require_alias`: a write never creates an index.
    about = {"_index": target, "_id": str(key), "version": sequence, "version_type": "external", "require_alias": True}
    if made is None:
        yield {"delete": about}
    else:
        yield {"index": about}
        yield made


def _failure(outcome: Mapping[str, Any]) -> Failure | None:
    """Return None for an item written, superseded by a later version, already gone, or without an index."""
    status = outcome["status"]
    if status < 300 or status in (404, 409):
        return None
    error = outcome["error"]
    message = f"{error['type']}: {error['reason']}"
    return Failure(message, outage=True) if status in client.BUSY else Refusal(message)
