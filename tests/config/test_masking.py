"""No log line holds the token of a private link: the key of an enquiry, of a listing's question, of a new password."""

import io
import logging
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.log import AdminEmailHandler
from django_tasks import task
from gunicorn.config import Config
from gunicorn.glogging import Logger
from hypothesis import given
from hypothesis import strategies as st

from config.masking import MASK, MaskedRecord, masked
from config.settings import base
from implantation.enquiries.tracking import token_for
from territory.models import Partner
from tests.implantation.factories import in_force, submitted

# As `signing.dumps(7, salt="properties.freshness")` made it, once: test names hold it.
SIGNED = "Nw:1xXwMt:nboCYsMOb_McaCzz9KqhwyjcngU4BbgaF9whKyrXq8k"
WORDS_OF_TOKENS = {"token", "uidb64"}


def private_routes():
    """(language, address with TOKEN in it) of each address that takes a token, in each language."""

    def walk(patterns, before):
        for pattern in patterns:
            there = before + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                yield from walk(pattern.url_patterns, there)
            elif isinstance(pattern.pattern, RoutePattern) and WORDS_OF_TOKENS & set(
                re.findall(r"<(?:\w+:)?(\w+)>", there)
            ):
                yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", "TOKEN", there)

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for path in walk(get_resolver().url_patterns, ""):
                yield language, path


ROUTES = sorted(set(private_routes()))


@pytest.fixture
def written():
    """What production's handlers and gunicorn's write, of every logger, and what administrators would be mailed."""
    stream = io.StringIO()
    handlers = [handler for handler in logging.getLogger().handlers if isinstance(handler, logging.StreamHandler)]
    streams = [(handler, handler.setStream(stream)) for handler in handlers if type(handler) is logging.StreamHandler]
    assert streams, "the console handler of the production settings"
    yield stream
    for handler, former in streams:
        handler.setStream(former)


def test_production_makes_masked_records_in_every_logger():
    assert base.LOGGING_CONFIG == "config.masking.configure"
    assert logging.getLogRecordFactory() is MaskedRecord


def test_addresses_with_a_token_are_known_in_both_languages():
    assert {path for language, path in ROUTES if language == "fr"} >= {
        "/fr/implantation/suivi/TOKEN/",
        "/fr/implantation/envoyee/TOKEN/",
        "/fr/implantation/suivi/TOKEN/retirer/",
        "/fr/immobilier/confirmer/TOKEN/",
        "/admin/password_reset/confirm/TOKEN/TOKEN/",
    }


@pytest.mark.parametrize(("language", "path"), ROUTES)
@pytest.mark.parametrize("token", ["x7", "cut-Short", SIGNED, "aB3_" * 10 + "aB3", "aB3_" * 20, "é%20TOKEN"])
def test_whatever_follows_the_word_of_a_private_link_is_masked(language, path, token):
    for address in (path.replace("TOKEN", token), path.replace("TOKEN", token).replace("/", "%2F")):
        line = masked(f'"GET {address}?q=1 HTTP/1.1" 404')
        assert token not in line
        assert MASK in line
        assert line.endswith(' HTTP/1.1" 404')


@pytest.mark.parametrize("sign", "-_.~:=,;")
@pytest.mark.parametrize("token", [SIGNED, "aB3_" * 10 + "aB3"])
def test_a_token_after_a_mistyped_slash_is_masked(sign, token):
    line = masked(f'"GET /en/business-location/track{sign}{token}/ HTTP/1.1" 404')
    assert token not in line
    assert masked(f"/en/projects/sent{sign}from-the-market/") == f"/en/projects/sent{sign}from-the-market/"


@pytest.mark.parametrize(("language", "path"), ROUTES)
def test_the_web_servers_line_of_the_readme_leaves_private_links_out(language, path):
    readme = (Path(settings.BASE_DIR) / "README.md").read_text()
    (expression,) = re.findall(r'map \$request_uri \$logged \{ default 1; "~\*(\S+)" 0; \}', readme)
    assert re.search(expression, path, re.IGNORECASE)
    assert re.search(expression, path.replace("/", "%2F"), re.IGNORECASE)
    for other in ("/fr/", "/fr/implantation/", "/en/premises/?q=track", "/fr/immobilier/GO-94081-1/"):
        assert not re.search(expression, other)


@given(
    st.uuids(),
    st.integers(1, 9),
    st.sampled_from(["%s", "opened %s.", "{'token': '%s'}", "/x/%s/", "?next=%%2F%s&a=1"]),
)
def test_a_tracking_token_is_masked_wherever_it_is_written(uuid, version, around):
    token = token_for(SimpleNamespace(uuid=uuid, token_version=version))
    assert token not in masked(around % token)


