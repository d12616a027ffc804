"""Whoever answers for the whole sees what the index lacks, in /readyz and on the admin's home; nobody else does."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from properties.models import Property
from search.elastic.definition import alias
from search.elastic.indexing import outbox, rebuilding, worker
from search.elastic.indexing.worker import QUEUE
from search.models import Owed
from search.tasks import keep_index
from territory.models import Partner
from territory.services import align_groups
from tests.implantation.factories import set_up
from tests.search.world import make_world, plain, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return make_world()


def enter(client, django_user_model, partner, role):
    user = django_user_model.objects.create_user("someone", password="x")
    align_groups(officer=partner.officers.create(user=user, role=role))
    client.force_login(user)
    return client.get("/admin/", headers={"accept-language": "en"}).content.decode()


def test_a_coordinator_sees_what_waits_and_what_is_refused(elastic, partner, client, django_user_model, monkeypatch):
    set_up()
    bad, _good = publish([plain(), plain()], partner)
    rebuilding.rebuild(print)
    told = {"index": alias(), "waiting": 0, "set_aside": 0, "lag": 0}
    assert client.get("/readyz").json()["search"] == told
    Property.objects.update(title={"fr": "Verrière"})
    Owed.objects.update(since=timezone.now() - timedelta(minutes=12))
    Owed.objects.filter(key=bad.pk).update(due_at=None, error="no such thing")
    page = enter(client, django_user_model, partner, "coordinator")
    assert "2 changes are not in the search yet. The oldest has waited for 12 minutes." in " ".join(page.split())
    assert "REF-0" in page
    assert alias() in page
    assert "no such thing" in page
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["search"]["waiting"]) == (200, 2)
    assert "search" in answer.json()["degraded"]
    bad.save()
    QUEUE.sweep()
    assert "Every change is in the search." in client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert "search" not in client.get("/readyz").json().get("degraded", [])


AGAIN = reverse("try_index_again")


def set_aside(item, monkeypatch):
    """Refused as often as it takes, by an index that would not have it."""

    def spoil(entry):
        raise ValueError("no such thing")

    with monkeypatch.context() as spoilt:
        spoilt.setattr(worker, "document", spoil)
        item.save()
        for _ in range(QUEUE.most_refusals):
            Owed.objects.update(due_at=timezone.now())
            QUEUE.sweep()
    assert outbox.debt().set_aside == 1


def test_what_was_set_aside_is_named_and_one_click_tries_it_again(
    elastic, partner, client, django_user_model, monkeypatch, django_capture_on_commit_callbacks
):
    (item,) = publish([plain()], partner)
    rebuilding.rebuild(print)
    set_aside(item, monkeypatch)
    page = BeautifulSoup(enter(client, django_user_model, partner, "coordinator"), "html.parser")
    (row,) = page.select("[aria-labelledby=index-panel-title] li")
    assert row.a.get_text() == "REF-0"
    assert client.get(row.a["href"]).status_code == 200
    assert "no such thing" in row.get_text()
    form = page.select_one("[aria-labelledby=index-panel-title] form")
    assert (form["action"], form["method"]) == (AGAIN, "post")
    assert form.select_one("[name=csrfmiddlewaretoken]")["value"]
    with django_capture_on_commit_callbacks(execute=True):
        after = client.post(AGAIN, follow=True, headers={"accept-language": "en"}).content.decode()
    assert "1 change is tried again." in after
    assert DBTaskResult.objects.filter(task_path="search.tasks.keep_index").exists()
    keep_index.func()
    assert not Owed.objects.exists()
    assert "Nothing to try again" in client.post(AGAIN, follow=True, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("role", ["officer", "deputy", None])
def test_nobody_else_tries_again(elastic, partner, client, django_user_model, monkeypatch, role):
    (item,) = publish([plain()], partner)
    rebuilding.rebuild(print)
    set_aside(item, monkeypatch)
    if role:
        enter(client, django_user_model, partner, role)
    assert client.post(AGAIN).status_code == 302
    assert outbox.debt().set_aside == 1


def test_it_says_when_elasticsearch_has_no_index(elastic, partner, client, django_user_model):
    set_up()
    assert "search" in client.get("/readyz").json()["degraded"]
    assert "it has no complete index" in enter(client, django_user_model, partner, "coordinator")


def test_an_officer_does_not_see_it(elastic, partner, client, django_user_model):
    assert "Search index" not in enter(client, django_user_model, partner, "officer")


def test_without_elasticsearch_there_is_nothing_to_see(db, client, django_user_model):
    set_up()
    assert "search" not in client.get("/readyz").json()
    assert "Search index" not in enter(client, django_user_model, make_world(), "coordinator")
