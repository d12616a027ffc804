"""Reading and preparing routing rules in the admin."""

import pytest
from django.urls import reverse

from implantation.errors import RefusedError
from implantation.routing import deciding, drafts
from implantation.routing.choices import TableState
from implantation.routing.drafts import RuleText
from implantation.routing.models import RoutingTable
from tests.implantation.factories import approved, staffed, submitted
from tests.territory.factories import PartnerFactory

pytestmark = pytest.mark.django_db
DRAFT, ADD = "rules:draft", "rules:rule_add"


@pytest.fixture
def coordinator(client, partnership):
    client.force_login(partnership.coordinator)
    return partnership.coordinator


def rule(partner, **given):
    words = {"position": 1, "lead": partner.pk, "reason_fr": "Parce que.", "reason_en": "Because."}
    return words | {"edition": drafts.draft_table().edition} | given


def leads(table):
    return [rule.lead.slug for rule in table.rules.select_related("lead")]


def test_officers_read_the_rules_in_words(client, partnership):
    client.force_login(partnership.cma_officer)
    response = client.get(reverse("rules:index"))
    assert [item["rule"].lead for item in response.context["rules"]] == [partnership.cma, partnership.ept]
    assert response.context["rules"][0]["conditions"][0].count(":") == 1
    assert reverse(DRAFT) not in response.content.decode()


def test_no_table_in_force_is_said(client, coordinator):
    RoutingTable.objects.update(state=TableState.SUPERSEDED)
    response = client.get(reverse("rules:index"))
    assert response.status_code == 200
    assert "desk-notice--bad" in response.content.decode()


def test_a_partner_just_added_leads_a_rule_at_once(client, coordinator, partnership):
    new = PartnerFactory(slug="agence")
    staffed(new, partnership.ept, partnership.cma)
    client.post(reverse(DRAFT), {"do": "start"})
    draft = drafts.draft_table()
    assert leads(draft) == ["cma", "ept"]
    response = client.post(reverse(ADD), rule(new, origin=["abroad"], place=["94081", "outside"]))
    assert response.status_code == 302
    assert leads(draft) == ["agence", "cma", "ept"]
    assert submitted(activity="craft", origin="abroad", place="94081").holder == partnership.cma
    assert client.post(reverse(DRAFT), {"do": "activate"}).status_code == 422
    assert submitted(activity="craft", origin="abroad", place="94081").holder == partnership.cma
    approved(draft, coordinator)
    assert client.post(reverse(DRAFT), {"do": "activate"}).url == reverse("rules:index")
    assert submitted(activity="craft", origin="abroad", place="94081").holder == new
    assert submitted(activity="craft", origin="abroad", place="several_94").holder == partnership.cma


def test_starting_twice_gives_the_same_draft(client, coordinator):
    client.post(reverse(DRAFT), {"do": "start"})
    client.post(reverse(DRAFT), {"do": "start"})
    assert RoutingTable.objects.filter(state=TableState.DRAFT).count() == 1


def test_a_rule_moves_changes_and_goes(client, coordinator, partnership):
    draft = drafts.start_draft(actor=coordinator)
    first = draft.rules.first()
    edit = reverse("rules:rule_edit", args=[first.pk])
    assert client.post(edit, rule(partnership.cci, position=2, activity=["liberal"])).status_code == 302
    assert leads(draft) == ["ept", "cci"]
    assert draft.rules.last().conditions == {"activity": ["liberal"]}
    assert client.post(edit, {"do": "drop"}).status_code == 302
    assert leads(draft) == ["ept"]
    assert [rule.position for rule in draft.rules.all()] == [1]


def test_a_draft_that_could_not_decide_is_not_put_in_force(client, coordinator, partnership):
    draft = drafts.start_draft(actor=coordinator)
    client.post(reverse(ADD), rule(partnership.cci, position=9, activity=["liberal"]))
    for what in ("ask", "activate"):
        response = client.post(reverse(DRAFT), {"do": what, "edition": draft.edition + 1}, follow=True)
        assert response.request["PATH_INFO"] == reverse(DRAFT)
        assert any(message.level_tag == "error" for message in response.context["messages"])
    draft.refresh_from_db()
    assert draft.state == TableState.DRAFT
    assert deciding.table_in_force() == partnership.table


@pytest.mark.parametrize(
    "bad",
    [
        {"position": "0"},
        {"position": "x"},
        {"lead": "0"},
        {"reason_fr": ""},
        {"reason_en": "x" * 241},
        {"activity": ["nonsense"]},
        {"place": ["75056"]},
        {"axis": "99"},
    ],
)
def test_a_bad_rule_is_refused_and_what_was_typed_kept(client, coordinator, partnership, bad):
    draft = drafts.start_draft(actor=coordinator)
    response = client.post(reverse(ADD), rule(partnership.cci, reason_fr="Une phrase gardée.") | bad)
    assert response.status_code == 422
    assert leads(draft) == ["cma", "ept"]
    if "reason_fr" not in bad:
        assert "Une phrase gardée." in response.content.decode()


def test_a_partner_that_left_is_not_offered(client, coordinator, partnership):
    drafts.start_draft(actor=coordinator)
    partnership.cci.member_until = "2020-01-01"
    partnership.cci.save()
    form = client.get(reverse(ADD)).context["form"]
    assert partnership.cci not in form.fields["lead"].queryset


def test_discarding_leaves_what_is_in_force(client, coordinator, partnership):
    drafts.start_draft(actor=coordinator)
    client.post(reverse(DRAFT), {"do": "discard"})
    assert drafts.draft_table() is None
    assert deciding.table_in_force() == partnership.table


def test_what_is_in_force_cannot_be_changed(coordinator, partnership):
    text = RuleText({}, partnership.cci, None, {"fr": "Oui.", "en": "Yes."})
    with pytest.raises(RefusedError):
        drafts.keep_rule(table=partnership.table, actor=coordinator, position=1, text=text)
    with pytest.raises(RefusedError):
        drafts.discard_draft(table=partnership.table, actor=coordinator)
    with pytest.raises(RefusedError):
        drafts.drop_rule(rule=partnership.table.rules.first(), actor=coordinator)
    assert leads(partnership.table) == ["cma", "ept"]
