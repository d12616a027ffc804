"""Requests held for checking that the coordinator ends as unwanted: nobody is told, and it can be taken back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from implantation.enquiries.checking import bring_back, refuse_unwanted, release
from implantation.enquiries.choices import EnquiryState, EventKind, Step, Suspicion
from implantation.enquiries.conversation import record_reply
from implantation.enquiries.form import limits
from implantation.enquiries.handling import take_in_charge
from implantation.enquiries.models import Enquiry, EventText, Notice
from implantation.enquiries.privacy import purge_personal_data
from implantation.enquiries.tracking import tracking_url
from implantation.errors import RefusedError
from implantation.routing.facts import Activity
from tests.implantation.factories import submitted, sweep_notices

pytestmark = pytest.mark.django_db


def held(**more):
    return submitted(activity=Activity.CRAFT, suspicion=Suspicion.TRAP, **more)


def ticked(client, query="?todo=check"):
    """The values of the boxes in the list."""
    page = client.get(reverse("enquiry:index") + query).content.decode()
    return re.findall(r'name="enquiry"\s+value="(\d+-\d+)"\s+form="desk-unwanted"', page)


@pytest.fixture
def desk(client, partnership):
    client.force_login(partnership.coordinator)
    return client


def test_an_unwanted_request_is_closed_without_a_mail_to_anybody(partnership):
    enquiry = held()
    sweep_notices()
    mail.outbox.clear()
    enquiry = refuse_unwanted(enquiry=enquiry, actor=partnership.coordinator)
    assert (enquiry.state, enquiry.step, enquiry.due_at) == (EnquiryState.UNWANTED, "", None)
    assert enquiry.closed_at is not None
    assert not Notice.objects.filter(sent_at__isnull=True).exists()
    assert sweep_notices() == 0
    assert mail.outbox == []
    assert enquiry.events.last().kind == EventKind.UNWANTED


def test_it_comes_back_to_be_checked_with_a_new_delay_and_can_be_released(partnership):
    at = timezone.now() - timedelta(days=20)
    enquiry = held(at=at)
    before = enquiry.due_at
    refuse_unwanted(enquiry=enquiry, actor=partnership.coordinator, at=at)
    with pytest.raises(RefusedError):
        release(enquiry=enquiry, actor=partnership.coordinator)
    enquiry = bring_back(enquiry=enquiry, actor=partnership.coordinator)
    assert (enquiry.state, enquiry.step, enquiry.closed_at) == (EnquiryState.QUARANTINED, Step.CHECK, None)
    assert enquiry.suspicion == Suspicion.TRAP
    assert enquiry.due_at > before
    assert release(enquiry=enquiry, actor=partnership.coordinator).state == EnquiryState.RECEIVED


def test_only_the_coordinator_and_only_what_is_held_is_ended(partnership):
    enquiry, received = held(), submitted(activity=Activity.CRAFT)
    before = list(Enquiry.objects.order_by("pk").values())
    with pytest.raises(RefusedError):
        refuse_unwanted(enquiry=enquiry, actor=partnership.cma_officer)
    with pytest.raises(RefusedError):
        refuse_unwanted(enquiry=received, actor=partnership.coordinator)
    with pytest.raises(RefusedError):
        bring_back(enquiry=enquiry, actor=partnership.coordinator)
    assert list(Enquiry.objects.order_by("pk").values()) == before
    refuse_unwanted(enquiry=enquiry, actor=partnership.coordinator)
    with pytest.raises(RefusedError):
        bring_back(enquiry=enquiry, actor=partnership.cma_officer)
    with pytest.raises(RefusedError):
        take_in_charge(enquiry=enquiry, actor=partnership.coordinator)
    with pytest.raises(RefusedError):
        record_reply(enquiry=enquiry, body="Hello")
    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.UNWANTED


def test_it_is_erased_after_thirty_days_and_then_stays_so(partnership):
    enquiry = held()
    at = timezone.now()
    refuse_unwanted(enquiry=enquiry, actor=partnership.coordinator, at=at)
    assert purge_personal_data(at=at + timedelta(days=29, hours=23)) == []
    assert purge_personal_data(at=at + timedelta(days=30)) == [enquiry.reference]
    enquiry.refresh_from_db()
    assert (enquiry.name, enquiry.email, enquiry.message, enquiry.state) == ("", "", "", EnquiryState.UNWANTED)
    assert not EventText.objects.filter(event__enquiry=enquiry).exists()
    with pytest.raises(RefusedError):
        bring_back(enquiry=enquiry, actor=partnership.coordinator)


def test_erasing_a_request_does_not_erase_word_of_the_others_still_held(partnership):
    at = timezone.now() - timedelta(days=31)
    first, second = held(at=at), held(at=at)
    refuse_unwanted(enquiry=first, actor=partnership.coordinator, at=at)
    purge_personal_data()
    sweep_notices()
    told = [message for message in mail.outbox if message.to == [partnership.coordinator.email]]
    assert [second.reference in message.body for message in told] == [True]
    assert first.reference not in told[0].body


def test_machines_refused_do_not_close_the_door_to_people(partnership, monkeypatch):
    monkeypatch.setattr(limits, "OVERALL", ((timedelta(hours=1), 1),))
    refuse_unwanted(enquiry=held(email="machine@example.com"), actor=partnership.coordinator)
    asked = {"trapped": False, "age": timedelta(minutes=5), "digest": "", "email": "person@example.com"}
    assert limits.suspicion(**asked) == ""
    submitted(email="other@example.com")
    assert limits.suspicion(**asked) == Suspicion.MANY_OVERALL


def test_several_are_ended_at_once_from_the_list_and_brought_back_at_once(desk, partnership):
    first, second, kept = held(), held(), held()
    values = [value for value in ticked(desk) if not value.startswith(f"{kept.pk}-")]
    assert len(values) == 2
    answer = desk.post(reverse("enquiry:unwanted"), {"enquiry": values}, follow=True)
    states = dict(Enquiry.objects.values_list("pk", "state"))
    assert states == {
        first.pk: EnquiryState.UNWANTED,
        second.pk: EnquiryState.UNWANTED,
        kept.pk: EnquiryState.QUARANTINED,
    }
    undo = re.findall(r'name="undo"\s+value="(\d+)"', answer.content.decode())
    assert sorted(map(int, undo)) == [first.pk, second.pk]
    desk.post(reverse("enquiry:unwanted"), {"undo": undo})
    assert set(Enquiry.objects.values_list("state", flat=True)) == {EnquiryState.QUARANTINED}


def test_what_changed_meanwhile_is_left_as_it_is(desk, partnership):
    written, released, ended = held(), held(), held()
    values = ticked(desk)
    record_reply(enquiry=written, body="I am a person.")
    release(enquiry=released, actor=partnership.coordinator)
    answer = desk.post(reverse("enquiry:unwanted"), {"enquiry": [*values, "nonsense", "1-²"]}, follow=True)
    states = dict(Enquiry.objects.values_list("pk", "state"))
    assert states == {
        written.pk: EnquiryState.QUARANTINED,
        released.pk: EnquiryState.RECEIVED,
        ended.pk: EnquiryState.UNWANTED,
    }
    assert "2" in re.search(r'class="warning".*?</li>', answer.content.decode(), re.S).group()


def test_a_partners_officer_ends_nothing_and_sees_no_box(client, partnership):
    enquiry = held()
    client.force_login(partnership.cma_officer)
    assert ticked(client, "") == []
    client.post(reverse("enquiry:unwanted"), {"enquiry": f"{enquiry.pk}-2"})
    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.QUARANTINED


def test_they_are_listed_and_exported_only_when_their_state_is_chosen(desk, partnership):
    enquiry = refuse_unwanted(enquiry=held(), actor=partnership.coordinator)

    def shown(query):
        answer = desk.get(reverse("enquiry:index") + query)
        return enquiry.reference.encode() in b"".join(answer)

    assert [shown(query) for query in ("", "?export=csv", "?state=nonsense", "?q=GO-")] == [False] * 4
    assert [shown(query) for query in ("?state=unwanted", "?state=unwanted&export=csv")] == [True] * 2
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "?state=unwanted" in home


def test_its_tracking_page_says_that_it_is_closed_and_whom_to_write_to(client, partnership):
    enquiry = held(language="en")
    refuse_unwanted(enquiry=enquiry, actor=partnership.coordinator)
    page = client.get(tracking_url(enquiry)).content.decode()
    assert "Your request is closed" in page
    assert partnership.ept.email in page
    assert 'name="message"' not in page
