"""People who act at the same instant, on real connections: one wins, the others are told, nothing is lost."""

import uuid

import pytest
from django.core import mail
from django.utils import timezone

from implantation.enquiries.choices import EventKind, NoticeKind, Suspicion, TransferState
from implantation.enquiries.conversation import add_note
from implantation.enquiries.custody import accept_transfer, decline_transfer, propose_transfer
from implantation.enquiries.handling import take_in_charge, withdraw
from implantation.enquiries.models import Enquiry, Event, Notice, Transfer
from implantation.enquiries.submission import submit
from implantation.errors import RefusedError
from implantation.routing.facts import Activity
from tests.concurrency import at_once
from tests.implantation.factories import answers, submitted, sweep_notices

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(outcomes):
    """Those that were refused; any other error is a failure of the test."""
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, RefusedError):
            raise outcome
    return [outcome for outcome in outcomes if isinstance(outcome, RefusedError)]


def assert_timeline_is_whole(enquiry):
    sequences = list(enquiry.events.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))


def test_two_officers_take_the_same_enquiry(partnership):
    enquiry = submitted(activity=Activity.CRAFT)
    people = [partnership.cma_officer, partnership.cma_deputy] * 2
    outcomes = at_once(*(lambda who=who: take_in_charge(enquiry=enquiry, actor=who) for who in people))
    assert len(refusals(outcomes)) == len(people) - 1
    assert enquiry.events.filter(kind=EventKind.TAKEN).count() == 1
    assert_timeline_is_whole(enquiry)


def test_two_transfers_of_the_same_enquiry(partnership):
    enquiry = submitted(activity=Activity.CRAFT)
    outcomes = at_once(
        *(
            lambda to=to: propose_transfer(
                enquiry=enquiry, actor=partnership.cma_officer, to_partner=to, reason="Not craft."
            )
            for to in (partnership.cci, partnership.ept)
        )
    )
    assert len(refusals(outcomes)) == 1
    assert Transfer.objects.count() == 1


def test_accepting_declining_and_withdrawing_together(partnership):
    enquiry = submitted(activity=Activity.CRAFT)
    transfer = propose_transfer(
        enquiry=enquiry, actor=partnership.cma_officer, to_partner=partnership.cci, reason="Not craft."
    )
    outcomes = at_once(
        lambda: accept_transfer(transfer=transfer, actor=partnership.cci_officer),
        lambda: decline_transfer(transfer=transfer, actor=partnership.cci_officer, reason="It is."),
        lambda: withdraw(enquiry=enquiry),
    )
    refusals(outcomes)
    enquiry.refresh_from_db()
    transfer.refresh_from_db()
    assert transfer.state != TransferState.PROPOSED
    moved = transfer.state == TransferState.ACCEPTED
    assert enquiry.holder == (partnership.cci if moved else partnership.cma)
    assert enquiry.state == "withdrawn"
    assert_timeline_is_whole(enquiry)


def test_notes_written_together_are_all_kept_in_order(partnership):
    enquiry = submitted(activity=Activity.CRAFT)
    outcomes = at_once(
        *(
            lambda text=text: add_note(enquiry=enquiry, actor=partnership.cma_officer, body=text)
            for text in ("one", "two", "three", "four")
        )
    )
    assert refusals(outcomes) == []
    notes = Event.objects.filter(kind=EventKind.NOTE)
    assert {note.body for note in notes} == {"one", "two", "three", "four"}
    assert_timeline_is_whole(enquiry)


def test_the_same_form_sent_together_is_one_enquiry(partnership):
    key = uuid.uuid4()
    outcomes = at_once(*[lambda: submit(answers=answers(), language="fr", idempotency_key=key)] * 4)
    assert refusals(outcomes) == []
    assert len({enquiry.pk for enquiry in outcomes}) == 1
    assert Enquiry.objects.count() == 1
    assert Notice.objects.filter(kind=NoticeKind.ACKNOWLEDGEMENT).count() == 1


def test_enquiries_sent_together_have_references_without_gap(partnership):
    outcomes = at_once(*[submitted] * 6)
    assert refusals(outcomes) == []
    year = timezone.localdate().year
    assert sorted(enquiry.reference for enquiry in outcomes) == [f"GO-{year}-{number:06d}" for number in range(1, 7)]


def test_two_sweeps_send_each_mail_once(partnership):
    for _ in range(3):
        submitted()
    owed = Notice.objects.count()
    sent = at_once(sweep_notices, sweep_notices, sweep_notices)
    assert refusals(sent) == []
    assert sum(sent) == owed == len(mail.outbox)


def test_requests_held_together_are_told_in_one_mail(partnership):
    outcomes = at_once(*[lambda: submitted(suspicion=Suspicion.TRAP)] * 4)
    assert refusals(outcomes) == []
    assert Notice.objects.filter(kind=NoticeKind.TO_CHECK, recipient=partnership.coordinator.email).count() == 1
    sweep_notices()
    (told,) = [message for message in mail.outbox if message.to == [partnership.coordinator.email]]
    assert all(enquiry.reference in told.body for enquiry in outcomes)


def test_a_request_held_while_mails_leave_is_told_in_them_or_by_the_next(partnership):
    submitted(suspicion=Suspicion.TRAP)
    *_sweeps, late = at_once(sweep_notices, sweep_notices, lambda: submitted(suspicion=Suspicion.TRAP))
    assert refusals([late]) == []
    told = any(late.reference in message.body for message in mail.outbox)
    assert told or Notice.objects.filter(kind=NoticeKind.TO_CHECK, sent_at__isnull=True).exists()
