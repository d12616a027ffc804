"""Facts corrected by an officer: kept, told to colleagues, and a reason to propose, never to move."""

import pytest
from django.urls import reverse

from implantation.enquiries import summaries
from implantation.enquiries.choices import EnquiryState, EventKind, TransferState
from implantation.enquiries.correction import correct_facts
from implantation.enquiries.custody import accept_transfer, propose_transfer
from implantation.enquiries.handling import change_state, take_in_charge
from implantation.enquiries.models import Enquiry, Event, EventText, Notice, Transfer
from implantation.errors import RefusedError
from implantation.routing.models import Decision
from tests.implantation.factories import in_force, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(partnership):
    """Held by the chamber of trades, and taken in charge."""
    in_force(
        (partnership.cma, {"activity": ["craft"]}), (partnership.cci, {"activity": ["liberal"]}), (partnership.ept, {})
    )
    return take_in_charge(enquiry=submitted(activity="craft", place="94081"), actor=partnership.cma_officer)


def written():
    return [
        list(model.objects.order_by("pk").values()) for model in (Enquiry, Event, EventText, Transfer, Notice, Decision)
    ]


def corrected(enquiry, actor, reason="She said so by telephone.", **facts):
    return correct_facts(enquiry=enquiry, actor=actor, facts=facts, reason=reason)


def test_a_correction_that_the_rules_give_to_another_partner_is_a_proposal(enquiry, partnership):
    decided = Decision.objects.filter(enquiry=enquiry).values().get()
    transfer = corrected(enquiry, partnership.cma_officer, activity="liberal", headcount="1-9")
    enquiry.refresh_from_db()
    assert (enquiry.holder, enquiry.activity, enquiry.headcount) == (partnership.cma, "liberal", "1-9")
    assert (transfer.to_partner, transfer.state) == (partnership.cci, TransferState.PROPOSED)
    assert Decision.objects.filter(enquiry=enquiry).values().get() == decided
    correction, proposal = enquiry.events.order_by("-sequence")[:2][::-1]
    assert correction.kind == EventKind.FACTS_CORRECTED
    assert correction.data == {"changed": {"activity": ["craft", "liberal"], "headcount": ["unknown", "1-9"]}}
    assert (correction.body, correction.public_body) == ("She said so by telephone.", "")
    assert proposal.kind == EventKind.TRANSFER_PROPOSED
    assert "règle 2." in proposal.body
    assert "rule 2." in proposal.body
    accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    enquiry.refresh_from_db()
    assert enquiry.holder == partnership.cci


def test_the_investor_still_reads_what_was_sent(enquiry, partnership):
    before = summaries.sent(enquiry)
    corrected(enquiry, partnership.cma_officer, activity="liberal", place="unknown")
    enquiry.refresh_from_db()
    assert summaries.sent(enquiry) == before


@pytest.mark.parametrize("facts", [{"headcount": "1-9"}, {"place": "unknown", "origin": "abroad"}])
def test_a_correction_that_changes_no_partner_proposes_nothing(enquiry, partnership, facts):
    assert corrected(enquiry, partnership.cma_officer, **facts) is None
    enquiry.refresh_from_db()
    assert {fact: getattr(enquiry, fact) for fact in facts} == facts
    assert not Transfer.objects.exists()


def test_a_transfer_made_by_people_is_not_sent_back_by_a_correction_about_something_else(enquiry, partnership):
    accept_transfer(
        transfer=propose_transfer(
            enquiry=enquiry, actor=partnership.cma_officer, to_partner=partnership.cci, reason="Trade."
        ),
        actor=partnership.cci_officer,
    )
    enquiry.refresh_from_db()
    assert corrected(enquiry, partnership.cci_officer, headcount="1-9") is None
    assert Transfer.objects.filter(state=TransferState.PROPOSED).count() == 0


def test_with_a_transfer_open_the_correction_is_kept_and_proposes_nothing_more(enquiry, partnership):
    propose_transfer(enquiry=enquiry, actor=partnership.cma_officer, to_partner=partnership.ept, reason="Land.")
    assert corrected(enquiry, partnership.cma_officer, activity="liberal") is None
    assert Transfer.objects.get().to_partner == partnership.ept
    enquiry.refresh_from_db()
    assert enquiry.activity == "liberal"


def test_after_two_moves_only_a_person_proposes(enquiry, partnership):
    Enquiry.objects.filter(pk=enquiry.pk).update(moves=2)
    assert corrected(enquiry, partnership.cma_officer, activity="unknown") is None
    enquiry.refresh_from_db()
    assert enquiry.holder == partnership.cma


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"activity": "craft"}, "Said so."),
        ({"activity": "liberal"}, "  "),
        ({"activity": "colour"}, "Said so."),
        ({"place": "75056"}, "Said so."),
        ({"colour": "red"}, "Said so."),
        ({"property_partner": "cci"}, "Said so."),
    ],
)
def test_a_bad_correction_is_refused_and_writes_nothing(enquiry, partnership, facts, reason):
    before = written()
    with pytest.raises(RefusedError):
        corrected(enquiry, partnership.cma_officer, reason, **facts)
    assert written() == before


def test_a_closed_enquiry_and_somebody_elses_are_not_corrected(enquiry, partnership):
    before = written()
    with pytest.raises(RefusedError):
        corrected(enquiry, partnership.cci_officer, activity="liberal")
    assert written() == before
    change_state(enquiry=enquiry, actor=partnership.cma_officer, state=EnquiryState.SETTLED, reason="Lease signed.")
    before = written()
    with pytest.raises(RefusedError):
        corrected(enquiry, partnership.cma_officer, activity="liberal")
    assert written() == before


def test_an_officer_corrects_on_the_page_and_reads_both_what_it_was_decided_on_and_what_changed(
    client, enquiry, partnership
):
    client.force_login(partnership.cma_officer)
    page = reverse("enquiry:detail", args=[enquiry.pk])
    form = next(form for action, form in client.get(page).context["actions"] if action.name == "correct")
    now = {name: form[name].initial for name in form.fields if name not in ("seen", "reason")}
    assert (now["activity"], now["place"]) == ("craft", "94081")
    typed = now | {"activity": "liberal", "reason": "By telephone."}
    act = reverse("enquiry:act", args=[enquiry.pk, "correct"])
    assert client.post(act, typed | {"place": "75056"}).status_code == 422
    assert client.post(act, now | {"reason": "By telephone."}).status_code == 422
    assert not Transfer.objects.exists()
    assert client.post(act, typed).status_code == 302
    response = client.get(page)
    words = response.context["view"].words
    assert words.fact("activity", "craft") in response.context["decision"]["facts"]
    lines = [item["said"] for item in response.context["timeline"] if item["event"].kind == EventKind.FACTS_CORRECTED]
    assert lines == [f"{words.fact('activity', 'craft')} → {words.value('activity', 'liberal')}"]
    assert response.context["transfer"].to_partner == partnership.cci
