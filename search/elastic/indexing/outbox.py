"""Transactional outbox of the index: one row a property, written in the transaction of its change.

A worker claims rows, draws a sequence number, and only then reads the properties. A later number implies a reading at
least as recent, so the number serves as external version: the index rejects an older write that arrives late. A change
made after the claim clears the lease of its row, which then survives settling.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from foundation.models.owed import OwedQuerySet
from search.elastic import client, definition
from search.models import IndexState, Owed

_OWE = f"""
INSERT INTO {Owed._meta.db_table} (key, since, due_at, attempts, refusals, error)
VALUES (%s, %s, %s, 0, 0, '')
ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, lease = NULL, attempts = 0, refusals = 0, error = ''
"""


@dataclass(frozen=True, slots=True)
class Debt:
    """Backlog of the index: `waiting` keys, and `seconds` since the oldest change.

    `set_aside` of the waiting keys are no longer retried.
    """

    waiting: int
    set_aside: int
    seconds: float


def owe(keys: Iterable[int]) -> bool:
    """Write keys to the outbox, in the transaction of the change; return True when a worker is needed.

    Without an Elasticsearch only the start of the missed changes is recorded.
    """
    if not client.is_configured():
        IndexState.objects.filter(missed_since=None).exclude(served="").update(missed_since=timezone.now())
        return False
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        # Sorted keys: two transactions that change the same properties wait for each other without deadlock.
        cursor.executemany(_OWE, [(key, now, now) for key in sorted(set(keys))])
    return True


def set_aside() -> OwedQuerySet:
    """Return the rows rejected too often, no longer retried automatically."""
    return Owed.objects.filter(due_at=None)


@transaction.atomic
def next_sequence() -> int:
    """Draw the next external version, before the properties are read."""
    state = current_state(lock=True)
    # At least the clock in ms: a database restored from a backup continues above the versions in the index.
    state.sequence = max(state.sequence + 1, int(timezone.now().timestamp() * 1000))
    state.save(update_fields=["sequence"])
    return state.sequence


def current_state(*, lock: bool = False) -> IndexState:
    """Return the singleton state; `lock` holds it until the end of the transaction."""
    rows = IndexState.objects.select_for_update() if lock else IndexState.objects
    return rows.get_or_create(pk=1)[0]


def is_ours(state: IndexState) -> bool:
    """Return True when the maintained index (under construction, else in force) has this code's definition."""
    return (state.building or state.served or definition.alias()).startswith(definition.alias())


def debt() -> Debt:
    """Return the current backlog."""
    oldest = Owed.objects.aggregate(since=Min("since"))["since"]
    if oldest is None:
        return Debt(0, 0, 0.0)
    return Debt(Owed.objects.count(), set_aside().count(), max(0.0, (timezone.now() - oldest).total_seconds()))


def lag() -> float:
    """Return the age of the oldest waiting change, in seconds."""
    oldest = Owed.objects.aggregate(since=Min("since"))["since"]
    return 0.0 if oldest is None else max(0.0, (timezone.now() - oldest).total_seconds())
