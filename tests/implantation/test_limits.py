"""Limits: a suspect is kept apart, never refused; nothing that names a visitor's address is stored."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from implantation.enquiries.choices import EnquiryState, Suspicion
from implantation.enquiries.conversation import record_reply
from implantation.enquiries.form import limits
from implantation.enquiries.models import Enquiry
from implantation.enquiries.submission import submit
from tests.implantation.factories import answers, submitted
from tests.implantation.test_request import ANSWERS, PATHS, fill, send

pytestmark = pytest.mark.django_db
A_WHILE = timedelta(minutes=2)


@pytest.fixture(autouse=True)
def patient(settings):
    settings.ENQUIRY_FASTEST_SECONDS = 0


def sent(number, *, at=None, email=None, digest="", suspicion=""):
    for index in range(number):
        submit(
            answers=answers(email=email or f"investor{index}@example.com"),
            language="fr",
            idempotency_key=uuid.uuid4(),
            origin_digest=digest,
            suspicion=suspicion,
            at=at,
        )


def why(**given):
    return limits.suspicion(**{"trapped": False, "age": A_WHILE, "digest": "d", "email": "ada@example.com"} | given)


def test_an_ordinary_request_is_believed(partnership):
    assert why() == ""


def test_a_filled_trap_is_suspect(partnership):
    assert why(trapped=True) == Suspicion.TRAP


def test_faster_than_fingers_is_suspect(partnership, settings):
    settings.ENQUIRY_FASTEST_SECONDS = 3
    assert why(age=timedelta(seconds=2)) == Suspicion.TOO_FAST
    assert why(age=timedelta(seconds=4)) == ""


def test_many_from_one_network_are_suspect_until_the_window_passes(partnership):
    sent(limits.FROM_ADDRESS[0][1], digest="d")
    assert why() == Suspicion.MANY_FROM_ADDRESS
    assert why(digest="other") == ""
    assert why(digest="") == ""
    Enquiry.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert why() == ""


def test_many_for_one_address_are_suspect_whatever_its_case(partnership):
    sent(limits.FOR_EMAIL[0][1], email="Ada@Example.com")
    assert why() == Suspicion.MANY_FOR_EMAIL


def test_many_at_once_are_suspect_and_machines_do_not_close_the_door(partnership, monkeypatch):
    monkeypatch.setattr(limits, "OVERALL", ((timedelta(hours=1), 3),))
    sent(3, suspicion=Suspicion.TRAP)
    assert why() == ""
    sent(3)
    assert why() == Suspicion.MANY_OVERALL


def test_the_demonstration_does_not_count(partnership):
    for _ in range(limits.FOR_EMAIL[0][1]):
        submit(answers=answers(email="ada@example.com"), language="fr", idempotency_key=uuid.uuid4())
    Enquiry.objects.update(is_demo=True)
    assert why() == ""


def test_over_the_limit_the_form_still_gives_a_reference(client, partnership):
    for _ in range(limits.FOR_EMAIL[0][1] + 1):
        fill(client)
        response = send(client)
        assert "/envoyee/" in response["Location"]
    states = list(Enquiry.objects.order_by("pk").values_list("state", flat=True))
    assert states == [EnquiryState.RECEIVED] * limits.FOR_EMAIL[0][1] + [EnquiryState.QUARANTINED]
    assert Enquiry.objects.order_by("pk").last().suspicion == Suspicion.MANY_FOR_EMAIL


def test_a_form_sent_too_fast_is_kept_apart_and_confirmed(client, partnership, settings):
    settings.ENQUIRY_FASTEST_SECONDS = 60
    fill(client)
    send(client)
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.suspicion) == (EnquiryState.QUARANTINED, Suspicion.TOO_FAST)
    assert enquiry.message == ANSWERS["project"]["message"]


def test_no_address_is_stored(client, partnership):
    for path, step in zip(PATHS["fr"].values(), ANSWERS.values(), strict=False):
        client.post(path, step, REMOTE_ADDR="203.0.113.7")
    client.post(PATHS["fr"]["review"], REMOTE_ADDR="203.0.113.7")
    enquiry = Enquiry.objects.get()
    assert len(enquiry.origin_digest) == 64
    assert "203.0.113.7" not in str(Enquiry.objects.values().get())


@pytest.mark.parametrize("written", ["203.0.113.7:{}", "[2001:db8::1]:{}", "[2001:db8::{}]"])
def test_many_from_one_network_are_suspect_however_its_proxy_writes_it(client, partnership, settings, written):
    settings.TRUSTED_PROXIES = 1
    for number in range(limits.FROM_ADDRESS[0][1] + 1):
        sent_from = {"headers": {"x-forwarded-for": f"6.6.6.{number}, {written.format(number + 1)}"}}
        for path, step in zip(PATHS["fr"].values(), ANSWERS.values(), strict=False):
            client.post(path, step | ({"email": f"a{number}@example.com"} if "email" in step else {}), **sent_from)
        client.post(PATHS["fr"]["review"], **sent_from)
    states = list(Enquiry.objects.order_by("pk").values_list("suspicion", flat=True))
    assert states == [""] * limits.FROM_ADDRESS[0][1] + [Suspicion.MANY_FROM_ADDRESS]


def test_an_investor_who_writes_a_lot_waits(partnership):
    enquiry = submitted()
    for number in range(limits.REPLIES[1]):
        assert limits.may_reply(enquiry)
        record_reply(enquiry=enquiry, body=f"Message {number}")
    assert not limits.may_reply(enquiry)
