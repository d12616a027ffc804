"""Work that must not be lost: rows, claimed under a lease, tried again after longer and longer waits.

A task only wakes the sweep: the backend neither retries a task that failed nor takes up one whose worker was killed.
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from foundation.models import OwedRow
from foundation.models.owed import OwedQuerySet
from foundation.waking import come_back

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=OwedRow)


@dataclass(frozen=True, slots=True)
class Claim(Generic[Row]):
    """Rows that one worker has until its lease ends."""

    lease: uuid.UUID
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a row could not be worked on, without personal data; a `final` one sets the row aside."""

    error: str
    final: bool = False


class Queue(Generic[Row]):
    """How the rows of one table are worked on; several workers may sweep at once.

    A subclass names its model and says what the work is; `finish` may keep rows that are done (`due_at` None).
    """

    model: type[Row]
    # Longer than the work on a batch takes: then another worker takes the rows up.
    lease: ClassVar[timedelta] = timedelta(minutes=5)
    first_wait: ClassVar[timedelta] = timedelta(seconds=30)
    longest_wait: ClassVar[timedelta] = timedelta(hours=6)
    batch: ClassVar[int] = 1

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
        due = self.owed().due(at).select_for_update(skip_locked=skip)
        keys = list(due.values_list("pk", flat=True)[: self.batch])
        if not keys:
            return None
        lease = uuid.uuid4()
        rows = self.owed().filter(pk__in=keys)
        rows.update(due_at=at + self.lease, lease=lease)
        return Claim(lease, tuple(rows.order_by("pk")))

    @transaction.atomic
    def settle(self, claim: Claim[Row], failures: Mapping[int, Failure], at: datetime) -> None:
        """Finish what was done, put off what failed. Rows claimed or changed by others meanwhile stay as they are."""
        ours = {row.pk: row for row in self.held(claim)}
        done = [pk for pk in ours if pk not in failures]
        if done:
            self.finish(self.owed().filter(pk__in=done), at)
        put_off = [row for pk, row in ours.items() if pk in failures]
        for row in put_off:
            failure = failures[row.pk]
            row.due_at = None if failure.final else at + self.wait(row.attempts)
            row.lease, row.attempts, row.error = None, row.attempts + 1, failure.error[:200]
        self.owed().bulk_update(put_off, ["due_at", "lease", "attempts", "error"], batch_size=100)

    def held(self, claim: Claim[Row]) -> QuerySet[Row]:
        """The rows that the claim still has, locked.

        Waits for other claims, which may hold a row for an instant on PostgreSQL: a row passed over here would be
        worked on twice. A table whose writers lock several rows in any order must pass over them instead.
        """
        return self.owed().filter(lease=claim.lease).order_by("pk").select_for_update()

    def wait(self, attempts: int) -> timedelta:
        """Time until the next try after so many that failed before this one: doubled each time, up to the longest."""
        doublings: int = 2 ** min(attempts, 20)
        return min(self.first_wait * doublings, self.longest_wait)

    def sweep(self, *, now: datetime | None = None) -> int:
        """Work on everything due (at `now`, for tests) once; return the number of rows done."""
        done = 0
        while (claim := self.claim(now or timezone.now())) is not None:
            try:
                failures = self.work(claim.rows)
            except Exception as error:  # whatever it is, the work stays owed
                failures = dict.fromkeys([row.pk for row in claim.rows], Failure(kind_of(error)))
            for pk, failure in failures.items():
                logger.warning("%s %s not done (%s)", self.model._meta.label, pk, failure.error)
            self.settle(claim, failures, now or timezone.now())
            done += len(claim.rows) - len(failures)
        return done

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
            come_back(task, due)

    def next_due(self) -> datetime | None:
        """When the next row is tried (a claimed one, when its lease ends), or None."""
        first: datetime | None = self.owed().aggregate(first=Min("due_at"))["first"]
        return first

    @transaction.atomic
    def retry(self, rows: QuerySet[Row], *, task: Any) -> int:
        """Make these due now, unless a worker has them, and wake the task that sweeps; return how many."""
        now = timezone.now()
        leased = rows.filter(lease__isnull=False, due_at__gt=now)
        tried = rows.exclude(pk__in=leased.values("pk")).update(due_at=now, lease=None)
        if tried:
            task.enqueue()
        return tried


def kind_of(error: Exception) -> str:
    """The kind of an error alone: its text may quote an address."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
