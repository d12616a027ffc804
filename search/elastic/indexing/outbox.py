"""What is owed to the index: one row a property, written in the transaction of its change.

A worker claims rows, draws a sequence, and only then reads the properties. Whoever draws a later number reads at least
as much, so the number is the version of what is written: an older write that comes late is refused by the index. A
change made after the claim takes the lease off its row, which is then not deleted.
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
    """What the index lacks: so many keys, for so many seconds; `set_aside` of them are not tried again."""

    waiting: int
    set_aside: int
    seconds: float


def owe(keys: Iterable[int]) -> bool:
    """These properties changed; runs in the transaction of the change. Whether anything is owed now.

    Without an Elasticsearch nothing is kept for it but the moment since when it misses changes.
    """
    if not client.is_configured():
        IndexState.objects.filter(missed_since=None).exclude(served="").update(missed_since=timezone.now())
        return False
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        # In order: two transactions that change the same properties wait for each other, and neither for ever.
        cursor.executemany(_OWE, [(key, now, now) for key in sorted(set(keys))])
    return True


def set_aside() -> OwedQuerySet:
    """What the index refused too often to be tried again by itself."""
    return Owed.objects.filter(due_at=None)


@transaction.atomic
def next_sequence() -> int:
    """The version of what is written; drawn before it is read."""
    state = current_state(lock=True)
    # Never below the clock in ms: a database put back from a copy goes on above what the index has seen.
    state.sequence = max(state.sequence + 1, int(timezone.now().timestamp() * 1000))
    state.save(update_fields=["sequence"])
    return state.sequence


def current_state(*, lock: bool = False) -> IndexState:
    """The one row; locked until the end of the transaction if asked."""
    rows = IndexState.objects.select_for_update() if lock else IndexState.objects
    return rows.get_or_create(pk=1)[0]


def is_ours(state: IndexState) -> bool:
    """Whether this code's definition is the one that is kept: of the index being made, else of the one in force."""
    return (state.building or state.served or definition.alias()).startswith(definition.alias())


def debt() -> Debt:
    """What is owed now."""
    oldest = Owed.objects.aggregate(since=Min("since"))["since"]
    if oldest is None:
        return Debt(0, 0, 0.0)
    return Debt(Owed.objects.count(), set_aside().count(), max(0.0, (timezone.now() - oldest).total_seconds()))


def lag() -> float:
    """For how many seconds the oldest change has waited."""
    oldest = Owed.objects.aggregate(since=Min("since"))["since"]
    return 0.0 if oldest is None else max(0.0, (timezone.now() - oldest).total_seconds())
