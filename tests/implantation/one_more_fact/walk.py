"""What a site of one more fact does with it. Run by `test_one_more_fact`, in a process of its own."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import translation

from implantation.enquiries import summaries
from implantation.enquiries.models import Enquiry
from implantation.enquiries.models.append_only import protect, release
from implantation.routing import drafts
from implantation.routing.deciding import standing
from implantation.routing.guide.matrix import NOTHING_SAID, turns
from implantation.routing.models import Decision
from implantation.routing.proof.judgement import judge
from implantation.routing.serialization import dump, load
from implantation.routing.simulation import simulate
from implantation.routing.wording import RuleWording
from tests.implantation.factories import in_force, staffed, submitted
from tests.implantation.test_request import ANSWERS, PATHS, fill, send

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def new_migration(django_db_setup, django_db_blocker):
    """What `makemigrations` finds, put on this worker's copy of the database; it asks nobody anything."""
    with django_db_blocker.unblock(), translation.override(None):
        loader = MigrationLoader(connection)
        now = ProjectState.from_apps(apps)
        state = loader.project_state()
        changes = MigrationAutodetector(state, now, MigrationQuestioner()).changes(graph=loader.graph)
        (migration,) = changes.pop("implantation")
        assert not changes
        release()
        with connection.schema_editor() as editor:
            migration.apply(state, editor)
        protect()
    return migration


@pytest.fixture(autouse=True)
def seasonal(new_migration, db, settings):
    """The whole column is there; tests type faster than people."""
    settings.ENQUIRY_FASTEST_SECONDS = 0


@pytest.fixture
def rules(partnership, client):
    """The chamber of commerce takes what closes for a part of the year; then as before."""
    staffed(partnership.ept, partnership.cma, partnership.cci)
    in_force(
        (partnership.cci, {"seasonal": ["yes"]}), (partnership.cma, {"activity": ["craft"]}), (partnership.ept, {})
    )
    return partnership


def test_makemigrations_writes_its_column_and_its_closed_list(new_migration):
    column, closed = new_migration.operations
    assert isinstance(column, AddField)
    assert (column.model_name, column.name, column.field.default) == ("enquiry", "seasonal", "unknown")
    assert isinstance(closed, AddConstraint)
    assert closed.constraint.name == "enquiry_seasonal_known"


def test_the_database_refuses_what_its_closed_list_does_not_have(partnership):
    enquiry = submitted()
    with pytest.raises(IntegrityError):
        Enquiry.objects.filter(pk=enquiry.pk).update(seasonal="autumn")


def test_the_form_asks_it_in_its_step_and_the_rules_read_the_answer(client, rules):
    page = client.get(PATHS["en"]["firm"]).content.decode()
    assert page.index("Where does your firm come from?") < page.index("Will your firm close for a part of the year?")
    for said in ("Some premises are let for a season.", "holidays aside", "Open for a season only", "Three questions"):
        assert said in page
    assert "seasonal" not in client.get(PATHS["en"]["place"]).content.decode()
    fill(client, "en", but=["firm", "contact"])
    refused = ANSWERS["firm"] | {"seasonal": "autumn"}
    assert client.post(PATHS["en"]["firm"], refused)["Location"].endswith("#errors")
    assert client.post(PATHS["en"]["firm"], ANSWERS["firm"] | {"seasonal": "yes"}).status_code == 302
    client.post(PATHS["en"]["contact"], ANSWERS["contact"])
    review = client.get(PATHS["en"]["review"])
    said = {line.label: line.words for section in review.context["sections"] for line, _control in section["said"]}
    assert said["Your season"] == "Open for a season only"
    assert [partner for partner, may in review.context["prospects"].partners if may] == [rules.cci]
    confirmation = client.get(send(client, "en")["Location"]).content.decode()
    assert "Open for a season only" in confirmation
    enquiry = Enquiry.objects.get()
    assert (enquiry.seasonal, enquiry.holder) == ("yes", rules.cci)
    assert enquiry.decision.facts["seasonal"] == "yes"


def test_nobody_who_says_nothing_of_it_is_treated_otherwise(client, rules):
    fill(client)
    send(client)
    enquiry = Enquiry.objects.get()
    assert (enquiry.seasonal, enquiry.holder) == ("unknown", rules.cma)


