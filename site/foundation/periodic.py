"""Periodic jobs: each app registers its own in its `periodic` module; the worker runs them under a lease.

A job is run at least once at each of its hours, by one worker at a time; one that fails is tried again like any row of
the queue. Running it by hand or from cron as well changes nothing: a job does what is due and no more.
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

# The instant after one at which a job is done again.
NextRun = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done again and again; `next_run` gives the instant after one."""

    name: str
    work: Callable[[], object]
    next_run: NextRun


JOBS: dict[str, Job] = {}


def register(name: str, work: Callable[[], object], next_run: NextRun) -> None:
    """Have the worker do `work` at its hours. Raises `ValueError` when the name is taken."""
    if name in JOBS:
        raise ValueError(f"a job is called {name!r} already")
    JOBS[name] = Job(name, work, next_run)


def command(*words: str) -> Callable[[], object]:
    """A management command as work; what it prints is dropped."""
    return lambda: call_command(*words, stdout=StringIO())


def every(minutes: int) -> NextRun:
    """Again that many minutes later."""
    return lambda at: at + timedelta(minutes=minutes)


def daily(hour: int, minute: int = 0) -> NextRun:
    """Each day at that time of the site's time zone."""

    def following(at: datetime) -> datetime:
        local = timezone.localtime(at)
        today = datetime.combine(local.date(), time(hour, minute), local.tzinfo)
        return today if today > at else today + timedelta(days=1)

    return following


class PeriodicRuns(Queue[PeriodicRun]):
    """The table of runs."""

    model = PeriodicRun
    # Longer than the longest job.
    lease: ClassVar[timedelta] = timedelta(hours=1)
    first_wait: ClassVar[timedelta] = timedelta(minutes=5)

    def work(self, rows: Sequence[PeriodicRun]) -> Mapping[int, Failure]:
        failures = {}
        for row in rows:
            job = JOBS.get(row.name)
            if job is None:  # of another release
                failures[row.pk] = Failure("no such job", final=True)
                continue
            try:
                job.work()
            except Exception as error:  # tried again, and the other jobs go on
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
    """Run the jobs due now, and come back when the next one is."""
    schedule()
    QUEUE.run(run_periodic)


def schedule() -> None:
    """Give each job without a next run its first one."""
    now = timezone.now()
    missing = set(JOBS) - set(PeriodicRun.objects.filter(due_at__isnull=False).values_list("name", flat=True))
    for name in sorted(missing):
        first = JOBS[name].next_run(now)
        PeriodicRun.objects.update_or_create(name=name, defaults={"due_at": first, "attempts": 0, "error": ""})


def begin() -> None:
    """Schedule the jobs, and have a worker look at them."""
    schedule()
    come_back(run_periodic, timezone.now())
