"""Receiving: one partner at once with its reason, once for one submission, whatever is missing."""

import uuid
from datetime import date, datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from implantation.deadlines import PARIS, add_working_days
from implantation.enquiries.checking import release
from implantation.enquiries.choices import EnquiryState, EventKind, NoticeKind
from implantation.enquiries.models import Enquiry, Notice, ReferenceCounter
from implantation.enquiries.submission import facts_of, submit
from implantation.errors import RefusedError
from implantation.routing.choices import TableState
from implantation.routing.deciding import pure
from implantation.routing.facts import FACTS, Activity
from implantation.routing.models import Decision, RoutingTable
from territory.models import Officer, Partner
from tests.implantation.factories import RuleFactory, answers, in_force, submitted, sweep_notices

pytestmark = pytest.mark.django_db


def kinds(enquiry):
    return [event.kind for event in enquiry.events.all()]


def test_an_enquiry_has_its_reference_its_partner_and_the_reason_at_once(partnership):
    # A Tuesday afternoon: sent before offices open, a promise of one working day would end the same day.
    enquiry = submitted(activity=Activity.CRAFT, at=datetime(2026, 3, 10, 14, tzinfo=PARIS))
    assert enquiry.reference == "GO-2026-000001"
    assert str(enquiry) == enquiry.reference
    assert enquiry.holder == partnership.cma
    assert enquiry.state == EnquiryState.RECEIVED
    assert enquiry.first_answer_due == add_working_days(date(2026, 3, 10), enquiry.holder.first_answer_days)
    assert kinds(enquiry) == [EventKind.SUBMITTED, EventKind.ROUTED]
    decision = enquiry.decision
    assert (decision.table, decision.rule.position, decision.earlier) == (partnership.table, 1, [])
    with translation.override("en"):
        assert str(decision.reason) == "Cma, rule 1."
    with translation.override("fr"):
        assert str(decision.reason) == "Cma, règle 1."


def test_a_decision_says_why_each_earlier_rule_did_not_match(partnership):
    enquiry = submitted(activity=Activity.LIBERAL)
    assert enquiry.holder == partnership.ept
    assert enquiry.decision.earlier == [
        {"position": 1, "misses": [{"fact": "activity", "value": "liberal", "expected": ["craft"]}]}
    ]
    assert enquiry.decision.facts == facts_of(enquiry)
    assert list(enquiry.decision.facts) == list(FACTS)


def test_a_stored_decision_replays_to_the_same_rule(partnership):
    for activity in Activity.values:
        decision = submitted(activity=activity).decision
        assert pure(decision.table).decide(decision.facts).rule.position == decision.rule.position


def test_the_same_submission_twice_is_one_enquiry_and_one_mail(partnership):
    key = uuid.uuid4()
    first = submit(answers=answers(), language="fr", idempotency_key=key)
    second = submit(answers=answers(message="typed again"), language="fr", idempotency_key=key)
    assert first == second
    assert second.message == "We look for a workshop."
    assert Enquiry.objects.count() == 1
    assert Notice.objects.filter(kind=NoticeKind.ACKNOWLEDGEMENT).count() == 1


def test_references_follow_one_another_without_gap_even_after_a_refusal(partnership):
    submitted()
    with pytest.raises(RefusedError):
        submitted(place="75056")
    assert submitted().reference.endswith("000002")
    assert ReferenceCounter.objects.get().last == Enquiry.objects.count() == 2


def test_each_year_has_its_own_numbers(partnership):
    submitted()
    old = submitted(at=timezone.now().replace(year=2024))
    assert old.reference == "GO-2024-000001"


def test_a_value_outside_the_closed_lists_is_refused_and_nothing_is_written(partnership):
    with pytest.raises(RefusedError, match="75056"):
        submitted(place="75056")
    assert not Enquiry.objects.exists()
    assert not Notice.objects.exists()


def test_a_suspect_is_kept_by_the_coordinator_and_its_address_gets_no_mail(partnership):
    enquiry = submitted(suspicion="honeypot", activity=Activity.CRAFT)
    assert (enquiry.state, enquiry.holder) == (EnquiryState.QUARANTINED, partnership.ept)
    assert not Decision.objects.exists()
    notices = Notice.objects.values_list("kind", "recipient")
    assert list(notices) == [(NoticeKind.TO_CHECK, partnership.coordinator.email)]