@given(st.text(max_size=200))
def test_masking_breaks_no_text_and_is_done_once(text):
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "GO-2026-000123 was given to ept",
        "notice 7 of GO-2026-000123 2 routed not sent (SMTPServerDisconnected 421)",
        "Not Found: /fr/immobilier/GO-94081-1/",
        "in test_a_partner_without_officer_is_reached_at_its_monitored_address",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "2026-11-30 08:02:25 http://127.0.0.1:8000/",
    ],
)
def test_what_is_no_token_is_left_as_it_is(text):
    assert masked(text) == text


def test_arguments_tracebacks_stacks_and_requests_are_masked(written):
    path = f"/fr/immobilier/confirmer/{SIGNED}/"
    seen = []

    class Keeping(logging.Handler):
        def emit(self, record):
            seen.append(record)

    logger, handler = logging.getLogger("somebody.elses"), Keeping()
    logger.addHandler(handler)
    try:
        raise ValueError(f"no {SIGNED}")
    except ValueError:
        logger.exception(
            "failed: %s %r", path, {"token": SIGNED}, stack_info=True, extra={"request": RequestFactory().get(path)}
        )
    logger.warning("%(path)s", {"path": path})
    logger.warning("does not fit %d", SIGNED)
    logger.removeHandler(handler)
    assert SIGNED not in written.getvalue()
    assert "ValueError: no [masked]" in written.getvalue()
    for record in seen:
        assert (record.args, record.exc_info, record.request) == ((), None, None)
        assert SIGNED not in record.getMessage()


def test_the_mail_to_administrators_is_masked(mailoutbox, settings):
    settings.ADMINS = [("Ada", "ada@example.com")]
    logger, handler = logging.getLogger("django.request"), AdminEmailHandler(include_html=True)
    logger.addHandler(handler)
    logger.error("Failed: %s", SIGNED, extra={"request": RequestFactory().get(f"/fr/immobilier/confirmer/{SIGNED}/")})
    logger.removeHandler(handler)
    assert mailoutbox
    for message in mailoutbox:
        assert SIGNED not in str(message.message())
        assert not any(SIGNED in alternative.content for alternative in message.alternatives)


@task()
def fail_with(token: str) -> None:
    raise ValueError(f"no {token}")


@pytest.mark.django_db
@override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}})
def test_the_logs_of_a_whole_journey_hold_no_token(territory, monkeypatch, written):
    in_force((Partner.objects.coordinator(), {}))
    enquiry = submitted()
    token = token_for(enquiry)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    with translation.override("fr"):
        track, out = reverse("implantation:track", args=[token]), reverse("implantation:withdraw", args=[token])
        sent = reverse("implantation:confirmation", args=[token])
    assert client.get(sent).status_code == client.get(track).status_code == 200
    assert client.get(out).status_code == 405
    assert client.post(track, {"message": "Bonjour"}).status_code == 403
    assert client.get(track.replace("/fr/", "/en/"), follow=True).redirect_chain[-1][1] == 302
    assert client.get(track + "nowhere/").status_code == 404
    assert client.get(f"/{token}").status_code in (302, 404)
    monkeypatch.setattr("implantation.enquiries.follow_up.views.story.entries", lambda enquiry: {}[token_for(enquiry)])
    assert client.get(track).status_code == 500
    gunicorn_writes(written, track)
    fail_with.enqueue(token)
    text = written.getvalue()
    for said in (
        "Forbidden",
        "Method Not Allowed",
        "Not Found",
        "KeyError",
        "Error handling request",
        "GET",
        "no [masked]",
    ):
        assert said in text, said
    assert token not in text
    assert token[:20] not in text


def gunicorn_writes(stream, path):
    """The line of an access and of an error, as gunicorn writes them."""
    logger = Logger(Config())
    logger.cfg.set("accesslog", "-")
    logger.setup(logger.cfg)
    for one in (logger.access_log, logger.error_log):
        one.addHandler(logging.StreamHandler(stream))
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://x{path}",
    }
    response = SimpleNamespace(status="200 OK", sent=1, headers=[])
    request = SimpleNamespace(headers=[("REFERER", f"https://x{path}")])
    logger.access(response, request, environ, SimpleNamespace(seconds=0, microseconds=1, days=0))
    try:
        raise ValueError(path)
    except ValueError:
        logger.exception("Error handling request %s", path)
