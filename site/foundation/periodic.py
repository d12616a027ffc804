"""Periodic jobs, registered by each app's `periodic` module and run by the worker under a lease.

A job runs at least once at each of its hours, on one worker at a time; a failed job is retried like any queue row. Jobs
are idempotent: an additional run by hand or from cron does only the work due.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO
from typing import ClassVar

from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from foundation.models import PeriodicRun
from foundation.queue import Failure, Queue, kind_of
from foundation.waking import come_back

# Returns the first run after an instant.
NextRun = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """A recurring job; `next_run` returns its first run after an instant."""

    name: str
    work: Callable[[], object]
    next_run: NextRun


JOBS: dict[str, Job] = {}


def register(name: str, work: Callable[[], object], next_run: NextRun) -> None:
    """Register `work` to run at its hours. Raises `ValueError` for a duplicate name."""
    if name in JOBS:
        raise ValueError(f"a job is called {name!r} already")
    JOBS[name] = Job(name, work, next_run)


def command(*words: str) -> Callable[[], object]:
    """Wrap a management command as work; its output is dropped."""
    return lambda: call_command(*words, stdout=StringIO())


def every(minutes: int) -> NextRun:
    """Run again after this number of minutes."""
    return lambda at: at + timedelta(minutes=minutes)


def daily(hour: int, minute: int = 0) -> NextRun:
    """Run daily at this time in the site's time zone."""

    def following(at: datetime) -> datetime:
        local = timezone.localtime(at)
        today = datetime.combine(local.date(), time(hour, minute), local.tzinfo)
        return today if today > at else today + timedelta(days=1)

    return following


class PeriodicRuns(Queue[PeriodicRun]):
    """Queue of the periodic jobs."""

    model = PeriodicRun
    # The lease must outlast the longest job.
    lease: ClassVar[timedelta] = timedelta(hours=1)
    first_wait: ClassVar[timedelta] = timedelta(minutes=5)

    def work(self, rows: Sequence[PeriodicRun]) -> Mapping[int, Failure]:
        failures = {}
        for row in rows:
            job = JOBS.get(row.name)
            if job is None:  # registered by another release
                failures[row.pk] = Failure("no such job", final=True)
                continue
            try:
                job.work()
            except Exception as error:  # retried; the other jobs go on
                failures[row.pk] = Failure(kind_of(error))
        return failures

    def finish(self, rows: QuerySet[PeriodicRun], at: datetime) -> None:
        for row in rows:
            rows.filter(pk=row.pk).update(
                due_at=JOBS[row.name].next_run(at), lease=None, attempts=0, error="", done_at=at
            )


QUEUE = PeriodicRuns()


@task()
def run_periodic() -> None:
    """Run the jobs due now; reschedule for the next one."""
    schedule()
    QUEUE.run(run_periodic)


def schedule() -> None:
    """Schedule the first run of each unscheduled job."""
    now = timezone.now()
    missing = set(JOBS) - set(PeriodicRun.objects.filter(due_at__isnull=False).values_list("name", flat=True))
    for name in sorted(missing):
        first = JOBS[name].next_run(now)
        PeriodicRun.objects.update_or_create(name=name, defaults={"due_at": first, "attempts": 0, "error": ""})


def begin() -> None:
    """Schedule the jobs and wake a worker."""
    schedule()
    come_back(run_periodic, timezone.now())
