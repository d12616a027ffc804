"""Whoever answers for the whole sees what the index lacks, in /readyz and on the admin's home; nobody else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from properties.models import Property
from search.elastic import rebuilding, worker
from search.models import Owed
from territory.models import Partner
from territory.services import align_groups
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
    bad, _good = publish([plain(), plain()], partner)
    rebuilding.rebuild(print)
    assert client.get("/readyz").json()["search"] == {"waiting": 0, "set_aside": 0, "lag": 0}
    Property.objects.update(title_fr="Verrière")
    Owed.objects.update(since=timezone.now() - timedelta(minutes=12))
    Owed.objects.filter(key=bad.pk).update(due_at=None, last_error="no such thing")
    page = enter(client, django_user_model, partner, "coordinator")
    assert "2 changes are not in the search yet. The oldest has waited for 12 minutes." in " ".join(page.split())
    assert "REF-0" in page
    assert "no such thing" in page
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["search"]["waiting"]) == (200, 2)
    assert "search" in answer.json()["degraded"]
    bad.save()
    worker.sweep()
    assert "Every change is in the search." in client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert "search" not in client.get("/readyz").json().get("degraded", [])


def test_it_says_when_elasticsearch_has_no_index(elastic, partner, client, django_user_model):
    assert "search" in client.get("/readyz").json()["degraded"]
    assert "it has no complete index" in enter(client, django_user_model, partner, "coordinator")


def test_an_officer_does_not_see_it(elastic, partner, client, django_user_model):
    assert "Search index" not in enter(client, django_user_model, partner, "officer")


def test_without_elasticsearch_there_is_nothing_to_see(db, client, django_user_model):
    assert "search" not in client.get("/readyz").json()
    assert "Search index" not in enter(client, django_user_model, make_world(), "coordinator")
