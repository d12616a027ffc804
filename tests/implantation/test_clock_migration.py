"""Enquiries that came in before there was a clock are given one, and none is late by surprise."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from implantation.deadlines import PARIS, working_days

BEFORE = [("implantation", "0005_facts_corrected"), ("territory", "0001_initial")]
AFTER = [("implantation", "0008_clock_holds"), ("territory", "0002_answers_in_time")]


@pytest.fixture
def before(db):
    """The apps as they were."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_what_was_open_is_given_a_clock(before):
    partner, model = before.get_model("territory", "Partner"), before.get_model("implantation", "Enquiry")
    event = before.get_model("implantation", "Event")
    facts = dict.fromkeys(("project", "activity", "place", "headcount", "premises", "origin"), "unknown")
    slow = {"first_answer_days": 9, "kind": "other", "member_since": date(2018, 6, 25)}
    partner.objects.create(slug="slow", short_name="Slow", **slow)
    cma = partner.objects.create(slug="cma", short_name="Cma", **slow | {"first_answer_days": 2})
    now = timezone.now()

    def received(state, *said, **more):
        enquiry = model.objects.create(
            reference=f"GO-2020-{model.objects.count():06d}",
            idempotency_key=uuid.uuid4(),
            language="fr",
            state=state,
            holder=cma,
            held_since=now,
            last_contact_at=now,
            first_answer_due=date(2026, 11, 3),
            **facts | more,
        )
        for place, kind in enumerate(said, start=1):
            event.objects.create(enquiry=enquiry, sequence=place, kind=kind, at=now + timedelta(seconds=place))
        return enquiry.pk

    answered = {"first_answered_at": now}
    made = {
        "waiting": received("received"),
        "suspect": received("quarantined"),
        "answered": received("in_progress", "message_out", **answered),
        "awaited": received("awaiting_investor", "message_out", **answered),
        "served": received("in_progress", "message_out", "message_out", **answered),
        "asking": received("in_progress", "message_out", "message_out", "message_in", **answered),
        "closed": received("settled", closed_at=now),
    }
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    apps = executor.loader.project_state(AFTER).apps
    rows = {name: apps.get_model("implantation", "Enquiry").objects.get(pk=pk) for name, pk in made.items()}
    assert {name: row.step for name, row in rows.items()} == {
        "waiting": "first_answer",
        "suspect": "check",
        "answered": "tailored_answer",
        "awaited": "tailored_answer",
        "served": "",
        "asking": "reply",
        "closed": "",
    }
    # What was promised keeps its day; what nobody had promised counts from now.
    assert rows["waiting"].due_at == rows["suspect"].due_at == datetime(2026, 11, 3, 18, tzinfo=PARIS)
    assert rows["answered"].due_at > now
    assert rows["asking"].due_at > now
    assert (rows["awaited"].due_at, rows["awaited"].time_left) == (None, working_days(5))
    assert rows["served"].tailored_at is not None
    partners = apps.get_model("territory", "Partner").objects
    delays = {row.slug: (row.first_answer_days, row.tailored_answer_days) for row in partners.all()}
    assert delays == {"slow": (9, 9), "cma": (1, 5)}
