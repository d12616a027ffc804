"""What changes is owed in the transaction of its change, once a property, and paid by whoever sweeps."""

import threading

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from elastic_transport import ConnectionError as NoConnection

from properties.models import Property
from properties.services import update_property
from search.criteria import Criteria
from search.elastic import client
from search.elastic.definition import alias
from search.elastic.indexing import comparing, outbox, rebuilding, state, worker
from search.elastic.indexing.worker import QUEUE
from search.elastic.querying.engine import ElasticEngine
from search.loading import load_vocabulary
from search.models import IndexState, Owed, SynonymSet
from search.tasks import keep_index
from territory.models import Commune, Partner, Station
from tests.concurrency import at_once
from tests.implantation.factories import set_up
from tests.search.world import make_world, plain, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return make_world()


def owed() -> set[int]:
    return set(Owed.objects.values_list("key", flat=True))


def found(q: str = "") -> int:
    client.writer().indices.refresh(index=alias())
    return ElasticEngine().count(Criteria(q=q), load_vocabulary())


def paid() -> None:
    QUEUE.sweep()
    assert owed() == set()


def test_every_way_to_change_a_property_is_owed_once(index, partner):
    first, second = publish([plain(), plain()], partner)
    assert owed() == {first.pk, second.pk}
    paid()
    Property.objects.filter(pk=first.pk).update(title={"fr": "Verrière"})
    Property.objects.filter(pk=first.pk).update(title={"fr": "Serre"})
    assert owed() == {first.pk}
    first.refresh_from_db()
    square = [[2, 48], [3, 48], [3, 49], [2, 49], [2, 48]]
    Commune.objects.update(boundary={"type": "Polygon", "coordinates": [square]})
    lot = {"label": "A", "surface": 100}
    update_property(instance=second, values={}, version=second.version, lots=[lot])
    assert owed() == {first.pk, second.pk}
    paid()
    second.refresh_from_db()
    second.delete()
    assert len(owed()) == 1
    paid()
    assert (found(), found("serre")) == (1, 1)


def test_nothing_is_made_by_removing_where_there_is_no_index(elastic, partner):
    _kept, removed = publish([plain(), plain()], partner)
    paid()
    removed.delete()
    paid()
    rebuilding.rebuild(lambda line: None)
    assert found() == 1


def test_what_a_property_depends_on_is_followed(index, partner):
    away = plain(commune="94038", place=(48.66, 2.31), walks=(("athis", 9),))
    near, far = publish([plain(walks=(("orly", 5),)), away], partner)
    paid()
    commune = Commune.objects.get(insee="94065")
    commune.population += 1
    commune.save()
    Partner.objects.get().save()
    assert owed() == set()
    commune.name = "Rungis-les-Halles"
    commune.save()
    assert owed() == {near.pk}
    paid()
    assert found("halles") == 1
    Station.objects.get(slug="athis").lines.add("M14")
    assert owed() == {far.pk}
    paid()
    assert comparing.differences() == []
    assert ElasticEngine().count(Criteria(line=("M14",)), load_vocabulary()) == 2
    at = {"latitude": far.public_latitude, "longitude": far.public_longitude}
    Station.objects.filter(slug="orly").update(latitude=0)
    moved = Station.objects.get(slug="orly")
    moved.latitude, moved.longitude = at.values()
    moved.save()
    assert owed() == {near.pk, far.pk}
    paid()
    assert comparing.differences() == []
    assert ElasticEngine().keys(Criteria(station=("orly",), walk_max=5), load_vocabulary()) == (far.pk,)


def test_a_change_undone_is_not_owed(index, partner):
    (item,) = publish([plain()], partner)
    paid()
    with transaction.atomic():
        Property.objects.filter(pk=item.pk).update(title={"fr": "Verrière"})
        transaction.set_rollback(True)
    assert owed() == set()


