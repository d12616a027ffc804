"""Paying what is owed to the index: claim, draw, read, write in bulk, look at every item, settle."""

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
# A document, or the failure to make one; None for a property that no visitor may find.
Made = Document | Failure | None


class Refusal(Failure):
    """The index would not have it, or no document could be made of it: trying again may not help."""


class Outbox(Queue[Owed]):
    """What is owed to the index; to write twice is harmless, since every document has a version."""

    model = Owed
    lease: ClassVar[timedelta] = timedelta(minutes=2)
    first_wait: ClassVar[timedelta] = timedelta(seconds=2)
    longest_wait: ClassVar[timedelta] = timedelta(minutes=1)
    batch: ClassVar[int] = 500
    # Writers owe many properties in any order (seen: a worker that settled and a writer, each waiting for the other).
    waits_for_locks: ClassVar[bool] = False
    put_off_fields: ClassVar[tuple[str, ...]] = (*Queue.put_off_fields, "refusals")
    # Refused so often, a row is set aside: the next change of its property, staff or `search_index sync` try it again.
    most_refusals: ClassVar[int] = 5

    @transaction.atomic
    def claim(self, at: datetime) -> Claim[Owed] | None:
        """As any queue; None where there is no Elasticsearch, and while what is owed is for another definition."""
        # Locked: a rebuild of another definition, which begins by saying so there, reads what is claimed before that.
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
            told = f"{type(error).__name__}: {error}"
            failure = Failure(told, outage=True) if client.is_outage(error) else Refusal(told)
            return dict.fromkeys(keys, failure)

    def put_off(self, row: Owed, failure: Failure, at: datetime) -> None:
        row.refusals += isinstance(failure, Refusal)
        final = row.refusals >= self.most_refusals
        super().put_off(row, replace(failure, final=final), at)
        if final:
            # Once somebody tries it again, it has as many tries as before.
            row.refusals = 0


QUEUE = Outbox()


def put(found: Mapping[int, Made], sequence: int, targets: Sequence[str]) -> dict[int, Failure]:
    """Write documents and removals to every target, a missing one left aside; what failed, by key."""
    failures = {key: made for key, made in found.items() if isinstance(made, Failure)}
    operations = [
        line
        for target in targets
        for key, made in found.items()
        if not isinstance(made, Failure)
        for line in _operation(target, key, made, sequence)
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
    """Where a change is written: the index in force, and the one that is being made if there is one."""
    return definition.alias(), definition.next_alias()


def documents(keys: Sequence[int]) -> dict[int, Made]:
    """What the index should hold of these properties now. One that cannot be made spoils no other."""
    found: dict[int, Made] = dict.fromkeys(keys)
    chosen = Property.objects.filter(pk__in=keys)
    try:
        found |= {made.key: document(made) for made in entries(chosen) if made.public}
    except DatabaseError:
        raise
    except Exception:  # whatever is wrong with one of them
        for item in readable(chosen):
            found[item.key] = _alone(item)
    return found


def _alone(item: Item) -> Made:
    try:
        made = entry(item)
        return document(made) if made.public else None
    except Exception as error:  # told with the row, and the next one is made
        return Refusal(f"{type(error).__name__}: {error}")


def _operation(target: str, key: int, made: Document | None, sequence: int) -> Iterator[dict[str, Any]]:
    # Without an alias there is no index to write to, and none is made by writing.
    about = {"_index": target, "_id": str(key), "version": sequence, "version_type": "external", "require_alias": True}
    if made is None:
        yield {"delete": about}
    else:
        yield {"index": about}
        yield made


def _failure(outcome: Mapping[str, Any]) -> Failure | None:
    """None when the item is written, was written later than this, is gone, or has no index to be in."""
    status = outcome["status"]
    if status < 300 or status in (404, 409):
        return None
    error = outcome["error"]
    told = f"{error['type']}: {error['reason']}"
    return Failure(told, outage=True) if status in client.BUSY else Refusal(told)
