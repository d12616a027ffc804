"""The probes of whoever runs the site."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from foundation import lookalikes
from foundation.accounts import services
from foundation.models import AccountMail
from territory.models import Partner
from tests.implantation.factories import in_force
from tests.territory.factories import PartnerFactory, UserFactory


@pytest.fixture
def set_up(db):
    """A partner that coordinates and a table in force: less than that is not ready."""
    in_force((PartnerFactory(is_coordinator=True), {}))


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_ready(client, territory):
    in_force((Partner.objects.coordinator(), {}))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "ready"


def test_not_ready_while_no_enquiry_could_be_held(client, db):
    not_set_up = {"status": "not set up", "hint": "manage.py setup"}
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, not_set_up | {"missing": ["coordinator", "routing table"]})
    ept = PartnerFactory(is_coordinator=True)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, not_set_up | {"missing": ["routing table"]})
    in_force((ept, {}))
    assert client.get("/readyz").status_code == 200
    Partner.objects.update(is_coordinator=False)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, not_set_up | {"missing": ["coordinator"]})


def test_check_says_why_without_an_option(capsys, db):
    call_command("check")
    said = capsys.readouterr().err
    assert "(implantation.W001) No routing table is in force." in said
    assert "(implantation.W003) No partner coordinates" in said
    assert said.count("manage.py setup") == 2
    in_force((PartnerFactory(is_coordinator=True), {}))
    call_command("check")
    assert "implantation" not in capsys.readouterr().err


def test_not_ready_while_a_migration_is_pending(client, db):
    recorder = MigrationRecorder(connection)
    _app, last = max(applied for applied in recorder.applied_migrations() if applied[0] == "territory")
    recorder.record_unapplied("territory", last)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "pending migration"}


def test_not_ready_without_a_database(client, monkeypatch):
    def refuse() -> None:
        raise DatabaseError("no server")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(connection, "cursor", lambda *arguments, **options: refuse())
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "no database"}


def test_degraded_while_an_account_mail_is_in_trouble(client, set_up):
    services.invite(user=UserFactory())
    assert "account mails" not in client.get("/readyz").json().get("degraded", [])
    AccountMail.objects.update(attempts=1)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "account mails" in answer.json()["degraded"]


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "alike"),
    [
        (0, "127.0.0.1", "8.8.8.8", True),
        (0, "10.1.2.3", "[2a01:e0a::1]:443", True),
        (0, "", "8.8.8.8", True),
        # Two proxies, one of them counted.
        (1, "127.0.0.1", "8.8.8.8, 10.0.0.2", True),
        # One proxy, two of them counted.
        (2, "127.0.0.1", "8.8.8.8", True),
        (1, "127.0.0.1", "8.8.8.8", False),
        (1, "127.0.0.1", "9.9.9.9, 8.8.8.8:77", False),
        # A visitor's own invention, without a proxy.
        (0, "8.8.8.8", "9.9.9.9", False),
        # A house of private addresses: they differ.
        (0, "192.168.1.7", "192.168.1.9", False),
        (0, "127.0.0.1", "", False),
    ],
)
def test_degraded_while_all_visitors_look_like_one(client, set_up, settings, proxies, peer, forwarded, alike):
    settings.TRUSTED_PROXIES = proxies
    client.get("/healthz", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert ("visitors look alike" in client.get("/readyz").json().get("degraded", [])) is alike


@pytest.mark.parametrize(
    ("addresses", "path", "alike"),
    [
        (["127.0.0.1"] * 5, "/robots.txt", True),
        (["127.0.0.1"] * 4, "/robots.txt", False),
        (["127.0.0.1", "192.168.1.7", *["127.0.0.1"] * 5], "/robots.txt", False),
        (["8.8.8.8"] * 5, "/robots.txt", False),
        (["127.0.0.1"] * 5, "/healthz", False),
    ],
)
def test_degraded_when_many_requests_have_one_private_address(client, db, monkeypatch, addresses, path, alike):
    monkeypatch.setattr(lookalikes, "MANY", 5)
    for address in addresses:
        client.get(path, REMOTE_ADDR=address)
    assert lookalikes.visitors_look_alike() is alike


@pytest.mark.parametrize("path", ["/fr/nulle-part/", "/en/nowhere/", "/nowhere", "/fr/%00/", "/en/premises/%00/"])
def test_an_unknown_address_is_404(client, db, path):
    response = client.get(path, follow=True, headers={"accept-language": "en"})
    assert response.status_code == 404
    language = "fr" if path.startswith("/fr/") else "en"
    assert f'<html lang="{language}"' in response.content.decode()
