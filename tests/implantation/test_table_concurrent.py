"""Tables changed, answered and put in force at the same instant, on real connections: one wins, the others are told."""

import pytest

from implantation.errors import OutdatedError
from implantation.routing import activation, approvals, deciding, drafts
from implantation.routing.choices import TableEventKind, TableState
from implantation.routing.drafts import RuleText
from implantation.routing.models import RoutingTable
from tests.concurrency import at_once
from tests.implantation.factories import RoutingTableFactory, RuleFactory, approved, staffed
from tests.implantation.test_custody_concurrent import refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff(partnership):
    staffed(partnership.ept, partnership.cma, partnership.cci)
    return partnership


def words(partner, said):
    return RuleText({"activity": ["trade_or_services"]}, partner, None, {"fr": said, "en": said})


def test_of_two_activations_one_wins_and_the_other_is_told(staff):
    first = drafts.start_draft(actor=staff.coordinator)
    approved(first, staff.coordinator)
    second = RoutingTableFactory(
        version=first.version + 1, state=TableState.APPROVED, compared_with=staff.table, round=1
    )
    RuleFactory(table=second, lead=staff.ept, position=1)
    outcomes = at_once(
        *(
            lambda table=table: activation.activate_table(table=table, actor=staff.coordinator)
            for table in (first, second)
        ),
        *(
            lambda table=table: activation.activate_table(table=table, actor=staff.coordinator)
            for table in (first, second)
        ),
    )
    assert len(refusals(outcomes)) == 3
    (winner,) = [table for table in outcomes if isinstance(table, RoutingTable)]
    assert deciding.table_in_force() == winner
    states = sorted(RoutingTable.objects.values_list("state", flat=True))
    assert states == ["approved", "in_force", "superseded"]
    assert sum(table.events.filter(kind=TableEventKind.IN_FORCE).count() for table in (first, second)) == 1


def test_of_two_editors_of_one_edition_one_wins_and_the_other_is_told(staff):
    draft = drafts.start_draft(actor=staff.coordinator)
    outcomes = at_once(
        *(
            lambda said=said: drafts.keep_rule(
                table=draft,
                actor=staff.coordinator,
                position=1,
                text=words(staff.cci, said),
                edition=draft.edition,
            )
            for said in ("One.", "Two.", "Three.")
        )
    )
    told = refusals(outcomes)
    assert len(told) == 2
    assert all(isinstance(one, OutdatedError) for one in told)
    assert draft.rules.count() == 3
    assert [rule.position for rule in draft.rules.all()] == [1, 2, 3]


def test_two_drafts_started_at_once_are_one(staff):
    outcomes = at_once(*(lambda: drafts.start_draft(actor=staff.coordinator) for _ in range(3)))
    assert refusals(outcomes) == []
    assert RoutingTable.objects.filter(state=TableState.DRAFT).count() == 1
    assert len({table.pk for table in outcomes}) == 1


def test_an_answer_and_a_change_at_once_never_approve_what_was_not_read(staff):
    draft = drafts.start_draft(actor=staff.coordinator)
    drafts.keep_rule(table=draft, actor=staff.coordinator, position=1, text=words(staff.cci, "One."))
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    approvals.answer_table(table=draft, actor=staff.ept_officer, approve=True)
    rule = draft.rules.first()
    outcomes = at_once(
        lambda: approvals.answer_table(table=draft, actor=staff.cci_officer, approve=True),
        lambda: drafts.move_rule(rule=rule, actor=staff.coordinator, position=2),
    )
    assert len(refusals(outcomes)) <= 1
    draft.refresh_from_db()
    assert draft.state == TableState.DRAFT
    assert draft.rules.get(pk=rule.pk).position == 2
