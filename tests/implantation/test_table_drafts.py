"""Changing a draft: one door, nothing lost between two editors, every change undone, and files that are mended."""

import json

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implantation.errors import OutdatedError, RefusedError
from implantation.routing import drafts
from implantation.routing.choices import ContributionPart, TableEventKind, TableState
from implantation.routing.drafts import RuleText
from implantation.routing.models import Contribution, RoutingTable, Rule, TableEvent
from implantation.routing.serialization import TableFileError, dump, load, rows_of
from tests.implantation.factories import RoutingTableFactory, RuleFactory
from tests.territory.factories import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(partnership):
    return drafts.start_draft(actor=partnership.coordinator)


def text(partner, **given):
    words = {"conditions": {}, "lead": partner, "axis": None, "reason": {"fr": "Parce que.", "en": "Because."}}
    return RuleText(**words | given)


def everything():
    models = (RoutingTable, Rule, Contribution, TableEvent)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def leads(table):
    return [rule.lead.slug for rule in table.rules.select_related("lead")]


def test_a_rule_keeps_who_contributes_and_with_what(draft, partnership):
    parts = [(partnership.ept, ContributionPart.RECRUITMENT), (partnership.cma, ContributionPart.SERVICE)]
    rule = drafts.keep_rule(
        table=draft, actor=partnership.coordinator, position=1, text=text(partnership.cci, contributors=parts)
    )
    assert [(one.partner, one.part) for one in rule.contributions.all()] == parts
    drafts.keep_rule(
        table=draft,
        actor=partnership.coordinator,
        position=1,
        rule=rule,
        text=text(partnership.cci, contributors=parts[1:]),
    )
    assert [(one.partner, one.part) for one in rule.contributions.all()] == parts[1:]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"conditions": {"activity": []}}, "has no value"),
        ({"conditions": {"colour": ["red"]}}, "is not a fact"),
        ({"conditions": {"place": ["75056"]}}, "is not a value"),
        ({"contributors": ["lead"]}, "cannot also contribute"),
        ({"contributors": ["ept", "ept"]}, "named twice"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_with_what_to_do(draft, partnership, given, said, settings):
    settings.LANGUAGE_CODE = "en"
    if "contributors" in given:
        names = {"lead": partnership.cci, "ept": partnership.ept}
        given = {"contributors": [(names[name], ContributionPart.OTHER) for name in given["contributors"]]}
    before = everything()
    with pytest.raises(RefusedError, match=said):
        drafts.keep_rule(table=draft, actor=partnership.coordinator, position=1, text=text(partnership.cci, **given))
    assert everything() == before


def test_of_two_editors_the_second_is_told_and_nothing_is_overwritten(draft, partnership):
    seen = draft.edition
    drafts.keep_rule(table=draft, actor=partnership.coordinator, position=1, text=text(partnership.cci), edition=seen)
    before, rule = everything(), draft.rules.last()
    attempts = [
        lambda: drafts.keep_rule(
            table=draft, actor=partnership.coordinator, position=1, text=text(partnership.cma), edition=seen
        ),
        lambda: drafts.move_rule(rule=rule, actor=partnership.coordinator, position=1, edition=seen),
        lambda: drafts.drop_rule(rule=rule, actor=partnership.coordinator, edition=seen),
        lambda: drafts.undo_change(table=draft, actor=partnership.coordinator, edition=seen),
        lambda: drafts.import_rules(
            table=draft, actor=partnership.coordinator, text=dump(partnership.table), edition=seen
        ),
    ]
    for attempt in attempts:
        with pytest.raises(OutdatedError, match=partnership.coordinator.get_full_name()):
            attempt()
    assert everything() == before


def test_a_rule_taken_out_meanwhile_is_said(draft, partnership):
    rule = draft.rules.first()
    drafts.drop_rule(rule=rule, actor=partnership.coordinator)
    before = everything()
    for attempt in (drafts.drop_rule, lambda **given: drafts.move_rule(position=1, **given)):
        with pytest.raises(OutdatedError):
            attempt(rule=rule, actor=partnership.coordinator)
    assert everything() == before


def test_rules_move_to_any_place(draft, partnership):
    for slug in ("one", "two"):
        new = PartnerFactory(slug=slug)
        drafts.keep_rule(table=draft, actor=partnership.coordinator, position=1, text=text(new))
    assert leads(draft) == ["two", "one", "cma", "ept"]
    for position, expected in ((3, ["one", "cma", "two", "ept"]), (1, ["two", "one", "cma", "ept"])):
        rule = draft.rules.get(lead__slug="two")
        drafts.move_rule(rule=rule, actor=partnership.coordinator, position=position)
        assert leads(draft) == expected
    drafts.move_rule(rule=rule, actor=partnership.coordinator, position=99)
    assert leads(draft) == ["one", "cma", "ept", "two"]
    assert [rule.position for rule in draft.rules.all()] == [1, 2, 3, 4]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(steps=st.lists(st.sampled_from(["add", "move", "drop", "undo"]), max_size=8))
def test_undoing_everything_gives_back_the_rules_in_force(partnership, steps):
    with transaction.atomic():
        draft = drafts.start_draft(actor=partnership.coordinator)
        started, states = rows_of(draft), []
        for step in steps:
            last = draft.rules.last()
            now = rows_of(draft)
            if step == "undo" and states:
                drafts.undo_change(table=draft, actor=partnership.coordinator)
                assert rows_of(draft) == states.pop()
                continue
            if step == "add" or last is None:
                parts = [(partnership.ept, ContributionPart.OTHER)]
                added = text(partnership.cci, contributors=parts)
                drafts.keep_rule(table=draft, actor=partnership.coordinator, position=1, text=added)
            elif step == "move":
                drafts.move_rule(rule=last, actor=partnership.coordinator, position=1)
            elif step == "drop":
                drafts.drop_rule(rule=last, actor=partnership.coordinator)
            else:
                continue
            states.append(now)
        while states:
            drafts.undo_change(table=draft, actor=partnership.coordinator)
            assert rows_of(draft) == states.pop()
        assert rows_of(draft) == started
        with pytest.raises(RefusedError):
            drafts.undo_change(table=draft, actor=partnership.coordinator)
        transaction.set_rollback(True)


def test_a_draft_set_aside_is_kept_to_be_read(draft, partnership):
    drafts.discard_draft(table=draft, actor=partnership.coordinator)
    draft.refresh_from_db()
    assert (draft.state, leads(draft)) == (TableState.DISCARDED, ["cma", "ept"])
    again = drafts.start_draft(actor=partnership.coordinator)
    assert again.version == draft.version + 1


def test_a_table_written_to_a_file_reads_back_the_same(draft, partnership):
    parts = [(partnership.ept, ContributionPart.RECRUITMENT)]
    rule = text(partnership.cci, conditions={"place": ["94081", "unknown"]}, contributors=parts)
    drafts.keep_rule(table=draft, actor=partnership.coordinator, position=1, text=rule)
    kept, file = rows_of(draft), dump(draft)
    drafts.drop_rule(rule=draft.rules.first(), actor=partnership.coordinator)
    drafts.import_rules(table=draft, actor=partnership.coordinator, text=file)
    assert rows_of(draft) == kept


RULE = {"conditions": {"activity": ["craft"]}, "lead": "cma", "reason_fr": "Oui.", "reason_en": "Yes."}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"conditions": {"colour": ["red"]}}, "“colour” is not a fact"),
        ({"conditions": {"activity": ["nonsense"]}}, "“nonsense” is not a value"),
        ({"conditions": {"property_partner": ["gone"]}}, "“gone” is not a value"),
        ({"conditions": {"activity": []}}, "has no value"),
        ({"conditions": {"activity": "craft"}}, "must be a list"),
        ({"conditions": {"activity": [["craft"]]}}, "must be a list"),
        ({"conditions": ["craft"]}, "must be an object"),
        ({"lead": "gone"}, "“gone” is not a partner"),
        ({"lead": None}, "is not a partner"),
        ({"lead": ["cma"]}, "is not a partner"),
        ({"axis": 99}, "not the number of an axis"),
        ({"axis": True}, "not the number of an axis"),
        ({"reason_fr": " "}, "reason_fr"),
        ({"reason_en": "x" * 241}, "reason_en"),
        ({"reason_en": "a\x00b"}, "reason_en"),
        ({"position": 0}, "must be a number"),
        ({"position": "1"}, "must be a number"),
        ({"position": 2}, "Two rules have the position 2"),
        ({"contributors": "ept"}, "must be a list"),
        ({"contributors": [{"partner": "ept", "part": "money"}]}, "one of"),
        ({"contributors": [{"partner": "gone", "part": "other"}]}, "“gone” is not a partner"),
        ({"contributors": [{"partner": "cma", "part": "other"}]}, "cannot also be"),
        ({"contributors": [{"partner": "ept", "part": "other"}] * 2}, "named twice"),
        ({"lead_partner": "cma"}, "is not part of a rule"),
    ],
)
def test_a_file_with_a_mistake_says_which_and_nothing_is_written(draft, partnership, change, said, settings):
    settings.LANGUAGE_CODE = "en"
    rules = [RULE | change, {"lead": "ept", "reason_fr": "Reste.", "reason_en": "Rest."}]
    before = everything()
    with pytest.raises(TableFileError, match=said):
        drafts.import_rules(
            table=draft,
            actor=partnership.coordinator,
            text=json.dumps({"format": "grand-orly-routing-table/1", "rules": rules}),
        )
    assert everything() == before
    rules[0] = RULE
    drafts.import_rules(
        table=draft,
        actor=partnership.coordinator,
        text=json.dumps({"format": "grand-orly-routing-table/1", "rules": rules}),
    )
    assert leads(draft) == ["cma", "ept"]


