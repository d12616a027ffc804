"""Whatever people do, in whatever order and at once: one holder, one open transfer at most, and nothing is lost."""

from collections import Counter

import pytest
from django.db import connection
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from implantation.enquiries.choices import EnquiryState, EventKind, TransferState
from implantation.enquiries.conversation import add_note, record_reply, write_to_investor
from implantation.enquiries.custody import accept_transfer, decline_transfer, propose_transfer
from implantation.enquiries.handling import change_state, take_in_charge, withdraw
from implantation.enquiries.models import Enquiry
from implantation.errors import RefusedError
from implantation.routing.facts import Activity
from tests.concurrency import at_once
from tests.implantation.factories import submitted
from tests.implantation.test_custody_concurrent import assert_timeline_is_whole, refusals

VERBS = {
    "take": EventKind.TAKEN,
    "note": EventKind.NOTE,
    "write": EventKind.MESSAGE_OUT,
    "reply": EventKind.MESSAGE_IN,
    "close": EventKind.STATE,
    "withdraw": EventKind.WITHDRAWN,
    "propose": EventKind.TRANSFER_PROPOSED,
    "accept": EventKind.TRANSFER_ACCEPTED,
    "decline": EventKind.TRANSFER_DECLINED,
}
PEOPLE = ["cma_officer", "cma_deputy", "cci_officer", "coordinator"]
acts = st.tuples(st.sampled_from(sorted(VERBS)), st.sampled_from(PEOPLE), st.sampled_from(["cma", "cci", "ept"]))


class Custody(RuleBasedStateMachine):
    """One enquiry, and people who do anything to it. `together` is how several acts are done: at once, or in turn."""

    def __init__(self, partnership, together):
        super().__init__()
        self.partnership, self.together = partnership, together

    @initialize()
    def an_enquiry_comes_in(self):
        self.enquiry = submitted(activity=Activity.CRAFT)

    def do(self, verb, who, to):
        actor, enquiry = getattr(self.partnership, who), Enquiry.objects.get(pk=self.enquiry.pk)
        transfer = enquiry.transfers.order_by("-pk").first()
        if verb in ("accept", "decline") and transfer is None:
            raise RefusedError("nothing to answer")
        match verb:
            case "take":
                take_in_charge(enquiry=enquiry, actor=actor)
            case "note":
                add_note(enquiry=enquiry, actor=actor, body="A note.")
            case "write":
                write_to_investor(enquiry=enquiry, actor=actor, body="A message.")
            case "reply":
                record_reply(enquiry=enquiry, body="An answer.")
            case "close":
                closed = enquiry.state == EnquiryState.UNSUCCESSFUL
                state = EnquiryState.IN_PROGRESS if closed else EnquiryState.UNSUCCESSFUL
                change_state(enquiry=enquiry, actor=actor, state=state, reason="So.")
            case "withdraw":
                withdraw(enquiry=enquiry)
            case "propose":
                partner = getattr(self.partnership, to)
                propose_transfer(enquiry=enquiry, actor=actor, to_partner=partner, reason="Not ours.")
            case "accept":
                accept_transfer(transfer=transfer, actor=actor)
            case "decline":
                decline_transfer(transfer=transfer, actor=actor, reason="It is yours.")

    @rule(wanted=st.lists(acts, min_size=2, max_size=3))
    def people_act(self, wanted):
        before = Counter(self.enquiry.events.values_list("kind", flat=True))
        outcomes = self.together(*(lambda act=act: self.do(*act) for act in wanted))
        refusals(outcomes)
        done = Counter(VERBS[verb] for (verb, _, _), said in zip(wanted, outcomes, strict=True) if said is None)
        grown = Counter(self.enquiry.events.values_list("kind", flat=True)) - before
        # What was done is in the timeline once, what was refused is not. A third move is proposed and done in one act.
        at_last_resort = grown[EventKind.TRANSFER_ACCEPTED] - done[EventKind.TRANSFER_ACCEPTED]
        assert 0 <= at_last_resort <= done[EventKind.TRANSFER_PROPOSED]
        for kind in VERBS.values():
            if kind != EventKind.TRANSFER_ACCEPTED:
                assert grown[kind] == done[kind]

    @invariant()
    def the_timeline_tells_who_holds_it(self):
        if hasattr(self, "enquiry"):
            enquiry = Enquiry.objects.get(pk=self.enquiry.pk)
            moves = enquiry.events.filter(kind__in=[EventKind.ROUTED, EventKind.TRANSFER_ACCEPTED])
            assert enquiry.holder == moves.order_by("-sequence").first().partner
            assert enquiry.moves == moves.count() - 1
            assert_timeline_is_whole(enquiry)

    @invariant()
    def one_transfer_at_most_is_open_and_it_is_the_holders(self):
        if hasattr(self, "enquiry"):
            enquiry = Enquiry.objects.get(pk=self.enquiry.pk)
            proposed = list(enquiry.transfers.filter(state=TransferState.PROPOSED))
            assert len(proposed) <= 1
            for transfer in proposed:
                assert transfer.from_partner_id == enquiry.holder_id
                assert enquiry.is_open


def in_turn(*wanted):
    outcomes = []
    for act in wanted:
        try:
            outcomes.append(act())
        except RefusedError as refusal:
            outcomes.append(refusal)
    return outcomes


def live(partnership, together, *, examples):
    """Few examples, told as they failed: shrinking them replays people who act at once, which no replay repeats."""
    run_state_machine_as_test(
        lambda: Custody(partnership, together),
        settings=settings(
            max_examples=examples, stateful_step_count=8, deadline=None, phases=[Phase.explicit, Phase.generate]
        ),
    )


@pytest.mark.django_db
def test_custody_holds_when_people_act_in_turn(partnership):
    live(partnership, in_turn, examples=12)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time: real concurrency is PostgreSQL's"
)
@pytest.mark.django_db(transaction=True)
def test_custody_holds_when_people_act_at_once(partnership):
    live(partnership, at_once, examples=10)
