"""The outbox moved to the queue's columns: what a site owes Elasticsearch then is still owed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from search.models import Owed


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("search", name)])
    return executor.loader.project_state([("search", name)]).apps


@pytest.mark.django_db(transaction=True)
def test_what_was_owed_before_the_queue_is_owed_on_it():
    now = timezone.now()
    try:
        former = migrate("0001_release_1").get_model("search", "Owed")
        former.objects.create(key=1, since=now, due_at=now)
        former.objects.create(key=2, since=now, due_at=now + timedelta(minutes=2), claim=7, attempts=3)
        former.objects.create(key=3, since=now, due_at=None, refusals=5, attempts=5, last_error="x" * 300)
    finally:
        migrate("0002_outbox_on_the_queue")
    owed = {row.key: row for row in Owed.objects.all()}
    assert owed.keys() == {1, 2, 3}
    assert (owed[1].since, owed[1].due_at) == (now, now)
    assert (owed[2].due_at, owed[2].lease, owed[2].attempts) == (now + timedelta(minutes=2), None, 3)
    assert (owed[3].due_at, owed[3].refusals, owed[3].error) == (None, 0, "x" * 200)
