"""Periodic jobs run at their hours, once, whoever has a worker, and are tried again when they fail."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from foundation import periodic
from foundation.models import PeriodicRun
from foundation.periodic import QUEUE, Job, daily, every, run_periodic, schedule
from tests.concurrency import at_once

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def done(monkeypatch):
    """Two jobs in the place of the site's: one that is noted, one that fails."""
    times = []

    def fails():
        times.append("failed")
        raise ConnectionError("of somebody@example.org")

    jobs = {
        "test.works": Job("test.works", lambda: times.append("worked"), every(minutes=10)),
        "test.fails": Job("test.fails", fails, daily(3)),
    }
    monkeypatch.setattr(periodic, "JOBS", jobs)
    PeriodicRun.objects.all().delete()
    return times


@pytest.mark.django_db
def test_each_job_of_the_site_has_its_next_run_after_a_migration():
    assert set(PeriodicRun.objects.values_list("name", flat=True)) == set(periodic.JOBS)
    assert not PeriodicRun.objects.filter(due_at=None).exists()
    waiting = DBTaskResult.objects.filter(task_path=run_periodic.module_path, status=TaskResultStatus.READY)
    assert waiting.exists()


@pytest.mark.django_db
def test_a_job_runs_at_its_hour_and_not_before_and_has_a_next_one(done):
    schedule()
    run = PeriodicRun.objects.get(name="test.works")
    PeriodicRun.objects.filter(name="test.fails").delete()
    assert QUEUE.sweep(now=run.due_at - timedelta(seconds=1)) == 0
    assert done == []
    assert QUEUE.sweep(now=run.due_at) == 1
    assert done == ["worked"]
    again = PeriodicRun.objects.get(name="test.works")
    assert again.due_at == again.done_at + timedelta(minutes=10)
    assert QUEUE.sweep(now=run.due_at) == 0


@pytest.mark.django_db
def test_a_job_that_fails_is_tried_again_and_stops_no_other(done):
    schedule()
    PeriodicRun.objects.update(due_at=NOW)
    assert QUEUE.sweep(now=NOW) == 1
    assert sorted(done) == ["failed", "worked"]
    failed = PeriodicRun.objects.get(name="test.fails")
    assert (failed.attempts, failed.error, failed.due_at) == (1, "ConnectionError", NOW + QUEUE.first_wait)
    assert failed.done_at is None


@pytest.mark.django_db
def test_a_job_of_another_release_is_set_aside_and_taken_up_once_it_is_known(done, monkeypatch):
    PeriodicRun.objects.create(name="test.later", due_at=NOW)
    QUEUE.sweep(now=NOW)
    assert PeriodicRun.objects.get(name="test.later").due_at is None
    monkeypatch.setitem(periodic.JOBS, "test.later", Job("test.later", lambda: None, every(minutes=5)))
    schedule()
    assert PeriodicRun.objects.get(name="test.later").due_at is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_runs_the_job(done):
    schedule()
    PeriodicRun.objects.filter(name="test.works").update(due_at=NOW)
    outcomes = at_once(*[lambda: QUEUE.sweep(now=NOW)] * 3)
    assert sum(outcomes) == 1
    assert done == ["worked"]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_a_daily_job_is_due_within_a_day_at_its_time_in_the_sites_zone(moment, hour, minute):
    at = moment.replace(tzinfo=ZoneInfo("UTC"))
    following = daily(hour, minute)(at)
    assert at < following <= at + timedelta(hours=25)
    local = timezone.localtime(following)
    # In the hour that spring skips, one hour later.
    assert (local.hour, local.minute) in {(hour, minute), (hour + 1, minute)}


@pytest.mark.django_db
def test_every_job_of_the_site_can_run(settings):
    settings.ELASTICSEARCH_URL = ""
    for job in periodic.JOBS.values():
        job.work()


@pytest.mark.django_db
def test_migrating_again_changes_no_next_run():
    before = dict(PeriodicRun.objects.values_list("name", "due_at"))
    call_command("migrate", verbosity=0)
    assert dict(PeriodicRun.objects.values_list("name", "due_at")) == before
