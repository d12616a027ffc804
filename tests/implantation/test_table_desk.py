"""The pages of rules in the admin: what they show, and what comes back when something typed is refused."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from implantation.routing import activation, approvals, deciding, drafts
from implantation.routing.choices import ApprovalState, TableEventKind, TableState
from implantation.routing.drafts import RuleText
from implantation.routing.models import Approval, Rule, TableEvent
from implantation.routing.serialization import dump, rows_of
from tests.implantation.factories import approved, staffed, submitted

pytestmark = pytest.mark.django_db
DRAFT, ADD, IMPORT, INDEX = (reverse(f"rules:{name}") for name in ("draft", "rule_add", "import", "index"))


@pytest.fixture
def staff(partnership, client):
    staffed(partnership.ept, partnership.cma, partnership.cci)
    client.force_login(partnership.coordinator)
    return partnership


@pytest.fixture
def draft(staff):
    table = drafts.start_draft(actor=staff.coordinator)
    words = RuleText({"activity": ["trade_or_services"]}, staff.cci, None, {"fr": "Commerce.", "en": "Trade."})
    drafts.keep_rule(table=table, actor=staff.coordinator, position=1, text=words)
    table.refresh_from_db()
    return table


def typed(draft, partner, **given):
    words = {"position": 1, "lead": partner.pk, "reason_fr": "Une phrase gardée.", "reason_en": "A kept sentence."}
    return words | {"edition": draft.edition, "activity": ["liberal"]} | given


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_draft_shows_its_rules_its_proof_and_what_comes_next(client, draft, staff):
    submitted(activity="trade_or_services")
    response = client.get(DRAFT)
    body = response.content.decode()
    proof = response.context["proof"]
    assert [share.partner.slug for share in proof.judgement.asked] == ["ept", "cci"]
    assert len(proof.moves) == 1
    assert "EPT −1" in proof.simulated
    assert "CCI +1" in proof.simulated
    assert all(move in body for move in proof.moves)
    assert reverse("rules:simulation") in body
    assert 'value="ask"' in body


def test_the_simulation_lists_each_enquiry_with_both_explanations(client, draft, staff):
    moved, stays = submitted(activity="trade_or_services"), submitted(activity="craft")
    body = client.get(reverse("rules:simulation")).content.decode()
    assert moved.reference in body
    assert stays.reference not in body
    assert "Ept, règle 2." in body
    assert "Commerce." in body


def test_a_second_editor_is_told_and_what_was_typed_comes_back_to_be_sent_again(client, draft, staff):
    late = typed(draft, staff.cma)
    drafts.move_rule(rule=draft.rules.first(), actor=staff.coordinator, position=2)
    before = rows_of(draft)
    response = client.post(ADD, late)
    assert response.status_code == 422
    assert "Une phrase gardée." in response.content.decode()
    assert rows_of(draft) == before
    form = response.context["form"]
    assert form.non_field_errors()
    again = late | {"edition": form["edition"].value()}
    assert client.post(ADD, again).status_code == 302
    assert draft.rules.count() == len(before) + 1


def test_a_rule_taken_out_meanwhile_can_be_put_back_with_what_was_typed(client, draft, staff):
    rule = draft.rules.first()
    edit = reverse("rules:rule_edit", args=[rule.pk])
    late = typed(draft, staff.cma)
    drafts.drop_rule(rule=rule, actor=staff.coordinator)
    response = client.post(edit, late)
    assert response.status_code == 422
    assert "Une phrase gardée." in response.content.decode()
    assert draft.rules.count() == 2
    assert client.post(ADD, late | {"edition": response.context["form"]["edition"].value()}).status_code == 302
    assert client.get(edit).status_code == 404


def test_what_a_change_leaves_to_the_last_rule_is_said_at_once(client, draft, staff):
    rule = draft.rules.get(lead=staff.cma)
    response = client.post(
        reverse("rules:rule_edit", args=[rule.pk]), {"do": "drop", "edition": draft.edition}, follow=True
    )
    assert len(said(response)) == 2
    assert 'id="enlarged"' in response.content.decode()
    assert 'value="ask"' not in response.content.decode()
    refused = client.post(DRAFT, {"do": "accept", "edition": draft.edition + 1, "reason": ""})
    assert refused.status_code == 422
    done = client.post(DRAFT, {"do": "accept", "edition": draft.edition + 1, "reason": "Elle ferme."}, follow=True)
    assert "Elle ferme." in done.content.decode()
    assert 'value="ask"' in done.content.decode()


def test_a_kept_rule_is_shown_in_its_place_or_what_the_proof_found(client, draft, staff):
    kept = draft.rules.get(lead=staff.cci)
    edit = reverse("rules:rule_edit", args=[kept.pk])
    good = typed(draft, staff.cci, activity=["trade_or_services"])
    assert client.post(edit, good).url == f"{DRAFT}#rule-{kept.pk}"
    never = typed(draft, staff.cci, activity=["craft"], position=3, edition=draft.edition + 1)
    assert client.post(edit, never).url == f"{DRAFT}#proof"


@pytest.mark.parametrize(
    "given",
    [
        {"rule": "x", "step": "1"},
        {"rule": "0", "to": "1"},
        {"to": "0"},
        {"to": "99"},
        {"to": "x"},
        {"to": "9" * 5000},
        {"step": "-9"},
        {},
    ],
)
def test_a_bad_move_moves_nothing(client, draft, staff, given):
    before = rows_of(draft)
    first = draft.rules.first()
    response = client.post(DRAFT, {"do": "move", "rule": first.pk, "edition": draft.edition} | given)
    assert response.status_code in (302, 404)
    assert rows_of(draft) == before


def test_a_rule_moves_by_button_and_by_number_and_the_focus_stays(client, draft, staff):
    rule = draft.rules.first()
    response = client.post(DRAFT, {"do": "move", "rule": rule.pk, "step": "1", "edition": draft.edition})
    assert response.url == f"{DRAFT}#down-{rule.pk}"
    response = client.post(DRAFT, {"do": "move", "rule": rule.pk, "to": "1", "edition": draft.edition + 1})
    assert response.url == f"{DRAFT}#to-{rule.pk}"
    assert draft.rules.first() == rule
    client.post(DRAFT, {"do": "undo", "edition": draft.edition + 2})
    assert draft.rules.first().lead == staff.cma


def test_an_unknown_verb_does_not_exist(client, draft):
    assert client.post(DRAFT, {"do": "explode"}).status_code == 404
    assert client.post(DRAFT, {}).status_code == 404


def test_a_file_takes_the_place_of_the_rules_and_a_bad_one_says_everything_to_mend(client, draft, staff):
    file = dump(draft)
    client.post(reverse("rules:rule_edit", args=[draft.rules.first().pk]), {"do": "drop", "edition": draft.edition})
    draft.refresh_from_db()
    before = rows_of(draft)
    bad = file.replace('"cci"', '"gone"').replace('"craft"', '"nonsense"')
    for sent in (
        {"pasted": bad},
        {"file": SimpleUploadedFile("rules.json", bad.encode())},
        {"file": SimpleUploadedFile("rules.json", b"\xff\xfe\x00")},
        {"file": SimpleUploadedFile("rules.json", b"")},
        {"pasted": ""},
        {},
    ):
        response = client.post(IMPORT, {"edition": draft.edition} | sent)
        assert response.status_code == 422
        assert response.context["form"].errors
        assert rows_of(draft) == before
    assert client.post(IMPORT, {"pasted": bad, "edition": draft.edition}).content.decode().count("<li>") >= 2
    sent = {"edition": draft.edition, "file": SimpleUploadedFile("rules.json", file.encode())}
    assert client.post(IMPORT, sent).status_code == 302
    assert [row["lead"] for row in rows_of(draft)] == ["cci", "cma", "ept"]


def test_any_officer_saves_a_version_as_a_file(client, staff):
    client.force_login(staff.cma_officer)
    response = client.get(reverse("rules:export", args=[staff.table.version]))
    assert response["Content-Type"] == "application/json"
    assert "attachment" in response["Content-Disposition"]
    assert response.content.decode() == dump(staff.table)


def test_an_officer_reads_what_changes_for_the_partner_and_answers(client, draft, staff):
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    page, answer = (reverse(f"rules:{name}", args=[draft.version]) for name in ("version", "answer"))
    client.force_login(staff.cci_officer)
    assert page in client.get(INDEX).content.decode()
    change = client.get(page).context["change"]
    assert len(change["gains"]) == 1
    assert not change["losses"]
    refused = client.post(answer, {"answer": "no", "reason": "", "round": 1})
    assert refused.status_code == 422
    assert Approval.objects.get(partner=staff.cci).state == ApprovalState.ASKED
    long = client.post(answer, {"answer": "no", "reason": "x" * 501})
    assert long.status_code == 422
    assert "x" * 501 in long.content.decode()
    assert client.post(answer, {"answer": "no", "reason": "Trop pour nous.", "round": 1}).status_code == 302
    assert "Trop pour nous." in client.get(page).content.decode()
    client.force_login(staff.coordinator)
    assert "Trop pour nous." in client.get(DRAFT).content.decode()


def test_an_answer_that_does_not_come_is_overridden_on_the_page_with_a_reason(client, draft, staff):
    approvals.ask_approval(table=draft, actor=staff.coordinator)
    approvals.answer_table(table=draft, actor=staff.ept_officer, approve=True)
    override = {"do": "override", "partner": "cci", "reason": "Silence."}
    assert 'value="override"' not in client.get(DRAFT).content.decode()
    assert client.post(DRAFT, override).status_code == 422
    Approval.objects.update(due=timezone.localdate() - timedelta(days=1))
    assert 'value="override"' in client.get(DRAFT).content.decode()
    assert client.post(DRAFT, override | {"reason": ""}).status_code == 422
    long = client.post(DRAFT, override | {"reason": "x" * 501})
    assert long.status_code == 422
    assert "x" * 501 in long.content.decode()
    assert client.post(DRAFT, override).status_code == 302
    draft.refresh_from_db()
    assert draft.state == TableState.APPROVED
    assert TableEvent.objects.get(kind=TableEventKind.OVERRIDDEN).reason == "Silence."


@pytest.mark.parametrize("since", ["2020-01-01", "not a date", "2026-02-30", "9999-99-99", "0001-01-01", "\x00"])
def test_a_bad_date_of_force_is_said_and_kept(client, draft, staff, since):
    approved(draft, staff.coordinator)
    response = client.post(DRAFT, {"do": "activate", "since": since})
    assert response.status_code == 422
    assert deciding.table_in_force() == staff.table


def test_a_table_is_put_in_force_from_a_day_and_that_is_taken_back(client, draft, staff):
    approved(draft, staff.coordinator)
    day = timezone.localdate() + timedelta(days=7)
    assert client.post(DRAFT, {"do": "activate", "since": day.isoformat()}).url == INDEX
    draft.refresh_from_db()
    assert timezone.localtime(draft.in_force_from).isoformat()[:16] == f"{day}T00:00"
    for user in (staff.cma_officer, staff.coordinator):
        client.force_login(user)
        body = client.get(INDEX).content.decode()
        assert reverse("rules:version", args=[draft.version]) in body
        assert ('value="unschedule"' in body) == (user == staff.coordinator)
    assert client.post(DRAFT, {"do": "unschedule"}).url == DRAFT
    draft.refresh_from_db()
    assert draft.state == TableState.APPROVED
    assert client.post(DRAFT, {"do": "unschedule"}).status_code == 404


def test_a_rule_that_never_decides_is_marked_in_its_row(client, draft, staff):
    words = RuleText({"activity": ["craft"]}, staff.cci, None, {"fr": "Jamais.", "en": "Never."})
    kept = drafts.keep_rule(table=draft, actor=staff.coordinator, position=3, text=words)
    body = client.get(DRAFT).content.decode()
    row = body[body.index(f'id="rule-{kept.pk}"') :]
    assert "rules-shadowed" in row[: row.index("</tr>")]
    assert body.count("rules-shadowed") == 1


def test_the_history_tells_who_did_what(client, draft, staff):
    approved(draft, staff.coordinator)
    activation.activate_table(table=draft, actor=staff.coordinator)
    client.force_login(staff.cma_officer)
    response = client.get(reverse("rules:version", args=[draft.version]))
    kinds = [event.kind for event in response.context["history"]]
    assert kinds == ["started", "edited", "proved", "asked", "asked", "answered", "answered", "approved", "in_force"]
    assert staff.coordinator.get_full_name() in response.content.decode()
    assert Rule.objects.filter(table=draft).count() == 3
