"""Draft, proved, approved by the partners whose share changes, in force from a date, superseded; and what refuses."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from implantation.deadlines import add_working_days
from implantation.errors import RefusedError
from implantation.routing import activation, approvals, deciding, drafts
from implantation.routing.choices import ApprovalState, ContributionPart, TableEventKind, TableMailKind, TableState
from implantation.routing.drafts import RuleText
from implantation.routing.models import Approval, Contribution, RoutingTable, Rule, TableEvent, TableMail
from implantation.routing.proof.judgement import judge
from tests.implantation.factories import RoutingTableFactory, RuleFactory, approved, staffed, submitted, sweep_notices
from tests.properties.factories import make_property
from tests.territory.factories import CommuneFactory, OfficerFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(partnership):
    staffed(partnership.ept, partnership.cma, partnership.cci)
    return partnership


@pytest.fixture
def draft(staff):
    """`cci` is given trade, which fell to `ept`: both are to answer, `cma` is not."""
    table = drafts.start_draft(actor=staff.coordinator)
    give(table, staff, staff.cci, {"activity": ["trade_or_services"]})
    table.refresh_from_db()
    return table


def give(table, staff, partner, conditions, position=1):
    words = RuleText(conditions, partner, None, {"fr": "Parce que.", "en": "Because."})
    return drafts.keep_rule(table=table, actor=staff.coordinator, position=position, text=words)


def everything():
    models = (RoutingTable, Rule, Contribution, TableEvent, Approval, TableMail)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def asked(table):
    return {one.partner.slug: one.state for one in table.approvals.filter(round=table.round).select_related("partner")}


def refused(does, said=None):
    """It is refused, in words, and nothing is written."""
    before = everything()
    with pytest.raises(RefusedError, match=said):
        does()
    assert everything() == before


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_only_the_partners_whose_share_changes_are_asked_and_told(draft, staff):
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    draft.refresh_from_db()
    assert draft.state == TableState.PROVED
    assert asked(draft) == {"ept": "asked", "cci": "asked"}
    sweep_notices()
    told = {address for message in mail.outbox for address in message.to}
    officers = staff.cci.officers.all() | staff.ept.officers.all()
    assert told == {officer.user.email for officer in officers}
    assert all(f"/admin/rules/{draft.version}/" in message.body for message in mail.outbox)


def test_a_table_whose_partners_agree_decides_the_next_enquiry(draft, staff):
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    approvals.answer_table(table=draft, actor=staff.cci_officer, approve=True)
    refused(lambda: activation.activate_table(table=draft, actor=staff.coordinator), "not approved")
    approvals.answer_table(table=draft, actor=staff.ept_officer, approve=True)
    draft.refresh_from_db()
    assert draft.state == TableState.APPROVED
    held = submitted(activity="trade_or_services")
    assert held.holder == staff.ept
    activation.activate_table(table=draft, actor=staff.coordinator)
    enquiry = submitted(activity="trade_or_services")
    assert (enquiry.holder, enquiry.decision.table) == (staff.cci, draft)
    held.decision.refresh_from_db()
    assert held.decision.table == staff.table
    staff.table.refresh_from_db()
    assert staff.table.state == TableState.SUPERSEDED
    kinds = list(draft.events.values_list("kind", flat=True))
    assert kinds == ["started", "edited", "proved", "asked", "asked", "answered", "answered", "approved", "in_force"]
    assert TableMail.objects.filter(kind=TableMailKind.DATED, recipient=staff.cma_officer.email).count() == 1


def test_a_no_is_kept_with_its_reason_and_stops_the_table_until_it_becomes_a_yes(draft, staff):
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    approvals.answer_table(table=draft, actor=staff.ept_officer, approve=True)
    refused(lambda: approvals.answer_table(table=draft, actor=staff.cci_officer, approve=False, reason=" "), "Say why")
    approvals.answer_table(table=draft, actor=staff.cci_officer, approve=False, reason="Too much for us.")
    draft.refresh_from_db()
    assert (draft.state, asked(draft)) == (TableState.PROVED, {"ept": "given", "cci": "refused"})
    assert draft.approvals.get(partner=staff.cci).reason == "Too much for us."
    refused(lambda: activation.activate_table(table=draft, actor=staff.coordinator), "not approved")
    approvals.answer_table(table=draft, actor=staff.cci_officer, approve=True)
    draft.refresh_from_db()
    assert draft.state == TableState.APPROVED
    said = draft.events.filter(kind=TableEventKind.ANSWERED).values_list("reason", flat=True)
    assert list(said) == ["", "Too much for us.", ""]


def test_an_answer_is_given_by_the_partners_own_officers_only(draft, staff):
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    for actor in (staff.cma_officer, OfficerFactory(partner=PartnerFactory()).user):
        refused(lambda actor=actor: approvals.answer_table(table=draft, actor=actor, approve=True), "do not ask")
    deputy = staff.cci.officers.get(role="deputy").user
    deputy.is_active = False
    deputy.save()
    refused(lambda: approvals.answer_table(table=draft, actor=deputy, approve=True))


def test_the_coordinator_goes_on_without_an_answer_only_after_ten_working_days(draft, staff):
    monday = timezone.make_aware(datetime(2026, 11, 2, 9))
    approvals.ask_approval(table=draft, actor=staff.coordinator, at=monday)
    approvals.answer_table(table=draft, actor=staff.ept_officer, approve=True)
    due = draft.approvals.get(partner=staff.cci).due
    assert due == add_working_days(monday.date(), 10)
    assert str(due) == "2026-11-17"  # 11 November is a public holiday
    late = timezone.make_aware(datetime(2026, 11, 18, 9))
    override = {"table": draft, "partner": staff.cci, "actor": staff.coordinator}
    on_the_day = timezone.make_aware(datetime(2026, 11, 17, 23))
    refused(lambda: approvals.override_approval(**override, reason="Silent.", at=on_the_day), "may answer until")
    refused(lambda: approvals.override_approval(**override, reason="", at=late), "Say why")
    refused(
        lambda: approvals.override_approval(**override | {"actor": staff.cci_officer}, reason="Silent.", at=late),
        "Only the coordinator",
    )
    refused(
        lambda: approvals.override_approval(**override | {"partner": staff.ept}, reason="Silent.", at=late),
        "No answer",
    )
    approvals.override_approval(**override, reason="Silent since the 2nd.", at=late)
    draft.refresh_from_db()
    assert draft.state == TableState.APPROVED
    kept = draft.approvals.get(partner=staff.cci)
    assert (kept.state, kept.reason) == (ApprovalState.OVERRIDDEN, "Silent since the 2nd.")
    refused(lambda: approvals.answer_table(table=draft, actor=staff.cci_officer, approve=False, reason="No."))


def test_any_change_after_the_proof_voids_the_answers_and_keeps_them_in_the_history(draft, staff):
    approved(draft, staff.coordinator)
    assert draft.state == TableState.APPROVED
    drafts.move_rule(rule=draft.rules.first(), actor=staff.coordinator, position=2)
    draft.refresh_from_db()
    assert draft.state == TableState.DRAFT
    refused(lambda: activation.activate_table(table=draft, actor=staff.coordinator), "not approved")
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    draft.refresh_from_db()
    assert asked(draft) == {"ept": "asked", "cci": "asked"}
    assert sorted(draft.approvals.filter(round=1).values_list("state", flat=True)) == ["given", "given"]
    assert draft.events.filter(kind=TableEventKind.REOPENED).count() == 1


def test_an_answer_to_an_earlier_round_does_not_count(draft, staff):
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    drafts.reopen_draft(table=draft, actor=staff.coordinator)
    refused(lambda: approvals.answer_table(table=draft, actor=staff.cci_officer, approve=True))
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    refused(lambda: approvals.answer_table(table=draft, actor=staff.cci_officer, approve=True, round=1), "meanwhile")


def test_a_table_that_moves_no_enquiry_needs_nobody(staff):
    table = drafts.start_draft(actor=staff.coordinator)
    approvals.ask_approval(table=table, actor=staff.coordinator)
    table.refresh_from_db()
    assert (table.state, table.approvals.count()) == (TableState.APPROVED, 0)


def test_what_is_newly_left_to_the_last_rule_is_accepted_with_a_reason_first(draft, staff):
    drafts.drop_rule(rule=draft.rules.get(lead=staff.cma), actor=staff.coordinator)
    ask = {"table": draft, "actor": staff.coordinator}
    (region,) = judge(draft).enlarged.regions
    assert region["activity"] == {"craft"}
    refused(lambda: approvals.ask_approval(**ask), "More is left")
    refused(lambda: approvals.accept_residual(**ask, reason="  "), "Say why")
    refused(lambda: approvals.accept_residual(table=draft, actor=staff.ept_officer, reason="Yes."), "Only the coord")
    approvals.accept_residual(**ask, reason="The chamber is closing.")
    kept = draft.events.get(kind=TableEventKind.RESIDUAL_ACCEPTED)
    assert (kept.reason, kept.data["regions"][0]["activity"]) == ("The chamber is closing.", ["craft"])
    # Another change: what was accepted is no longer what is left.
    give(draft, staff, staff.cci, {"origin": ["abroad"]})
    refused(lambda: approvals.ask_approval(**ask), "More is left")
    approvals.accept_residual(**ask, reason="Still.")
    approvals.ask_approval(**ask)
    draft.refresh_from_db()
    assert asked(draft) == {"ept": "asked", "cma": "asked", "cci": "asked"}


def test_nothing_is_accepted_when_nothing_more_is_left(draft, staff):
    refused(lambda: approvals.accept_residual(table=draft, actor=staff.coordinator, reason="Yes."), "nothing to accept")


def at_noon(days):
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)


def test_a_scheduled_table_takes_over_by_itself_at_its_instant(draft, staff, monkeypatch):
    approved(draft, staff.coordinator)
    since = at_noon(3)
    activation.activate_table(table=draft, actor=staff.coordinator, at=since)
    draft.refresh_from_db()
    assert (draft.state, deciding.table_in_force()) == (TableState.SCHEDULED, staff.table)
    assert submitted(activity="trade_or_services").holder == staff.ept
    assert deciding.table_in_force(since - timedelta(seconds=1)) == staff.table
    assert deciding.table_in_force(since) == draft
    # Nothing ran meanwhile: the decision alone looks at the clock.
    monkeypatch.setattr(timezone, "now", lambda: since)
    enquiry = submitted(activity="trade_or_services")
    assert (enquiry.holder, enquiry.decision.table) == (staff.cci, draft)
    after = drafts.start_draft(actor=staff.coordinator)
    assert after.rules.first().lead == staff.cci
    approved(after, staff.coordinator)
    activation.activate_table(table=after, actor=staff.coordinator)
    states = dict(RoutingTable.objects.values_list("version", "state"))
    assert states == {staff.table.version: "superseded", draft.version: "superseded", after.version: "in_force"}


def test_a_date_of_force_is_taken_back(draft, staff):
    approved(draft, staff.coordinator)
    activation.activate_table(table=draft, actor=staff.coordinator, at=at_noon(3))
    refused(lambda: activation.unschedule_table(table=draft, actor=staff.ept_officer))
    refused(lambda: give(draft, staff, staff.cma, {"origin": ["abroad"]}), "not a draft")
    activation.unschedule_table(table=draft, actor=staff.coordinator)
    draft.refresh_from_db()
    assert (draft.state, draft.in_force_from) == (TableState.APPROVED, None)
    activation.activate_table(table=draft, actor=staff.coordinator)
    refused(lambda: activation.unschedule_table(table=draft, actor=staff.coordinator), "do not wait")


def test_a_past_date_is_refused(draft, staff):
    approved(draft, staff.coordinator)
    refused(
        lambda: activation.activate_table(table=draft, actor=staff.coordinator, at=at_noon(-1)), "This date is past"
    )
    assert deciding.table_in_force() == staff.table


@pytest.mark.parametrize("how", ["lead", "contributor"])
def test_a_membership_that_ends_before_the_date_of_force(draft, staff, how):
    if how == "contributor":
        rule = draft.rules.get(lead=staff.cci)
        words = RuleText(
            rule.conditions, staff.cci, None, {"fr": "Oui.", "en": "Yes."}, [(staff.cma, ContributionPart.OTHER)]
        )
        staff.cma.communes.set([CommuneFactory(insee="94081")])
        drafts.keep_rule(table=draft, actor=staff.coordinator, position=1, text=words, rule=rule)
    leaving = staff.cci if how == "lead" else staff.cma
    approved(draft, staff.coordinator)
    leaving.member_until = timezone.localdate() + timedelta(days=2)
    leaving.save()
    refused(
        lambda: activation.activate_table(table=draft, actor=staff.coordinator, at=at_noon(5)),
        f"{leaving} is not a member on .*(another partner|another date)",
    )
    activation.activate_table(table=draft, actor=staff.coordinator, at=at_noon(1))
    # The membership ended all the same before an enquiry came: the coordinator holds it, and says so.
    assert deciding.table_in_force(at_noon(1)) == draft


def test_a_partner_that_left_or_has_nobody_is_named_with_what_to_do(draft, staff):
    lone = PartnerFactory(slug="lone", short_name="Lone")
    OfficerFactory(partner=lone)
    give(draft, staff, lone, {"origin": ["abroad"]})
    refused(lambda: approvals.ask_approval(table=draft, actor=staff.coordinator), "Lone has no active deputy")
    staffed(lone)
    lone.member_until = timezone.localdate() - timedelta(days=1)
    lone.save()
    refused(lambda: approvals.ask_approval(table=draft, actor=staff.coordinator), "Lone is not a member")
    lone.member_until = None
    lone.save()
    user = lone.officers.get(role="officer").user
    user.is_active = False
    user.save()
    refused(lambda: approvals.ask_approval(table=draft, actor=staff.coordinator), "Lone has no active officer")


def test_a_rule_that_never_decides_is_named_with_those_that_take_it(draft, staff):
    give(draft, staff, staff.cma, {"activity": ["craft"], "place": ["94081"]}, position=3)
    assert judge(draft).shadowed == {3: [2]}
    refused(lambda: approvals.ask_approval(table=draft, actor=staff.coordinator), "Rule 3 never decides: rule 2 take")


def test_a_contributor_outside_its_area_is_named(draft, staff):
    CommuneFactory(insee="91027", name="Athis-Mons")
    staff.cma.communes.set([CommuneFactory(insee="94081")])
    rule = draft.rules.get(lead=staff.cci)
    words = RuleText(
        {"place": ["91027"]}, staff.cci, None, {"fr": "Oui.", "en": "Yes."}, [(staff.cma, ContributionPart.SERVICE)]
    )
    drafts.keep_rule(table=draft, actor=staff.coordinator, position=1, text=words, rule=rule)
    refused(lambda: approvals.ask_approval(table=draft, actor=staff.coordinator), "outside its area .Athis-Mons")


@pytest.mark.parametrize(
    ("place", "fits"), [("several_94", True), ("several_91", False), ("both_departments", False), ("unknown", True)]
)
def test_a_contributor_of_one_department_helps_nobody_who_looks_in_the_other(draft, staff, place, fits):
    CommuneFactory(insee="91027")
    staff.cma.communes.set([CommuneFactory(insee="94081")])
    rule = draft.rules.get(lead=staff.cci)
    words = RuleText({"place": [place]}, staff.cci, None, {"fr": "Oui.", "en": "Yes."}, [(staff.cma, "service")])
    drafts.keep_rule(table=draft, actor=staff.coordinator, position=1, text=words, rule=rule)
    assert ["outside its area" in problem for problem in judge(draft).problems] == ([] if fits else [True])


def test_of_two_tables_put_in_force_one_wins_and_the_other_is_told(draft, staff):
    approved(draft, staff.coordinator)
    RoutingTable.objects.filter(pk=staff.table.pk).update(state=TableState.SUPERSEDED)
    other = RoutingTableFactory(version=draft.version + 1, state=TableState.IN_FORCE, in_force_from=timezone.now())
    RuleFactory(table=other, lead=staff.ept, position=1)
    refused(
        lambda: activation.activate_table(table=draft, actor=staff.coordinator), "changed since the partners answered"
    )
    drafts.reopen_draft(table=draft, actor=staff.coordinator)
    approved(draft, staff.coordinator)
    activation.activate_table(table=draft, actor=staff.coordinator)
    refused(lambda: activation.activate_table(table=draft, actor=staff.coordinator), "not to be put in force")


def test_a_table_waits_for_the_one_that_is_to_take_over(draft, staff):
    approved(draft, staff.coordinator)
    activation.activate_table(table=draft, actor=staff.coordinator, at=at_noon(3))
    other = drafts.start_draft(actor=staff.coordinator)
    approved(other, staff.coordinator)
    refused(lambda: activation.activate_table(table=other, actor=staff.coordinator), "are to take over on")


def test_premises_whose_enquiries_may_go_to_another_partner_are_said(draft, staff):
    make_property(partner=staff.cci, latitude=48.71, longitude=2.31)
    assert judge(draft).not_their_own == [staff.cci]
    give(draft, staff, staff.cci, {"property_partner": ["cci"]})
    assert judge(draft).not_their_own == []


def test_a_coordinator_counts_as_an_officer_of_its_partner(draft, staff):
    staff.ept.officers.filter(role="officer").delete()
    assert judge(draft).problems == []
    staff.ept.officers.filter(role="coordinator").delete()
    assert len(judge(draft).problems) == 1