@pytest.mark.parametrize(
    "file",
    ["", "{", "[]", "null", "12", '{"format": "other"}', '{"format": "grand-orly-routing-table/1"}', "[" * 100_000,
     '{"format": "grand-orly-routing-table/1", "rules": []}', '{"format": "grand-orly-routing-table/1", "rules": [1]}',
     "x" * 1_000_001],
)  # fmt: skip
def test_what_is_no_table_is_refused(partnership, file):
    with pytest.raises(TableFileError):
        load(file)


def test_every_mistake_of_a_file_is_said_at_once(partnership):
    rules = [RULE | {"lead": "gone"}, RULE | {"axis": 99}]
    with pytest.raises(TableFileError) as caught:
        load(json.dumps({"format": "grand-orly-routing-table/1", "rules": rules}))
    assert len(caught.value.problems) == 2


def test_the_database_refuses_what_must_never_be(partnership):
    rule = RuleFactory(table=RoutingTableFactory())
    never = [
        lambda: RoutingTableFactory(state=TableState.IN_FORCE, in_force_from="2030-01-01T00:00Z"),
        lambda: RoutingTableFactory(state=TableState.SCHEDULED),
        lambda: RoutingTableFactory(state="anything"),
        lambda: RuleFactory(table=rule.table, position=rule.position),
        lambda: RuleFactory(reason={"en": "Because."}),
        lambda: Contribution.objects.create(rule=rule, position=1, partner=rule.lead, part="money"),
    ]
    for attempt in never:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    RoutingTableFactory(state=TableState.SCHEDULED, in_force_from="2030-01-01T00:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutingTableFactory(state=TableState.SCHEDULED, in_force_from="2031-01-01T00:00Z")


def test_the_history_of_a_table_is_append_only(draft):
    event = draft.events.get(kind=TableEventKind.STARTED)
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
