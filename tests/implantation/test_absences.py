"""Officers say when they are away; whoever is there is written to, and the list of what could not be sent is theirs."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from implantation.enquiries.choices import NoticeKind
from implantation.enquiries.models import Notice
from implantation.errors import RefusedError
from implantation.officers.absences import say_away, take_back
from implantation.officers.models import Absence
from implantation.routing.facts import Activity
from territory.choices import OfficerRole
from tests.implantation.factories import submitted, sweep_notices

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PAGE = "/admin/enquiries/absences/"
UNSENT = "/admin/enquiries/unsent/"


def days(first, last):
    return TODAY + timedelta(days=first), TODAY + timedelta(days=last)


@pytest.fixture
def officer(partnership):
    return partnership.cma.officers.get(role=OfficerRole.OFFICER)


def away(officer, first=0, last=3, actor=None):
    start, end = days(first, last)
    return say_away(officer=officer, first=start, last=end, actor=actor or officer.user)


def recipients(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_an_enquiry_that_arrives_meanwhile_is_told_to_who_is_there(partnership, officer):
    away(officer)
    submitted(activity=Activity.CRAFT)
    assert recipients(NoticeKind.NEW_ENQUIRY) == {partnership.cma_deputy.email}


def test_when_all_are_away_the_coordinator_is_told_too(partnership, officer):
    away(officer)
    away(partnership.cma_deputy.officer)
    submitted(activity=Activity.CRAFT)
    everybody = {officer.user.email, partnership.cma_deputy.email, partnership.coordinator.email}
    assert recipients(NoticeKind.NEW_ENQUIRY) == everybody


def test_days_that_meet_are_one_absence(officer):
    away(officer, 1, 3)
    away(officer, 10, 12)
    away(officer, 4, 6)
    assert list(officer.absences.values_list("first", "last")) == [days(1, 6), days(10, 12)]


@pytest.mark.parametrize(("first", "last"), [(3, 1), (-9, -2), (0, 400)])
def test_days_that_cannot_be_are_refused_and_nothing_is_noted(officer, first, last):
    with pytest.raises(RefusedError):
        away(officer, first, last)
    assert not Absence.objects.exists()


def test_only_the_officer_and_the_coordinator_say_it(partnership, officer):
    with pytest.raises(RefusedError):
        away(officer, actor=partnership.cma_deputy)
    absence = away(officer, actor=partnership.coordinator)
    with pytest.raises(RefusedError):
        take_back(absence=absence, actor=partnership.cci_officer)
    take_back(absence=absence, actor=officer.user)
    assert not Absence.objects.exists()


def test_it_is_said_and_taken_back_on_the_page(client, partnership, officer):
    client.force_login(officer.user)
    first, last = days(1, 5)
    typed = {"officer": officer.pk, "first": first.isoformat(), "last": last.isoformat()}
    assert client.post(PAGE, typed).status_code == 302
    absence = Absence.objects.get()
    assert (absence.officer, absence.first, absence.last) == (officer, first, last)
    client.force_login(partnership.cma_deputy)
    assert "take_back" not in client.get(PAGE).content.decode().split("</section>")[0]
    client.post(PAGE, {"take_back": absence.pk})
    assert Absence.objects.exists()
    client.force_login(partnership.cci_officer)
    assert officer.user.get_username() not in client.get(PAGE).content.decode()
    client.post(PAGE, {"take_back": absence.pk})
    assert Absence.objects.exists()
    client.force_login(officer.user)
    client.post(PAGE, {"take_back": absence.pk})
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"first": "demain", "last": "2026-13-45"},
        {"officer": "9" * 30},
        {"officer": "\x00"},
        {"first": "2099-01-05", "last": "2099-01-01"},
    ],
)
def test_what_cannot_be_read_comes_back_with_why(client, officer, typed):
    client.force_login(officer.user)
    answer = client.post(PAGE, {"officer": officer.pk} | typed)
    assert answer.status_code == 422
    assert "desk-field-error" in answer.content.decode()
    assert not Absence.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "-1", "\x00"])
def test_taking_back_what_is_not_there_changes_nothing(client, officer, key):
    absence = away(officer)
    client.force_login(officer.user)
    assert client.post(PAGE, {"take_back": key}).status_code == 302
    assert Absence.objects.get() == absence


def test_who_took_an_enquiry_in_charge_and_is_away_is_seen_on_it(client, partnership, officer):
    enquiry = submitted(activity=Activity.CRAFT)
    client.force_login(officer.user)
    client.post(reverse("enquiry:act", args=[enquiry.pk, "take"]), {})
    page = reverse("enquiry:detail", args=[enquiry.pk])
    assert "absent jusqu’au" not in client.get(page).content.decode()
    away(officer)
    assert "absent jusqu’au" in client.get(page).content.decode()


@pytest.fixture
def failed(partnership):
    """One mail of each partner that its server refused; the next tries are hours away."""
    submitted(activity=Activity.CRAFT, email="a@example.com")
    submitted(email="b@example.com")
    later = timezone.now() + timedelta(hours=5)
    Notice.objects.filter(kind=NoticeKind.ACKNOWLEDGEMENT).update(
        attempts=3, due_at=later, error="SMTPServerDisconnected"
    )
    Notice.objects.exclude(kind=NoticeKind.ACKNOWLEDGEMENT).delete()
    return Notice.objects.get(recipient="a@example.com"), Notice.objects.get(recipient="b@example.com")


def test_mails_that_failed_are_listed_to_who_may_see_the_enquiry(client, partnership, officer, failed):
    for user, seen in [
        (officer.user, {"a@example.com"}),
        (partnership.ept_officer, {"b@example.com"}),
        (partnership.cci_officer, set()),
        (partnership.coordinator, {"a@example.com", "b@example.com"}),
    ]:
        client.force_login(user)
        text = client.get(UNSENT).content.decode()
        assert {address for address in ("a@example.com", "b@example.com") if address in text} == seen


def test_one_is_sent_again_at_once(client, officer, failed):
    client.force_login(officer.user)
    mail.outbox.clear()
    client.post(UNSENT, {"mail": f"notice-{failed[0].pk}"})
    sweep_notices()
    assert [message.to for message in mail.outbox] == [["a@example.com"]]


def test_all_of_those_that_are_seen_are_sent_again(client, partnership, failed):
    client.force_login(partnership.coordinator)
    mail.outbox.clear()
    client.post(UNSENT)
    sweep_notices()
    assert {message.to[0] for message in mail.outbox} == {"a@example.com", "b@example.com"}


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1"])
def test_nothing_else_is_sent_again(client, partnership, officer, failed, key):
    client.force_login(officer.user)
    mail.outbox.clear()
    client.post(UNSENT, {"mail": f"notice-{key}"})
    client.post(UNSENT, {"mail": f"notice-{failed[1].pk}"})
    sweep_notices()
    assert mail.outbox == []
