"""What is owed to the index: one row a property, written in the transaction of its change.

A worker claims rows and draws a sequence, in one transaction; only then does it read the properties. Whoever draws a
later number reads at least as much, so the number is the version of what is written: an older write that comes late is
refused by the index. A change made after the claim takes the claim off its row, which is then not deleted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from search.elastic import client, definition
from search.models import IndexState, Owed

# How long a worker may take over what it claimed before another takes it up.
LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=1)
# Refused so often, a row is set aside: the next change of its property, staff or `search_index sync` try it again.
MOST_REFUSALS = 5
BATCH = 500

_OWE = f"""
INSERT INTO {Owed._meta.db_table} (key, since, due_at, claim, attempts, refusals, last_error)
VALUES (%s, %s, %s, 0, 0, 0, '')
ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, claim = 0, attempts = 0, refusals = 0, last_error = ''
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """Keys that one worker has for the time of a lease, and the number under which it writes them."""

    sequence: int
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a key could not be written; `refused` when the index, or what it is made of, would not have it."""

    error: str
    refused: bool


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


@transaction.atomic
def claim(*, limit: int = BATCH) -> Claim | None:
    """Take what is due, the longest due first; None when nothing is, or when it is for another definition's worker."""
    state = current_state(lock=True)
    if not is_ours(state):
        return None
    now = timezone.now()
    due = _free(Owed.objects.filter(due_at__lte=now).order_by("due_at", "key"))
    keys = tuple(due.values_list("key", flat=True)[:limit])
    if not keys:
        return None
    sequence = draw(state)
    Owed.objects.filter(key__in=keys).update(due_at=now + LEASE, claim=sequence)
    return Claim(sequence, keys)


@transaction.atomic
def settle(taken: Claim, failures: Mapping[int, Failure]) -> None:
    """Forget what was written, and put off what was not. A row that changed since it was claimed stays due; one that is
    about to change stays as it is: due once it has changed, or else when the lease is over."""
    ours = list(_free(Owed.objects.filter(claim=taken.sequence)))
    Owed.objects.filter(key__in=[row.key for row in ours if row.key not in failures]).delete()
    put_off, now = [row for row in ours if row.key in failures], timezone.now()
    for row in put_off:
        failure = failures[row.key]
        wait = min(FIRST_WAIT * 2 ** min(row.attempts, 20), LONGEST_WAIT)
        row.claim, row.attempts, row.refusals = 0, row.attempts + 1, row.refusals + failure.refused
        row.due_at = None if row.refusals >= MOST_REFUSALS else now + wait
        row.last_error = failure.error[:300]
    Owed.objects.bulk_update(put_off, ["claim", "attempts", "refusals", "due_at", "last_error"], batch_size=100)


def try_again() -> int:
    """Make what was set aside due now, as if it had never been refused; how many."""
    with transaction.atomic():
        keys = list(_free(Owed.objects.filter(due_at=None)).values_list("key", flat=True))
        return Owed.objects.filter(key__in=keys).update(due_at=timezone.now(), refusals=0)


def _free(rows: QuerySet[Owed]) -> QuerySet[Owed]:
    """Those that nobody is writing, locked: to wait for a writer, who may come to want a row that is locked here, would
    make one of the two fail. On SQLite nobody else is writing."""
    return rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)


@transaction.atomic
def next_sequence() -> int:
    """A number for what is written outside a claim, drawn before it is read."""
    return draw(current_state(lock=True))


def draw(state: IndexState) -> int:
    """The next number of a locked state. Never below the clock in ms: a database put back from a copy goes on above
    what the index has seen."""
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
    waiting, aside = Owed.objects.count(), Owed.objects.filter(due_at=None).count()
    return Debt(waiting, aside, max(0.0, (timezone.now() - oldest).total_seconds()))


def lag() -> float:
    """For how many seconds the oldest change has waited."""
    oldest = Owed.objects.aggregate(since=Min("since"))["since"]
    return 0.0 if oldest is None else max(0.0, (timezone.now() - oldest).total_seconds())


def next_due() -> datetime | None:
    """When the next row is tried (a claimed one, when its lease is over), or None."""
    found: datetime | None = Owed.objects.aggregate(first=Min("due_at"))["first"]
    return found
