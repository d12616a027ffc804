"""One holder at every instant: what may be done, by whom, and that a refusal leaves everything as it was."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ReferenceIndex

from implantation.enquiries.choices import CLOSED_STATES, EnquiryState, EventKind, NoticeKind, Step, TransferState
from implantation.enquiries.conversation import add_note, record_reply, write_to_investor
from implantation.enquiries.custody import accept_transfer, decline_transfer, propose_transfer, return_expired_transfers
from implantation.enquiries.handling import change_state, take_in_charge, withdraw
from implantation.enquiries.models import Enquiry, Event, EventText, Notice, Transfer
from implantation.enquiries.privacy import purge_personal_data
from implantation.errors import RefusedError
from implantation.routing.activation import activate_table
from implantation.routing.approvals import ask_approval
from implantation.routing.facts import Activity
from territory.models import Partner
from tests.implantation.factories import (
    EnquiryFactory,
    RoutingTableFactory,
    RuleFactory,
    approved,
    staffed,
    submitted,
)
from tests.territory.factories import PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(partnership):
    """A craft firm's, held by `cma`."""
    return submitted(activity=Activity.CRAFT)


@pytest.fixture
def taken(enquiry, partnership):
    return take_in_charge(enquiry=enquiry, actor=partnership.cma_officer)


def snapshot(enquiry):
    """Everything that may change about an enquiry."""
    return (
        Enquiry.objects.filter(pk=enquiry.pk).values().get(),
        list(Event.objects.filter(enquiry=enquiry).values()),
        list(EventText.objects.filter(event__enquiry=enquiry).values()),
        list(Transfer.objects.filter(enquiry=enquiry).values()),
        list(Notice.objects.filter(event__enquiry=enquiry).values()),
    )


def proposed(enquiry, partnership, to=None):
    return propose_transfer(
        enquiry=enquiry, actor=partnership.cma_officer, to_partner=to or partnership.cci, reason="Trade, not craft."
    )


def test_the_officer_takes_writes_and_closes(taken, partnership):
    assert (taken.state, taken.taken_by) == (EnquiryState.IN_PROGRESS, partnership.cma_officer)
    written = write_to_investor(enquiry=taken, actor=partnership.cma_deputy, body="  Shall we meet?  ", awaiting=True)
    assert (written.state, written.first_answered_at is not None) == (EnquiryState.AWAITING_INVESTOR, True)
    event = taken.events.get(kind=EventKind.MESSAGE_OUT)
    assert (event.body, event.partner, event.actor) == ("Shall we meet?", partnership.cma, partnership.cma_deputy)
    assert event.text_hash == event.text.digest()
    closed = change_state(
        enquiry=taken, actor=partnership.cma_officer, state=EnquiryState.SETTLED, reason="Lease signed."
    )
    assert closed.closed_at is not None
    again = change_state(
        enquiry=taken, actor=partnership.cma_officer, state=EnquiryState.IN_PROGRESS, reason="Not signed."
    )
    assert again.closed_at is None


def test_the_second_officer_is_told_who_took_it(taken, partnership):
    before = snapshot(taken)
    with pytest.raises(RefusedError, match=partnership.cma_officer.get_full_name()):
        take_in_charge(enquiry=taken, actor=partnership.cma_deputy)
    assert snapshot(taken) == before


