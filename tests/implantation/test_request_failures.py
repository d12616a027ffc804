"""Whatever fails while a form is handled: a page in words, what was typed kept, nothing half written."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import OperationalError

from implantation.enquiries.models import Enquiry, Event, Notice, ReferenceCounter
from implantation.enquiries.tracking import token_for
from implantation.routing.models import RoutingTable
from territory.models import Partner
from tests.implantation.factories import submitted, sweep_notices
from tests.implantation.test_request import ANSWERS, PATHS, fill, key_of, patient, send  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
SORRY = {"fr": "La faute est nôtre", "en": "The fault is ours"}


def fails(*args, **kwargs):
    raise OperationalError("database is locked")


def nothing_is_written():
    return not (Enquiry.objects.exists() or Event.objects.exists() or Notice.objects.exists())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "step", ["implantation.enquiries.submission.route", "implantation.enquiries.submission.record"]
)
def test_a_failure_midway_keeps_the_answers_and_a_second_try_sends_them(
    client, partnership, monkeypatch, language, step
):
    fill(client, language)
    with monkeypatch.context() as broken:
        broken.setattr(step, fails)
        response = send(client, language)
    assert response.status_code == 503
    assert SORRY[language] in response.content.decode()
    assert ANSWERS["project"]["message"] in response.content.decode()
    assert nothing_is_written()
    assert not ReferenceCounter.objects.filter(last__gt=0).exists()
    assert send(client, language).status_code == 302
    assert Enquiry.objects.get().message == ANSWERS["project"]["message"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_a_coordinator_the_answers_are_kept_and_it_says_so(client, partnership, language):
    fill(client, language)
    Partner.objects.update(is_coordinator=False)
    response = send(client, language)
    assert response.status_code == 503
    assert SORRY[language] in response.content.decode()
    assert nothing_is_written()
    Partner.objects.filter(pk=partnership.ept.pk).update(is_coordinator=True)
    assert send(client, language).status_code == 302


def test_without_a_routing_table_the_coordinator_holds_the_enquiry(client, partnership):
    RoutingTable.objects.update(state="superseded")
    fill(client)
    assert send(client).status_code == 302
    assert Enquiry.objects.get().holder == partnership.ept


def test_a_mail_server_that_is_down_loses_no_enquiry_and_no_mail(client, partnership, monkeypatch):
    fill(client)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
    assert send(client).status_code == 302
    sweep_notices()
    assert Notice.objects.filter(sent_at__isnull=True, attempts=1).count() == Notice.objects.count() > 1
    assert mail.outbox == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_session_that_ended_while_the_page_was_read_loses_no_answer(client, partnership, language):
    fill(client, language)
    page = client.get(PATHS[language]["review"]).content.decode()
    posted = hidden_fields(page)
    Session.objects.all().delete()
    response = client.post(PATHS[language]["review"], posted)
    assert response.status_code == 409
    assert ANSWERS["project"]["message"] in response.content.decode()
    assert nothing_is_written()
    assert send(client, language).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.message, enquiry.email) == (ANSWERS["project"]["message"], ANSWERS["contact"]["email"])


@pytest.mark.parametrize("step", list(ANSWERS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_step_that_cannot_be_kept_shows_what_was_typed_and_posts_it_again(
    client, partnership, monkeypatch, language, step
):
    with monkeypatch.context() as broken:
        broken.setattr("django.contrib.sessions.backends.db.SessionStore.save", fails)
        response = client.post(PATHS[language][step], ANSWERS[step])
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert SORRY[language] in page
    posted = hidden_fields(page)
    assert posted == ANSWERS[step]
    assert client.post(PATHS[language][step], posted).status_code == 302


def test_a_message_of_the_tracking_page_is_shown_again_when_it_cannot_be_kept(client, partnership, monkeypatch):
    enquiry = submitted()
    before = enquiry.events.count()
    monkeypatch.setattr("implantation.enquiries.follow_up.views.record_reply", fails)
    address = f"/fr/implantation/suivi/{token_for(enquiry)}/"
    response = client.post(address, {"message": "Nous visitons <mardi>.", "seen": before})
    page = response.content.decode()
    assert response.status_code == 503
    assert "Nous visitons &lt;mardi&gt;." in page
    assert enquiry.events.count() == before


def test_a_form_sent_twice_at_once_is_one_enquiry(client, partnership):
    fill(client)
    key, session = key_of(client), client.cookies["sessionid"].value
    first = client.post(PATHS["fr"]["review"], {"key": key})
    # The second request read the session before the first one wrote it.
    client.cookies["sessionid"] = session
    second = client.post(PATHS["fr"]["review"], {"key": key})
    assert first["Location"] == second["Location"]
    assert Enquiry.objects.count() == 1


def test_a_key_that_nobody_made_sends_nothing(client, partnership):
    response = client.post(PATHS["fr"]["review"], {"key": str(uuid.uuid4())})
    assert response.status_code == 409
    assert nothing_is_written()


def hidden_fields(page):
    """What the page's hidden fields post, but the form token."""
    from_page = [
        (tag["name"], tag.get("value", ""))
        for tag in BeautifulSoup(page, "html.parser").select("main form input[type=hidden]")
    ]
    return {name: value for name, value in from_page if name != "csrfmiddlewaretoken"}
