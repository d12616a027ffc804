"""Durable queue on database rows: at-least-once delivery, leases, exponential backoff.

A task only wakes the sweep: the backend neither retries a failed task nor resumes the task of a killed worker.
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
# Rows named in the log for a failed batch.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Claim(Generic[Row]):
    """Rows leased to one worker."""

    lease: uuid.UUID
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Failure:
    """Reason for a failed row, without personal data.

    `final` sets the row aside. `outage` affects every row: the sweep ends.
    """

    error: str
    final: bool = False
    outage: bool = False


class Queue(Generic[Row]):
    """Work on the rows of one outbox table; several workers may sweep concurrently.

    A subclass names its `model` and implements `work`; `finish` may keep done rows (`due_at` None), and `put_off` may
    record more about a failure.
    """

    model: type[Row]
    # Must exceed the duration of a batch: another worker takes over when the lease expires.
    lease: ClassVar[timedelta] = timedelta(minutes=5)
    first_wait: ClassVar[timedelta] = timedelta(seconds=30)
    longest_wait: ClassVar[timedelta] = timedelta(hours=6)
    batch: ClassVar[int] = 1
    # Locking policy for rows locked by others (on PostgreSQL) when settling or making due. True waits: a skipped row
    # would be worked on twice, once its lease ends, and a mail sent twice. False skips, for tables with writers locking
    # several rows in any order: waiting could deadlock, so repeated work must be harmless.
    waits_for_locks: ClassVar[bool] = True
    # Columns changed by `put_off`.
    put_off_fields: ClassVar[tuple[str, ...]] = ("due_at", "lease", "attempts", "error")

    def work(self, rows: Sequence[Row]) -> Mapping[int, Failure]:
        """Do the work of these rows; return the failures by primary key. An exception fails all of them."""
        raise NotImplementedError

    def finish(self, rows: QuerySet[Row], at: datetime) -> None:
        """Settle rows done at `at`; deletes them by default."""
        rows.delete()

    def owed(self) -> OwedQuerySet:
        """Return all rows of the table, chainable."""
        return OwedQuerySet(self.model)

    @transaction.atomic
    def claim(self, at: datetime) -> Claim[Row] | None:
        """Lease the next due batch; None when nothing is due.

        Inside an outer transaction, the lease starts on commit.
        """
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
        """Finish the done rows and put off the failed ones.

        Rows claimed or changed by others meanwhile are left alone.
        """
        held = set(self._locked(self.owed().filter(lease=claim.lease)).values_list("pk", flat=True))
        if done := held - failures.keys():
            self.finish(self.owed().filter(pk__in=done), at)
        failed = list(self.owed().filter(pk__in=held & failures.keys()))
        for row in failed:
            self.put_off(row, failures[row.pk], at)
        self.owed().bulk_update(failed, self.put_off_fields, batch_size=100)

    def put_off(self, row: Row, failure: Failure, at: datetime) -> None:
        """Record a failure on the instance; the caller saves `put_off_fields`."""
        row.due_at = None if failure.final else at + self.wait(row.attempts)
        row.lease, row.attempts, row.error = None, row.attempts + 1, failure.error[:200]

    def _locked(self, rows: OwedQuerySet) -> OwedQuerySet:
        """Lock rows in key order; rows locked by others are waited for or skipped (`waits_for_locks`)."""
        skip = not self.waits_for_locks and connection.features.has_select_for_update_skip_locked
        return rows.order_by("pk").select_for_update(skip_locked=skip)

    def wait(self, attempts: int) -> timedelta:
        """Return the exponential backoff after `attempts` earlier failures, capped at `longest_wait`."""
        doublings: int = 2 ** min(attempts, 20)
        return min(self.first_wait * doublings, self.longest_wait)

    def sweep(self, *, now: datetime | None = None) -> int:
        """Work on every due row once, or until an outage; return the number of rows done. `now` is for tests."""
        done = 0
        while (claim := self.claim(now or timezone.now())) is not None:
            try:
                failures = self.work(claim.rows)
            except Exception as error:  # on any error the work stays owed
                failures = dict.fromkeys([row.pk for row in claim.rows], Failure(kind_of(error)))
            self._report(failures)
            self.settle(claim, failures, now or timezone.now())
            done += len(claim.rows) - len(failures)
            if any(failure.outage for failure in failures.values()):
                break
        return done

    def _report(self, failures: Mapping[int, Failure]) -> None:
        """Log one line per distinct failure of a batch."""
        kinds: defaultdict[str, list[int]] = defaultdict(list)
        for pk, failure in failures.items():
            kinds[failure.error].append(pk)
        for error, keys in kinds.items():
            some = ", ".join(map(str, keys[:_NAMED])) + (f" and {len(keys) - _NAMED} more" * (len(keys) > _NAMED))
            logger.warning("%s %s not done (%s)", self.model._meta.label, some, error)

    def run(self, task: Any) -> None:
        """Run the sweep as a task, and reschedule for the next due row.

        A wake-up at the end of the lease is scheduled before the work: a killed worker leaves its task marked as
        running for ever.
        """
        due, now = self.next_due(), timezone.now()
        if due is not None and due <= now:
            come_back(task, now + self.lease)
            self.sweep()
            due = self.next_due()
        if due is not None:
            # Rows still due met an outage or a lock: retry after the first wait, not at once.
            again = timezone.now()
            come_back(task, due if due > again else again + self.first_wait)

    def next_due(self) -> datetime | None:
        """Return the next try (of a claimed row, the end of its lease), or None."""
        first: datetime | None = self.owed().aggregate(first=Min("due_at"))["first"]
        return first

    @transaction.atomic
    def retry(self, rows: QuerySet[Row], *, task: Any) -> int:
        """Make unclaimed rows due now and wake the sweep; return their number."""
        tried = self.make_due(rows)
        if tried:
            task.enqueue()
        return tried

    @transaction.atomic
    def make_due(self, rows: QuerySet[Row]) -> int:
        """Make unclaimed rows due now; return their number."""
        now = timezone.now()
        free = Q(lease=None) | Q(due_at=None) | Q(due_at__lte=now)
        keys = list(self._locked(self.owed().filter(free, pk__in=rows.values("pk"))).values_list("pk", flat=True))
        return self.owed().filter(pk__in=keys).update(due_at=now, lease=None)


def kind_of(error: Exception) -> str:
    """Return the type of an error without its text, which may quote an address."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