VERBS = {
    "take": lambda enquiry, actor, to: take_in_charge(enquiry=enquiry, actor=actor),
    "write": lambda enquiry, actor, to: write_to_investor(enquiry=enquiry, actor=actor, body="Hello"),
    "note": lambda enquiry, actor, to: add_note(enquiry=enquiry, actor=actor, body="Hello"),
    "state": lambda enquiry, actor, to: change_state(
        enquiry=enquiry, actor=actor, state=EnquiryState.SETTLED, reason="Because"
    ),
    "propose": lambda enquiry, actor, to: propose_transfer(enquiry=enquiry, actor=actor, to_partner=to, reason="Why"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["cci_officer", "ept_officer", "nobody"])
def test_who_does_not_hold_an_enquiry_can_do_nothing_to_it(taken, partnership, verb, who):
    actor = UserFactory() if who == "nobody" else getattr(partnership, who)
    before = snapshot(taken)
    with pytest.raises(RefusedError):
        VERBS[verb](taken, actor, partnership.ept)
    assert snapshot(taken) == before


def test_the_coordinator_writes_in_its_own_name(taken, partnership):
    write_to_investor(enquiry=taken, actor=partnership.coordinator, body="We follow this with you.")
    assert taken.events.get(kind=EventKind.MESSAGE_OUT).partner == partnership.ept


@pytest.mark.parametrize("verb", VERBS)
def test_an_officer_who_sees_a_proposed_enquiry_may_not_act_before_accepting(taken, partnership, verb):
    proposed(taken, partnership)
    assert taken in Enquiry.objects.visible_to(partnership.cci_officer)
    before = snapshot(taken)
    with pytest.raises(RefusedError):
        VERBS[verb](taken, partnership.cci_officer, partnership.ept)
    assert snapshot(taken) == before


def test_each_sees_its_own_the_coordinator_all_and_strangers_nothing(partnership):
    craft = submitted(activity=Activity.CRAFT)
    other = submitted()
    suspect = submitted(suspicion="honeypot")
    visible = Enquiry.objects.visible_to
    assert set(visible(partnership.cma_officer)) == {craft}
    assert set(visible(partnership.cma_deputy)) == {craft}
    assert set(visible(partnership.ept_officer)) == {other}
    assert set(visible(partnership.cci_officer)) == set()
    assert set(visible(partnership.coordinator)) == {craft, other, suspect}
    assert set(visible(UserFactory(is_superuser=True))) == set()
    partnership.cma_officer.is_active = False
    partnership.cma_officer.save()
    assert set(visible(partnership.cma_officer)) == set()


def test_the_holder_keeps_an_enquiry_until_the_other_accepts(taken, partnership):
    transfer = proposed(taken, partnership)
    taken.refresh_from_db()
    assert (taken.holder, taken.state) == (partnership.cma, EnquiryState.IN_PROGRESS)
    write_to_investor(enquiry=taken, actor=partnership.cma_officer, body="Still with us.")
    moved = accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    assert (moved.holder, moved.state, moved.moves, moved.taken_by) == (partnership.cci, EnquiryState.RECEIVED, 1, None)
    assert taken not in Enquiry.objects.visible_to(partnership.cma_officer)
    told = Notice.objects.filter(kind=NoticeKind.NEW_HOLDER).values_list("recipient", flat=True)
    assert list(told) == [taken.email]


def test_a_declined_transfer_leaves_the_holder_and_tells_it_why(taken, partnership):
    transfer = proposed(taken, partnership)
    with pytest.raises(RefusedError):
        decline_transfer(transfer=transfer, actor=partnership.cci_officer, reason="  ")
    decline_transfer(transfer=transfer, actor=partnership.cci_officer, reason="It is craft.")
    taken.refresh_from_db()
    assert (taken.holder, taken.moves) == (partnership.cma, 0)
    assert taken.events.get(kind=EventKind.TRANSFER_DECLINED).body == "It is craft."
    with pytest.raises(RefusedError):
        accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    assert taken not in Enquiry.objects.visible_to(partnership.cci_officer)


def test_only_the_partner_it_is_proposed_to_answers(taken, partnership):
    transfer = proposed(taken, partnership)
    before = snapshot(taken)
    for actor in (partnership.cma_officer, partnership.ept_officer, UserFactory()):
        with pytest.raises(RefusedError):
            accept_transfer(transfer=transfer, actor=actor)
        with pytest.raises(RefusedError):
            decline_transfer(transfer=transfer, actor=actor, reason="No")
    assert snapshot(taken) == before


def test_an_unanswered_transfer_returns_after_its_deadline_and_not_before(taken, partnership):
    transfer = proposed(taken, partnership)
    last_day = timezone.localtime().replace(year=transfer.due.year, month=transfer.due.month, day=transfer.due.day)
    assert return_expired_transfers(at=last_day) == 0
    assert return_expired_transfers(at=last_day + timedelta(days=1)) == 1
    assert return_expired_transfers(at=last_day + timedelta(days=1)) == 0
    transfer.refresh_from_db()
    assert transfer.state == TransferState.RETURNED
    assert taken.events.filter(kind=EventKind.TRANSFER_RETURNED).count() == 1


@pytest.mark.parametrize(
    ("to", "reason"), [("cma", "to itself"), ("cci", ""), ("left", "no longer a member")], ids=["self", "mute", "left"]
)
def test_a_transfer_that_makes_no_sense_is_refused(taken, partnership, to, reason):
    partner = PartnerFactory(slug="left", member_until=date(2020, 1, 1)) if to == "left" else getattr(partnership, to)
    before = snapshot(taken)
    with pytest.raises(RefusedError):
        propose_transfer(enquiry=taken, actor=partnership.cma_officer, to_partner=partner, reason=reason)
    assert snapshot(taken) == before


def test_a_partner_that_left_meanwhile_cannot_accept(taken, partnership):
    transfer = proposed(taken, partnership)
    Partner.objects.filter(pk=partnership.cci.pk).update(member_until=date(2020, 1, 1))
    with pytest.raises(RefusedError):
        accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    taken.refresh_from_db()
    assert taken.holder == partnership.cma


def test_at_most_one_transfer_is_open(taken, partnership):
    first = proposed(taken, partnership)
    with pytest.raises(RefusedError):
        proposed(taken, partnership, to=partnership.ept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            enquiry=taken,
            from_partner=partnership.cma,
            to_partner=partnership.ept,
            proposed_at=timezone.now(),
            due=first.due,
        )
    assert Transfer.objects.count() == 1


def test_after_two_moves_the_coordinator_takes_it_at_once_and_may_give_it_again(taken, partnership):
    accept_transfer(transfer=proposed(taken, partnership), actor=partnership.cci_officer)
    back = propose_transfer(enquiry=taken, actor=partnership.cci_officer, to_partner=partnership.cma, reason="Craft.")
    accept_transfer(transfer=back, actor=partnership.cma_officer)
    before = snapshot(taken)
    with pytest.raises(RefusedError):
        proposed(taken, partnership)
    assert snapshot(taken) == before
    transfer = proposed(taken, partnership, to=partnership.ept)
    taken.refresh_from_db()
    assert (transfer.state, taken.holder) == (TransferState.ACCEPTED, partnership.ept)
    propose_transfer(
        enquiry=taken, actor=partnership.coordinator, to_partner=partnership.cci, reason="Decided with you."
    )


@pytest.mark.parametrize("ending", ["withdrawn", "settled", "erased"])
def test_an_enquiry_that_ends_takes_its_open_transfer_with_it(taken, partnership, ending):
    transfer = proposed(taken, partnership)
    if ending == "withdrawn":
        withdraw(enquiry=taken)
    elif ending == "settled":
        change_state(enquiry=taken, actor=partnership.cma_officer, state=EnquiryState.SETTLED, reason="Signed.")
    else:
        purge_personal_data(at=timezone.now() + timedelta(days=4 * 366))
    transfer.refresh_from_db()
    assert transfer.state == TransferState.LAPSED
    before = snapshot(taken)
    with pytest.raises(RefusedError):
        accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    assert snapshot(taken) == before


def test_the_investor_replies_and_the_ball_is_back_with_the_holder(taken, partnership):
    write_to_investor(enquiry=taken, actor=partnership.cma_officer, body="When?", awaiting=True)
    replied = record_reply(enquiry=taken, body="On Monday.")
    assert replied.state == EnquiryState.IN_PROGRESS
    told = Notice.objects.filter(kind=NoticeKind.REPLY).values_list("recipient", flat=True)
    assert set(told) == {partnership.cma_officer.email, partnership.cma_deputy.email}
    before = snapshot(taken)
    for body in ("   ", "x" * 5_001):
        with pytest.raises(RefusedError):
            record_reply(enquiry=taken, body=body)
    assert snapshot(taken) == before


def test_a_withdrawn_enquiry_is_over(taken, partnership):
    withdraw(enquiry=taken)
    before = snapshot(taken)
    for again in (
        lambda: withdraw(enquiry=taken),
        lambda: record_reply(enquiry=taken, body="Wait"),
        lambda: write_to_investor(enquiry=taken, actor=partnership.cma_officer, body="Wait"),
        lambda: change_state(enquiry=taken, actor=partnership.cma_officer, state=EnquiryState.IN_PROGRESS, reason="No"),
    ):
        with pytest.raises(RefusedError):
            again()
    assert snapshot(taken) == before


def test_a_state_is_reached_from_where_it_can_be_and_closing_wants_a_reason(enquiry, partnership):
    actor = partnership.cma_officer
    before = snapshot(enquiry)
    for state, reason in [(EnquiryState.SETTLED, "Signed"), (EnquiryState.QUARANTINED, "x"), ("nonsense", "x")]:
        with pytest.raises(RefusedError):
            change_state(enquiry=enquiry, actor=actor, state=state, reason=reason)
    with pytest.raises(RefusedError):
        write_to_investor(enquiry=enquiry, actor=actor, body="Before taking it")
    assert snapshot(enquiry) == before
    take_in_charge(enquiry=enquiry, actor=actor)
    with pytest.raises(RefusedError):
        change_state(enquiry=enquiry, actor=actor, state=EnquiryState.UNSUCCESSFUL, reason=" ")


def test_the_timeline_only_grows(taken):
    event = taken.events.first()
    event.kind = EventKind.NOTE
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(TypeError):
        Event.objects.filter(enquiry=taken).update(kind=EventKind.NOTE)
    with pytest.raises(TypeError):
        taken.events.all().delete()
    assert [event.sequence for event in taken.events.all()] == [1, 2, 3]
    assert taken.events.filter(kind=EventKind.NOTE).count() == 0


def test_no_enquiry_can_be_deleted_once_it_has_a_timeline(taken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=taken.pk).delete()
    assert Enquiry.objects.count() == 1


def test_a_row_without_holder_or_closed_without_date_is_impossible(taken):
    for wrong in ({"holder": None}, {"closed_at": timezone.now()}, {"state": "nonsense"}, {"project": "nonsense"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=taken.pk).update(**wrong)
    taken.refresh_from_db()
    assert taken.state == EnquiryState.IN_PROGRESS


@pytest.mark.parametrize("state", EnquiryState.values)
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("due_in", [-1, 1])
def test_late_means_the_same_on_a_row_and_in_a_list(partnership, state, answered, due_in):
    enquiry = EnquiryFactory(
        holder=partnership.cma,
        state=state,
        first_answered_at=timezone.now() if answered else None,
        step="" if state in CLOSED_STATES else Step.TAILORED_ANSWER,
        due_at=None if state in CLOSED_STATES else timezone.now() + timedelta(minutes=due_in),
    )
    assert enquiry.is_late == (due_in < 0 and state not in CLOSED_STATES)
    assert enquiry.is_late == Enquiry.objects.late().filter(pk=enquiry.pk).exists()


def test_a_table_is_put_in_force_by_the_coordinator_only_and_supersedes_the_last(partnership):
    draft = RoutingTableFactory()
    RuleFactory(table=draft, lead=partnership.cci, position=1)
    with pytest.raises(RefusedError):
        activate_table(table=draft, actor=partnership.ept_officer)
    assert submitted().holder == partnership.ept
    staffed(partnership.ept, partnership.cma, partnership.cci)
    approved(draft, partnership.coordinator)
    with pytest.raises(RefusedError):
        activate_table(table=draft, actor=partnership.ept_officer)
    activate_table(table=draft, actor=partnership.coordinator)
    assert submitted().holder == partnership.cci
    partnership.table.refresh_from_db()
    assert partnership.table.state == "superseded"
    with pytest.raises(RefusedError):
        activate_table(table=draft, actor=partnership.coordinator)


@pytest.mark.parametrize("fault", ["empty", "condition last", "left", "unknown value"])
def test_a_table_that_could_not_decide_is_not_put_in_force(partnership, fault):
    draft = RoutingTableFactory()
    left = PartnerFactory(slug="left", member_until=date(2020, 1, 1))
    if fault == "condition last":
        RuleFactory(table=draft, lead=partnership.cci, position=1, conditions={"project": ["create"]})
    elif fault == "left":
        RuleFactory(table=draft, lead=left, position=1)
    elif fault == "unknown value":
        RuleFactory(table=draft, lead=partnership.cci, position=1, conditions={"place": ["75056"]})
        RuleFactory(table=draft, lead=partnership.ept, position=2)
    with pytest.raises(RefusedError):
        activate_table(table=draft, actor=partnership.coordinator)
    with pytest.raises(RefusedError):
        ask_approval(table=draft, actor=partnership.coordinator)
    draft.refresh_from_db()
    partnership.table.refresh_from_db()
    assert (draft.state, partnership.table.state) == ("draft", "in_force")


def test_usage_pages_of_the_admin_do_not_name_enquiries(taken, partnership):
    proposed(taken, partnership)
    indexed = ReferenceIndex.objects.values_list("base_content_type__app_label", "base_content_type__model")
    assert not {model for app, model in indexed if app == "implantation"} - {"rule", "routingtable"}
    for model in (Enquiry, Event, Transfer, type(taken.decision)):
        assert not ReferenceIndex.model_is_indexable(model)
