"""What a partner owes next and by when, as people write, wait, hand over, close and open again."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from implantation.deadlines import PARIS, working_days
from implantation.enquiries.checking import release
from implantation.enquiries.choices import EnquiryState, EventKind, Step
from implantation.enquiries.conversation import need_no_answer, record_reply, write_to_investor
from implantation.enquiries.custody import accept_transfer, propose_transfer
from implantation.enquiries.handling import change_state, take_in_charge, withdraw
from implantation.enquiries.models import Enquiry
from implantation.enquiries.privacy import purge_personal_data
from implantation.errors import RefusedError
from implantation.routing.facts import Activity
from tests.implantation.factories import submitted

pytestmark = pytest.mark.django_db


def paris(day, hour, minute=0):
    """In November 2026, whose second day is a Monday and whose eleventh is a holiday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.fixture
def enquiry(partnership):
    """Received by the chamber of trades on Monday 2 November at 14:00."""
    return submitted(activity=Activity.CRAFT, at=paris(2, 14))


@pytest.fixture
def act(partnership, enquiry):
    """Acts of the chamber's officer on the enquiry."""

    def act_(verb, at, **given):
        return verb(enquiry=enquiry, actor=partnership.cma_officer, at=at, **given)

    return act_


def owed(enquiry):
    enquiry.refresh_from_db()
    return Step(enquiry.step) if enquiry.step else "", enquiry.due_at or enquiry.time_left


def test_a_first_answer_then_a_tailored_one_from_the_same_moment(enquiry, act):
    assert owed(enquiry) == (Step.FIRST_ANSWER, paris(3, 14))
    act(take_in_charge, paris(2, 15))
    assert owed(enquiry) == (Step.FIRST_ANSWER, paris(3, 14))
    act(write_to_investor, paris(2, 16), body="Good afternoon.")
    assert owed(enquiry) == (Step.TAILORED_ANSWER, paris(9, 14))
    act(write_to_investor, paris(5, 9), body="What height?")
    assert owed(enquiry) == (Step.TAILORED_ANSWER, paris(9, 14))
    act(write_to_investor, paris(6, 9), body="Two workshops.", tailored=True)
    assert owed(enquiry) == ("", None)
    assert enquiry.tailored_at == paris(6, 9)


def test_delays_are_the_partners_own(partnership):
    partnership.cma.first_answer_days, partnership.cma.tailored_answer_days = 2, 4
    partnership.cma.save()
    enquiry = submitted(activity=Activity.CRAFT, at=paris(2, 14))
    assert owed(enquiry) == (Step.FIRST_ANSWER, paris(4, 14))
    take_in_charge(enquiry=enquiry, actor=partnership.cma_officer, at=paris(2, 15))
    write_to_investor(enquiry=enquiry, actor=partnership.cma_officer, body="Hello.", at=paris(2, 16))
    assert owed(enquiry) == (Step.TAILORED_ANSWER, paris(6, 14))


def test_the_clock_stops_while_the_investor_is_awaited(enquiry, act):
    act(take_in_charge, paris(2, 15))
    act(write_to_investor, paris(3, 14), body="What height?", awaiting=True)
    assert owed(enquiry) == (Step.TAILORED_ANSWER, working_days(4))
    assert not enquiry.is_late
    record_reply(enquiry=enquiry, body="Five metres.", at=paris(10, 16))
    # Four days from Tuesday 16:00; Wednesday is a holiday.
    assert owed(enquiry) == (Step.TAILORED_ANSWER, paris(17, 16))


def test_what_was_late_when_the_clock_stopped_is_as_late_when_it_goes_on(enquiry, act):
    act(take_in_charge, paris(2, 15))
    act(write_to_investor, paris(3, 9), body="Hello.")
    act(change_state, paris(9, 16), state=EnquiryState.AWAITING_INVESTOR)
    assert owed(enquiry) == (Step.TAILORED_ANSWER, -timedelta(hours=2))
    act(change_state, paris(16, 12), state=EnquiryState.IN_PROGRESS)
    assert owed(enquiry) == (Step.TAILORED_ANSWER, paris(16, 10))