def test_a_draft_is_edited_on_it_proved_and_taken_back_from_a_file(client, rules):
    client.force_login(rules.coordinator)
    draft = drafts.start_draft(actor=rules.coordinator)
    typed = {
        "position": 2,
        "lead": rules.cma.pk,
        "reason_fr": "Ouverte un temps.",
        "reason_en": "Open for a time.",
        "edition": draft.edition,
        "seasonal": ["yes"],
        "project": ["create"],
    }
    form = client.get(reverse("rules:rule_add")).context["form"]
    assert [box.data["value"] for box in form["seasonal"]] == ["yes", "no", "unknown"]
    assert client.post(reverse("rules:rule_add"), typed).status_code == 302
    rule = draft.rules.get(position=2)
    assert rule.conditions == {"project": ["create"], "seasonal": ["yes"]}
    with translation.override("en"):
        assert RuleWording().conditions(rule.conditions)[-1] == "Seasonal firm: Open for a season only"
    # What the first rule takes leaves it nothing.
    assert judge(draft).shadowed == {2: [1]}
    client.post(reverse("rules:rule_edit", args=[rule.pk]), typed | {"edition": draft.edition + 1, "seasonal": ["no"]})
    judgement = judge(draft)
    assert (judgement.problems, judgement.shadowed) == ([], {})
    assert {value for move in judgement.moves for value in move.region["seasonal"]} == {"no"}
    assert "Seasonal firm\xa0: Open all year" in client.get(reverse("rules:draft")).content.decode()
    rows = load(dump(draft))
    drafts.import_rules(table=draft, actor=rules.coordinator, text=dump(draft))
    assert [row["conditions"] for row in rows] == [rule.conditions for rule in draft.rules.all()]


def test_the_desk_shows_corrects_and_exports_it(client, rules):
    enquiry = submitted(activity="craft")
    client.force_login(rules.coordinator)
    page = client.get(reverse("enquiry:detail", args=[enquiry.pk]))
    assert dict(page.context["facts"])["Seasonal firm"] == RuleWording().value("seasonal", "unknown")
    form = next(form for action, form in page.context["actions"] if action.name == "correct")
    now = {name: form[name].initial for name in form.fields if name not in ("reason", "seen")}
    act = reverse("enquiry:act", args=[enquiry.pk, "correct"])
    assert client.post(act, now | {"seasonal": "yes", "reason": "She said so."}).status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.seasonal == "yes"
    assert enquiry.transfers.get().to_partner == rules.cci
    files = b"".join(client.get(reverse("enquiry:index") + "?export=csv").streaming_content).decode()
    heading, row = files.splitlines()[:2]
    assert "Seasonal firm" in heading
    assert "Open for a season only" in row


def test_a_decision_of_before_counts_it_as_not_said(client, rules):
    enquiry = submitted(activity="craft")
    facts = {fact: value for fact, value in enquiry.decision.facts.items() if fact != "seasonal"}
    Decision.objects.filter(enquiry=enquiry).update(facts=facts)
    enquiry = Enquiry.objects.get()
    assert "I do not know yet" in [line.words for line in summaries.sent(enquiry) if line.field == "seasonal"]
    draft = drafts.start_draft(actor=rules.coordinator)
    drafts.drop_rule(rule=draft.rules.get(position=2), actor=rules.coordinator)
    simulation = simulate(draft)
    assert (simulation.replayed, len(simulation.moved), simulation.unread) == (1, 1, 0)
    client.force_login(rules.coordinator)
    for address in (reverse("rules:simulation"), reverse("enquiry:detail", args=[enquiry.pk])):
        assert client.get(address).status_code == 200


def test_who_does_what_says_that_it_would_change_the_answer(client, rules):
    found = turns(standing().table, NOTHING_SAID)
    assert ("seasonal", ("yes",), "cci") in [(turn.fact, turn.values, turn.lead) for turn in found]
    page = client.get("/en/business-location/who-does-what/?project=settle").content.decode()
    assert "Seasonal firm: Open for a season only" in page
