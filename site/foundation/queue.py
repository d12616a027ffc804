"""Work that must not be lost: rows, claimed under a lease, tried again after longer and longer waits.

A task only wakes the sweep: the backend neither retries a task that failed nor takes up one whose worker was killed.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from foundation.models import OwedRow
from foundation.models.owed import OwedQuerySet
from foundation.waking import come_back

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=OwedRow)
# Of a batch that failed, so many rows are named in the log.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Claim(Generic[Row]):
    """Rows that one worker has until its lease ends."""

    lease: uuid.UUID
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Failure:
    """Why a row could not be worked on, without personal data.

    A `final` one sets the row aside. An `outage` is of what all the rows need: the sweep ends there.
    """

    error: str
    final: bool = False
    outage: bool = False


class Queue(Generic[Row]):
    """How the rows of one table are worked on; several workers may sweep at once.

    A subclass names its model and says what the work is; `finish` may keep rows that are done (`due_at` None), and
    `put_off` may note more of a failure.
    """

    model: type[Row]
    # Longer than the work on a batch takes: then another worker takes the rows up.
    lease: ClassVar[timedelta] = timedelta(minutes=5)
    first_wait: ClassVar[timedelta] = timedelta(seconds=30)
    longest_wait: ClassVar[timedelta] = timedelta(hours=6)
    batch: ClassVar[int] = 1
    # Whether a row that somebody else has locked (on PostgreSQL) is waited for when it is settled or made due.
    # True: a row passed over is worked on twice, once its lease ends; a mail would be sent twice.
    # False, where writers lock several rows in any order: waiting for one could deadlock. Work done twice must then be
    # harmless.
    waits_for_locks: ClassVar[bool] = True
    # The columns that `put_off` changes.
    put_off_fields: ClassVar[tuple[str, ...]] = ("due_at", "lease", "attempts", "error")

    def work(self, rows: Sequence[Row]) -> Mapping[int, Failure]:
        """Do the work of these rows; return the failures by primary key. An error raised is the failure of all."""
        raise NotImplementedError

    def finish(self, rows: QuerySet[Row], at: datetime) -> None:
        """Settle rows whose work was done at `at`."""
        rows.delete()

    def owed(self) -> OwedQuerySet:
        """All rows of the table, chainable."""
        return OwedQuerySet(self.model)

    @transaction.atomic
    def claim(self, at: datetime) -> Claim[Row] | None:
        """Lease the next batch due; None when nothing is. Inside a longer transaction, it is leased on commit."""
        skip = connection.features.has_select_for_update_skip_locked
        due = self.owed().due(at).defer("due_at", "lease").select_for_update(skip_locked=skip)
        rows = list(due[: self.batch])
        if not rows:
            return None
        lease, until = uuid.uuid4(), at + self.lease
        self.owed().filter(pk__in=[row.pk for row in rows]).update(due_at=until, lease=lease)
        for row in rows:
            row.due_at, row.lease = until, lease
        return Claim(lease, tuple(sorted(rows, key=attrgetter("pk"))))

    @transaction.atomic
    def settle(self, claim: Claim[Row], failures: Mapping[int, Failure], at: datetime) -> None:
        """Finish what was done, put off what failed. Rows claimed or changed by others meanwhile stay as they are."""
        held = set(self._locked(self.owed().filter(lease=claim.lease)).values_list("pk", flat=True))
        if done := held - failures.keys():
            self.finish(self.owed().filter(pk__in=done), at)
        failed = list(self.owed().filter(pk__in=held & failures.keys()))
        for row in failed:
            self.put_off(row, failures[row.pk], at)
        self.owed().bulk_update(failed, self.put_off_fields, batch_size=100)

    def put_off(self, row: Row, failure: Failure, at: datetime) -> None:
        """Note a failure in a row, which is saved afterwards (`put_off_fields`)."""
        row.due_at = None if failure.final else at + self.wait(row.attempts)
        row.lease, row.attempts, row.error = None, row.attempts + 1, failure.error[:200]

    def _locked(self, rows: OwedQuerySet) -> OwedQuerySet:
        """Lock these rows in order, those that others have locked waited for or passed over (`waits_for_locks`)."""
        skip = not self.waits_for_locks and connection.features.has_select_for_update_skip_locked
        return rows.order_by("pk").select_for_update(skip_locked=skip)

    def wait(self, attempts: int) -> timedelta:
        """Time until the next try after so many that failed before this one: doubled each time, up to the longest."""
        doublings: int = 2 ** min(attempts, 20)
        return min(self.first_wait * doublings, self.longest_wait)

    def sweep(self, *, now: datetime | None = None) -> int:
        """Work on everything due (at `now`, for tests) once, or until an outage; return the number of rows done."""
        done = 0
        while (claim := self.claim(now or timezone.now())) is not None:
            try:
                failures = self.work(claim.rows)
            except Exception as error:  # whatever it is, the work stays owed
                failures = dict.fromkeys([row.pk for row in claim.rows], Failure(kind_of(error)))
            self._report(failures)
            self.settle(claim, failures, now or timezone.now())
            done += len(claim.rows) - len(failures)
            if any(failure.outage for failure in failures.values()):
                break
        return done

    def _report(self, failures: Mapping[int, Failure]) -> None:
        """One line a kind of failure, which a whole batch may share."""
        kinds: defaultdict[str, list[int]] = defaultdict(list)
        for pk, failure in failures.items():
            kinds[failure.error].append(pk)
        for error, keys in kinds.items():
            some = ", ".join(map(str, keys[:_NAMED])) + (f" and {len(keys) - _NAMED} more" * (len(keys) > _NAMED))
            logger.warning("%s %s not done (%s)", self.model._meta.label, some, error)

    def run(self, task: Any) -> None:
        """Body of the task that wakes the sweep: work on what is due, and come back when the next row falls due.

        Before the work, somebody is already bound to come back once the lease is over: a worker that is killed leaves
        its task running for ever.
        """
        due, now = self.next_due(), timezone.now()
        if due is not None and due <= now:
            come_back(task, now + self.lease)
            self.sweep()
            due = self.next_due()
        if due is not None:
            # What is still due met an outage, or was locked: not at once again.
            again = timezone.now()
            come_back(task, due if due > again else again + self.first_wait)

    def next_due(self) -> datetime | None:
        """When the next row is tried (a claimed one, when its lease ends), or None."""
        first: datetime | None = self.owed().aggregate(first=Min("due_at"))["first"]
        return first

    @transaction.atomic
    def retry(self, rows: QuerySet[Row], *, task: Any) -> int:
        """Make these due now, unless a worker has them, and wake the task that sweeps; return how many."""
        tried = self.make_due(rows)
        if tried:
            task.enqueue()
        return tried

    @transaction.atomic
    def make_due(self, rows: QuerySet[Row]) -> int:
        """Make these due now, unless a worker has them; return how many."""
        now = timezone.now()
        free = Q(lease=None) | Q(due_at=None) | Q(due_at__lte=now)
        keys = list(self._locked(self.owed().filter(free, pk__in=rows.values("pk"))).values_list("pk", flat=True))
        return self.owed().filter(pk__in=keys).update(due_at=now, lease=None)


def kind_of(error: Exception) -> str:
    """The kind of an error alone: its text may quote an address."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