def test_a_released_suspect_is_routed_as_if_it_had_just_arrived(partnership):
    enquiry = submitted(suspicion="honeypot", activity=Activity.CRAFT)
    with pytest.raises(RefusedError):
        release(enquiry=enquiry, actor=partnership.ept_officer)
    enquiry = release(enquiry=enquiry, actor=partnership.coordinator)
    assert (enquiry.state, enquiry.holder) == (EnquiryState.RECEIVED, partnership.cma)
    assert Notice.objects.filter(kind=NoticeKind.ACKNOWLEDGEMENT, recipient=enquiry.email).count() == 1
    with pytest.raises(RefusedError):
        release(enquiry=enquiry, actor=partnership.coordinator)
    assert Decision.objects.count() == 1


def test_without_a_table_in_force_the_coordinator_takes_over_and_says_why(partnership):
    RoutingTable.objects.update(state=TableState.SUPERSEDED)
    enquiry = submitted(activity=Activity.CRAFT)
    assert enquiry.holder == partnership.ept
    assert enquiry.decision.rule is None
    with translation.override("en"):
        assert "No routing table is in force" in str(enquiry.decision.reason)
    assert enquiry.decision.facts["activity"] == "craft"


def test_a_table_that_names_a_vanished_partner_still_gives_every_enquiry_a_holder(partnership):
    in_force((partnership.cma, {"property_partner": ["gone"]}), (partnership.cma, {}))
    enquiry = submitted()
    assert (enquiry.holder, enquiry.decision.fallback) == (partnership.ept, "unusable_table")


def test_what_a_rule_gives_to_a_partner_that_left_falls_to_the_last_rule_with_that_reason(partnership):
    in_force((partnership.cma, {"activity": [Activity.CRAFT]}), (partnership.cci, {}))
    Partner.objects.filter(pk=partnership.cma.pk).update(member_until=date(2020, 1, 1))
    enquiry = submitted(activity=Activity.CRAFT)
    assert (enquiry.holder, enquiry.decision.fallback) == (partnership.cci, "not_a_member")
    assert enquiry.decision.rule.lead == partnership.cma
    with translation.override("en"):
        assert "the last rule, which holds for all, applies" in str(enquiry.decision.reason)


def test_where_the_partner_of_the_last_rule_left_too_the_coordinator_takes_over(partnership):
    in_force((partnership.cma, {"activity": [Activity.CRAFT]}), (partnership.cci, {}))
    Partner.objects.exclude(pk=partnership.ept.pk).update(member_until=date(2020, 1, 1))
    enquiry = submitted(activity=Activity.CRAFT)
    assert (enquiry.holder, enquiry.decision.fallback) == (partnership.ept, "not_a_member")


def test_a_partner_without_officer_is_reached_at_its_monitored_address_and_the_coordinator_knows(partnership):
    Officer.objects.filter(partner=partnership.cma).delete()
    enquiry = submitted(activity=Activity.CRAFT)
    assert enquiry.holder == partnership.cma
    told = Notice.objects.filter(kind=NoticeKind.NEW_ENQUIRY).values_list("recipient", flat=True)
    assert set(told) == {partnership.cma.email, partnership.coordinator.email}


def test_an_inactive_officer_is_not_written_to(partnership):
    partnership.cma_officer.is_active = False
    partnership.cma_officer.save()
    submitted(activity=Activity.CRAFT)
    told = Notice.objects.filter(kind=NoticeKind.NEW_ENQUIRY).values_list("recipient", flat=True)
    assert list(told) == [partnership.cma_deputy.email]


def test_two_rules_cannot_have_the_same_place(partnership):
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleFactory(table=partnership.table, position=1, lead=partnership.ept)
    assert partnership.table.rules.count() == 2


def test_nothing_is_mailed_before_the_sweep(partnership):
    submitted()
    assert mail.outbox == []
    assert sweep_notices() > 0