def test_a_message_after_the_tailored_answer_starts_a_delay_and_the_next_one_does_not_lengthen_it(enquiry, act):
    act(take_in_charge, paris(2, 15))
    act(write_to_investor, paris(3, 9), body="Two workshops.", tailored=True, awaiting=True)
    assert owed(enquiry) == ("", None)
    record_reply(enquiry=enquiry, body="The second?", at=paris(4, 10))
    record_reply(enquiry=enquiry, body="Any news?", at=paris(4, 17))
    assert owed(enquiry) == (Step.REPLY, paris(5, 10))
    act(write_to_investor, paris(5, 9), body="Yes.")
    assert owed(enquiry) == ("", None)


def test_thanks_need_no_answer_and_that_is_kept(enquiry, act):
    act(take_in_charge, paris(2, 15))
    with pytest.raises(RefusedError):
        act(need_no_answer, paris(2, 16))
    act(write_to_investor, paris(3, 9), body="Two workshops.", tailored=True)
    record_reply(enquiry=enquiry, body="Thank you.", at=paris(4, 10))
    act(need_no_answer, paris(4, 11))
    assert owed(enquiry) == ("", None)
    assert enquiry.events.last().kind == EventKind.NO_ANSWER


def test_another_partner_starts_anew(partnership, enquiry, act):
    act(take_in_charge, paris(2, 15))
    act(write_to_investor, paris(3, 9), body="Two workshops.", tailored=True, awaiting=True)
    transfer = act(propose_transfer, paris(4, 9), to_partner=partnership.cci, reason="Trade.")
    assert owed(enquiry) == ("", None)
    accept_transfer(transfer=transfer, actor=partnership.cci_officer, at=paris(4, 10))
    assert owed(enquiry) == (Step.FIRST_ANSWER, paris(5, 10))
    assert enquiry.tailored_at is None
    take_in_charge(enquiry=enquiry, actor=partnership.cci_officer, at=paris(4, 11))
    assert owed(enquiry) == (Step.FIRST_ANSWER, paris(5, 10)), "taking it is not answering"


def test_a_closed_enquiry_owes_nothing_until_the_investor_writes(enquiry, act):
    act(take_in_charge, paris(2, 15))
    act(write_to_investor, paris(3, 9), body="Hello.")
    act(change_state, paris(3, 10), state=EnquiryState.SETTLED, reason="Lease signed.")
    assert owed(enquiry) == ("", None)
    record_reply(enquiry=enquiry, body="One more thing.", at=paris(4, 10))
    assert owed(enquiry) == (Step.REPLY, paris(5, 10))
    act(change_state, paris(4, 11), state=EnquiryState.IN_PROGRESS, reason="They wrote.")
    assert owed(enquiry) == (Step.REPLY, paris(5, 10))


@pytest.mark.parametrize("answered", [True, False])
def test_one_that_is_opened_again_owes_an_answer(enquiry, act, answered):
    act(take_in_charge, paris(2, 15))
    if answered:
        act(write_to_investor, paris(3, 9), body="Hello.")
    act(change_state, paris(3, 10), state=EnquiryState.UNSUCCESSFUL, reason="No.")
    act(change_state, paris(4, 11), state=EnquiryState.IN_PROGRESS, reason="Yes.")
    assert owed(enquiry) == (Step.REPLY if answered else Step.FIRST_ANSWER, paris(5, 11))


def test_a_suspect_one_is_to_be_checked_in_time_and_seen_when_it_is_late(partnership):
    enquiry = submitted(activity=Activity.CRAFT, suspicion="trap", at=paris(2, 14))
    assert owed(enquiry) == (Step.CHECK, paris(3, 14))
    assert list(Enquiry.objects.late(paris(3, 15))) == [enquiry]
    release(enquiry=enquiry, actor=partnership.coordinator, at=paris(4, 9))
    assert owed(enquiry) == (Step.FIRST_ANSWER, paris(4, 18))


def test_withdrawing_and_erasing_end_it(partnership, enquiry):
    other = submitted(activity=Activity.CRAFT, at=paris(2, 14))
    withdraw(enquiry=other, at=paris(2, 15))
    assert owed(other) == ("", None)
    purge_personal_data(at=paris(2, 14) + timedelta(days=1200))
    assert owed(enquiry) == ("", None)


def test_the_database_keeps_one_clock_or_none(enquiry):
    for wrong in ({"step": ""}, {"due_at": None}, {"time_left": timedelta()}, {"step": "nonsense"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=enquiry.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(state=EnquiryState.SETTLED, closed_at=paris(4, 9))