def test_a_worker_is_woken_once_the_change_is_committed(index, partner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        items = publish([plain(), plain()], partner)
        for item in items:
            item.save()
    tasks = DBTaskResult.objects.filter(task_path="search.tasks.keep_index")
    assert tasks.count() == 1
    keep_index.func()
    assert owed() == set()
    assert found() == 2


def test_a_change_made_while_its_property_is_written_stays_owed(index, partner):
    (item,) = publish([plain()], partner)
    taken = QUEUE.claim(timezone.now())
    Property.objects.filter(pk=item.pk).update(title={"fr": "Verrière"})
    QUEUE.settle(taken, {}, timezone.now())
    assert owed() == {item.pk}
    paid()
    assert found("verrière") == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_settles_never_makes_a_writer_fail(elastic):
    """Both end, where each of them has a row that the other one wants; what was written stays owed."""
    outbox.owe([1, 2])
    taken = QUEUE.claim(timezone.now())
    written, settled = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            outbox.owe([2])
            written.set()
            # On SQLite the worker waits for the writer; here it has had the time to take what it can.
            settled.wait(timeout=0.5)
            outbox.owe([1])

    def settle() -> None:
        written.wait(timeout=10)
        QUEUE.settle(taken, {}, timezone.now())
        settled.set()

    assert at_once(write, settle) == [None, None]
    assert dict(Owed.objects.values_list("key", "lease")) == {1: None, 2: None}


def test_an_older_write_that_comes_late_changes_nothing(index, partner):
    (item,) = publish([plain(title="Atelier")], partner)
    late, sequence = worker.documents([item.pk]), outbox.next_sequence()
    Property.objects.filter(pk=item.pk).update(state="withdrawn")
    paid()
    assert worker.put(late, sequence, [alias()]) == {}
    assert found() == 0


def test_what_a_killed_worker_had_is_taken_up_after_its_lease(index, partner):
    (item,) = publish([plain()], partner)
    assert [row.key for row in QUEUE.claim(timezone.now()).rows] == [item.pk]
    assert QUEUE.claim(timezone.now()) is None
    assert Owed.objects.filter(due_at__gt=timezone.now() + QUEUE.lease / 2).exists()
    Owed.objects.update(due_at=timezone.now())
    paid()
    assert found() == 1


def test_when_the_engine_fails_all_is_put_off_longer_each_time_and_nothing_is_set_aside(index, partner, monkeypatch):
    publish([plain(), plain()], partner)

    def fail(*args: object) -> None:
        raise NoConnection("nobody there")

    now = timezone.now()
    with monkeypatch.context() as broken:
        broken.setattr(worker, "put", fail)
        broken.setattr("django.utils.timezone.now", lambda: now)
        waits = []
        for _ in range(8):
            Owed.objects.update(due_at=now)
            assert QUEUE.sweep() == 0
            waits.append((Owed.objects.first().due_at - now).total_seconds())
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    assert outbox.debt().set_aside == 0
    Owed.objects.update(due_at=timezone.now())
    paid()


def test_what_the_index_refuses_spoils_nothing_and_is_set_aside_and_reported(index, partner, monkeypatch, client):
    bad, _good = publish([plain(), plain()], partner)
    made = worker.document

    def spoil(entry):
        return made(entry) | ({"surface": {"no": "word"}} if entry.key == bad.pk else {})

    with monkeypatch.context() as spoilt:
        spoilt.setattr(worker, "document", spoil)
        for _ in range(QUEUE.most_refusals):
            Owed.objects.update(due_at=timezone.now())
            QUEUE.sweep()
        assert owed() == {bad.pk}
        assert outbox.debt().set_aside == 1
        assert QUEUE.sweep() == 0
    (row,) = state.first_set_aside()
    assert "document_parsing_exception" in row.error
    set_up()
    answer = client.get("/readyz").json()
    assert answer["search"]["set_aside"] == 1
    assert "search" in answer["degraded"]
    bad.save()
    paid()
    assert found() == 2


def test_a_document_that_cannot_be_made_spoils_no_other(index, partner, monkeypatch):
    bad, _good = publish([plain(), plain()], partner)
    made = worker.document

    def fail(entry):
        if entry.key == bad.pk:
            raise ValueError("no such thing")
        return made(entry)

    monkeypatch.setattr(worker, "document", fail)
    QUEUE.sweep()
    assert owed() == {bad.pk}
    assert Owed.objects.get().error == "ValueError: no such thing"
    assert found() == 1


def test_without_elasticsearch_nothing_accumulates_but_the_moment_since_when_it_misses_changes(
    index, partner, settings
):
    address = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = ""
    publish([plain(), plain()], partner)
    assert owed() == set()
    assert IndexState.objects.get().missed_since
    settings.ELASTICSEARCH_URL = address
    assert state.state().unserved
    assert comparing.sync()
    assert not state.state().unserved
    assert found() == 2


def test_synonyms_are_owed_and_in_force_once_paid(index, partner):
    publish([plain(title="Atelier")], partner)
    paid()
    assert found("fabrique") == 0
    kept = SynonymSet.objects.create(expressions=["atelier", "fabrique", "local d’activité"])
    assert owed() == {Owed.SYNONYMS}
    paid()
    assert (found("fabrique"), found("locaux d’activité")) == (1, 1)
    kept.delete()
    paid()
    assert found("fabrique") == 0


def test_a_set_that_an_editor_keeps_is_in_force_as_soon_as_the_worker_has_run(
    index, partner, client, django_user_model, django_capture_on_commit_callbacks
):
    publish([plain(title="Atelier")], partner)
    paid()
    client.force_login(django_user_model.objects.create_superuser("editor", password="x"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("synonyms:add"), {"expressions": "atelier, fabrique"})
    assert DBTaskResult.objects.filter(task_path="search.tasks.keep_index").exists()
    keep_index.func()
    assert (owed(), found("fabrique")) == (set(), 1)
    kept = SynonymSet.objects.get()
    client.post(reverse("synonyms:edit", args=[kept.pk]), {"expressions": "atelier, manufacture"})
    keep_index.func()
    assert (found("fabrique"), found("manufactures")) == (0, 1)
    client.post(reverse("synonyms:delete", args=[kept.pk]))
    keep_index.func()
    assert found("manufacture") == 0
