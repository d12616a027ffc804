"""Nothing opens an enquiry but its live link, or the session that sent it."""

import re
import uuid

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import translation

from implantation.enquiries.conversation import replace_link
from implantation.enquiries.models import Enquiry
from implantation.enquiries.submission import submission_digest
from implantation.enquiries.tracking import token_for
from tests.implantation.test_request import PATHS, fill, key_of, patient  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
# Typed nowhere else: a page that shows it has opened the enquiry.
MARK = "Menuiserie Exemple"


@pytest.fixture
def sent(client, partnership):
    """A request sent from `client`: its enquiry, its key, and where its own browser was led."""
    fill(client)
    key = key_of(client)
    response = client.post(PATHS["fr"]["review"], {"key": key})
    return Enquiry.objects.get(), key, response["Location"]


def test_the_browser_that_sent_it_is_led_back_by_the_same_form(client, sent):
    enquiry, key, confirmation = sent
    again = client.post(PATHS["fr"]["review"], {"key": key})
    assert (again.status_code, again["Location"]) == (302, confirmation)
    assert Enquiry.objects.get() == enquiry


def test_the_key_leads_another_browser_nowhere_and_writes_nothing(sent):
    enquiry, key, _confirmation = sent
    response = Client().post(PATHS["fr"]["review"], {"key": key})
    assert response.status_code == 409
    assert MARK not in response.content.decode()
    assert Enquiry.objects.get() == enquiry


def test_a_replaced_link_is_not_given_back_by_the_form_that_sent_it(client, sent, partnership):
    enquiry, key, confirmation = sent
    replace_link(enquiry=enquiry, actor=partnership.cma_officer, send=False)
    assert client.get(confirmation).status_code == 404
    response = client.post(PATHS["fr"]["review"], {"key": key})
    assert MARK not in response.content.decode()
    assert "Location" not in response
    assert Enquiry.objects.count() == 1


def test_the_row_keeps_a_digest_of_the_key_alone(sent):
    enquiry, key, _confirmation = sent
    assert enquiry.submission_digest == submission_digest(uuid.UUID(key))
    assert key not in str(stored_values())
    assert uuid.UUID(key).hex not in str(stored_values())


def stored_values():
    """Every text and number of the enquiry's row, of the rows that lead to it, and of what waits to be worked on."""
    names = ["implantation.Enquiry", "implantation.Decision", "implantation.Event", "implantation.EventText"]
    names += ["implantation.Notice", "implantation.Transfer", "django_tasks_database.DBTaskResult"]
    values = set(Session.objects.values_list("session_key", flat=True))
    for name in names:
        model = apps.get_model(name)
        columns = [
            field.attname for field in model._meta.concrete_fields if not isinstance(field, models.DateTimeField)
        ]
        for row in model._default_manager.values_list(*columns):
            values |= {str(value) for value in row if value not in (None, "", [], {})}
    return values


def public_routes(patterns=None, before="/"):
    """Each public address of one language with the places of its parameters, as (route, number of parameters)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        there = before + str(pattern.pattern)
        if there.startswith("/admin/") or not (
            isinstance(pattern.pattern, RoutePattern) or hasattr(pattern, "url_patterns")
        ):
            continue
        if isinstance(pattern, URLPattern):
            yield re.sub(r"<[^>]+>", "VALUE", there)
        else:
            yield from public_routes(pattern.url_patterns, there)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_stored_value_opens_the_enquiry_on_any_public_route(sent, language, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    enquiry, _key, _confirmation = sent
    values = stored_values() | {str(enquiry.uuid), enquiry.uuid.hex, enquiry.submission_digest, enquiry.reference}
    with translation.override(language):
        routes = sorted({route for route in public_routes() if "VALUE" in route})
    assert any("suivi" in route or "track" in route for route in routes)
    token = token_for(enquiry)
    stranger = Client()
    for value in sorted(values):
        for route in routes:
            address = route.replace("VALUE", value.replace("/", "%2F").replace("?", "%3F").replace("#", "%23"))
            response = stranger.get(address)
            assert not opened(response, token, value), address
        response = stranger.post(PATHS[language]["review"], {"key": value, "property": value, "shortlist": value})
        assert not opened(response, token, value), value
    assert Enquiry.objects.count() == 1


def opened(response, token, asked=""):
    """Whether the answer shows the enquiry, or gives a way into it; `asked` repeated in an error shows nothing."""
    text = "" if response.streaming else response.content.decode(errors="replace")
    text = text.replace(asked, "") if asked else text
    return MARK in text or token in text or token in response.get("Location", "")


def test_the_walk_notices_a_page_that_opens(sent):
    enquiry, _key, _confirmation = sent
    token = token_for(enquiry)
    with translation.override(settings.LANGUAGE_CODE):
        (track,) = [route for route in public_routes() if re.search(r"/suivi/VALUE/$", route)]
    assert opened(Client().get(track.replace("VALUE", token)), token)
