"""The proof kept with the table in force: never true of what changed since, made anew by the worker, read by all."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from implantation.errors import RefusedError
from implantation.routing import activation, deciding, drafts
from implantation.routing.choices import ContributionPart, ProofState, TableState
from implantation.routing.models import Contribution, Proof, RoutingTable, Rule
from implantation.routing.proof.keeping import (
    fingerprint,
    keep_proof,
    next_change,
    prove_current,
    prove_in_force,
    read_proof,
    table_is_proved,
)
from territory.choices import OfficerRole
from territory.models import Commune, Officer, Partner
from tests.implantation.factories import RoutingTableFactory, RuleFactory, approved, staffed
from tests.territory.factories import CommuneFactory, PartnerFactory

pytestmark = pytest.mark.django_db

REFUTED, PROVED, STALE = ProofState.REFUTED, ProofState.PROVED, ProofState.STALE


@pytest.fixture
def proved(partnership):
    """A staffed table with a contributor on a commune of its area, and its proof."""
    staffed(partnership.ept, partnership.cma)
    vitry = Commune.objects.get(insee="94081")
    partnership.cci.communes.set([vitry])
    first = partnership.table.rules.first()
    first.conditions |= {"place": ["94081"]}
    first.save()
    Contribution.objects.create(rule=first, position=1, partner=partnership.cci, part=ContributionPart.RECRUITMENT)
    prove_current()
    return partnership


def waiting():
    return DBTaskResult.objects.filter(task_path=prove_in_force.module_path, status=TaskResultStatus.READY)


def lead_leaves(world):
    Partner.objects.filter(pk=world.cma.pk).update(member_until=timezone.localdate() - timedelta(days=1))


def lead_is_not_a_member_yet(world):
    Partner.objects.filter(pk=world.cma.pk).update(member_since=timezone.localdate() + timedelta(days=1))


def contributor_leaves(world):
    Partner.objects.filter(pk=world.cci.pk).update(member_until=timezone.localdate() - timedelta(days=1))


def deputy_is_deactivated(world):
    User.objects.filter(pk=world.cma_deputy.pk).update(is_active=False)


def officer_is_another_role_now(world):
    Officer.objects.filter(partner=world.cma).update(role=OfficerRole.DEPUTY)


def officers_are_deleted(world):
    Officer.objects.filter(user=world.cma_deputy).delete()


def contributor_loses_its_area(world):
    Partner.communes.through.objects.filter(partner=world.cci).delete()


def contributor_is_added_outside_its_area(world):
    rule = world.table.rules.first()
    Contribution.objects.bulk_create(
        [Contribution(rule=rule, position=2, partner=world.ept, part=ContributionPart.SERVICE)]
    )


def rule_names_a_commune_that_is_gone(world):
    world.table.rules.filter(position=1).update(conditions={"place": ["94999"]})


def rule_takes_all_before_another(world):
    wide = {"activity": ["craft", "liberal"]}
    Rule.objects.bulk_create(
        [Rule(table=world.table, position=0, conditions=wide, lead=world.ept, reason={"fr": "Oui.", "en": "Yes."})]
    )


def lead_is_a_partner_nobody_answers_for(world):
    world.table.rules.filter(position=1).update(lead=PartnerFactory(slug="new"))


def commune_is_added(world):
    Commune.objects.bulk_create([CommuneFactory.build(insee="94999", name="Ailleurs")])


def commune_is_renamed(world):
    Commune.objects.update(name="Autre")


def partner_is_added(world):
    PartnerFactory(slug="newcomer")


def partner_is_renamed(world):
    Partner.objects.filter(pk=world.cma.pk).update(short_name="Autre")


def rule_is_narrowed(world):
    world.table.rules.filter(position=1).update(conditions={"activity": ["liberal"], "place": ["94081"]})


def another_table_is_in_force(world):
    RoutingTable.objects.update(state=TableState.SUPERSEDED)
    other = RoutingTableFactory(state=TableState.IN_FORCE, in_force_from=timezone.now(), version=99)
    RuleFactory(table=other, position=1, lead=world.ept)


def nobody_coordinates_but_there_is_an_officer(world):
    Officer.objects.filter(partner=world.cma, role=OfficerRole.OFFICER).update(role=OfficerRole.COORDINATOR)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lead_leaves, REFUTED),
        (lead_is_not_a_member_yet, REFUTED),
        (contributor_leaves, REFUTED),
        (deputy_is_deactivated, REFUTED),
        (officer_is_another_role_now, REFUTED),
        (officers_are_deleted, REFUTED),
        (contributor_loses_its_area, REFUTED),
        (contributor_is_added_outside_its_area, REFUTED),
        (rule_names_a_commune_that_is_gone, REFUTED),
        (rule_takes_all_before_another, REFUTED),
        (lead_is_a_partner_nobody_answers_for, REFUTED),
        (commune_is_added, PROVED),
        (commune_is_renamed, PROVED),
        (partner_is_added, PROVED),
        (partner_is_renamed, PROVED),
        (rule_is_narrowed, PROVED),
        (another_table_is_in_force, PROVED),
        (nobody_coordinates_but_there_is_an_officer, PROVED),
    ],
)
def test_a_change_makes_the_proof_stale_and_the_worker_tells_the_truth(proved, client, change, found):
    assert table_is_proved()
    change(proved)
    assert not table_is_proved()
    assert read_proof().state == STALE
    assert "routing being proved anew" in client.get("/readyz").json()["degraded"]
    assert waiting().count() == 1
    prove_in_force.func()
    assert read_proof().state == found
    assert bool(read_proof().problems) == (found == REFUTED)
    degraded = client.get("/readyz").json().get("degraded", [])
    assert ("routing" in degraded) == (found == REFUTED)
    assert "routing being proved anew" not in degraded


def test_what_the_proof_does_not_depend_on_leaves_it(proved):
    user = proved.cma_officer
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    Partner.objects.update(role={"fr": "Autre chose", "en": "Something else"})
    proved.table.rules.update(reason={"fr": "Parce que.", "en": "Since."})
    RoutingTableFactory(version=98)
    assert table_is_proved()


def test_a_membership_that_ends_tonight_is_seen_tomorrow(proved, monkeypatch):
    today, now = timezone.localdate(), timezone.now()
    Partner.objects.filter(pk=proved.cma.pk).update(member_until=today)
    assert table_is_proved()  # nothing is different today
    prove_in_force.func()
    midnight = next_change(now)
    assert timezone.localdate(midnight) == today + timedelta(days=1)
    assert waiting().get().run_after == midnight
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    assert read_proof().state == STALE
    prove_in_force.func()
    assert read_proof().state == REFUTED
    # Its words name the day, so that they are made anew each day.
    monkeypatch.setattr(timezone, "now", lambda: midnight + timedelta(days=1))
    assert read_proof().state == STALE


def test_no_date_is_awaited_when_no_membership_ends(proved):
    assert next_change(timezone.now()) is None


@pytest.fixture
def no_proving(monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("proved while reading")

    for name in (
        "keeping.problems_by_language",
        "judgement.problems_of",
        "judgement.coverage",
        "judgement.shadowed",
    ):
        monkeypatch.setattr(f"implantation.routing.proof.{name}", refuse)
    monkeypatch.setattr("implantation.routing.proof.comparing.leaves_some", refuse)


@pytest.mark.parametrize("change", [None, lead_leaves, rule_is_narrowed])
def test_nothing_is_proved_while_somebody_reads(proved, client, no_proving, change):
    if change:
        change(proved)
    assert client.get("/readyz").status_code == 200
    client.force_login(proved.coordinator)
    said = "they are being proved anew"
    for address in ("/admin/", "/admin/rules/"):
        response = client.get(address, headers={"accept-language": "en"})
        assert response.status_code == 200
        assert (said in response.content.decode()) == (change is not None)


def test_a_reading_takes_few_queries(proved, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert table_is_proved()
    lead_leaves(proved)
    with django_assert_max_num_queries(11):  # the worker is woken
        assert not table_is_proved()
    with django_assert_max_num_queries(9):  # it is already
        assert not table_is_proved()


def test_a_table_never_proved_is_not_said_to_be(partnership, client):
    assert read_proof().state == STALE
    assert client.get("/readyz").json()["degraded"] == ["routing being proved anew"]


def test_without_a_table_nothing_is_proved(db):
    assert read_proof() is None
    assert prove_current() is None
    assert not table_is_proved()
    prove_in_force.func()
    assert not Proof.objects.exists()


def test_problems_are_kept_in_each_language(proved):
    officers_are_deleted(proved)
    proof = prove_current()
    assert set(proof.problems) == {"fr", "en"}
    for language, words in (("fr", "suppléant"), ("en", "deputy")):
        with translation.override(language):
            assert words in read_proof().problems[0]


@pytest.mark.parametrize("model", ["partner", "officer", "commune", "user", "area"])
def test_a_save_wakes_the_worker_once_committed(proved, django_capture_on_commit_callbacks, model):
    with django_capture_on_commit_callbacks(execute=True):
        {
            "partner": lambda: proved.cma.save(),
            "officer": lambda: proved.cma_officer.officer.save(),
            "commune": lambda: Commune.objects.get(insee="94081").save(),
            "user": lambda: proved.cma_officer.save(),
            "area": lambda: proved.cci.communes.clear(),
        }[model]()
        assert waiting().count() == 0
    assert waiting().get().task.func == prove_in_force.func  # found by its path, as the worker does


def test_a_sign_in_wakes_nobody(proved, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        proved.cma_officer.save(update_fields=["last_login"])
    assert waiting().count() == 0


def test_what_changed_while_it_was_proved_is_not_kept(proved, monkeypatch):
    kept = Proof.objects.get().made_at
    rule_is_narrowed(proved)

    def slow(table, *, on):
        partner_is_added(proved)
        monkeypatch.undo()
        return {"fr": [], "en": []}

    monkeypatch.setattr("implantation.routing.proof.keeping.problems_by_language", slow)
    assert keep_proof(table=proved.table) is None
    assert Proof.objects.get().made_at == kept
    assert read_proof().state == STALE


def test_a_table_is_proved_when_it_is_put_in_force(partnership):
    staffed(partnership.ept, partnership.cma, partnership.cci)
    draft = drafts.start_draft(actor=partnership.coordinator)
    activation.activate_table(table=approved(draft, partnership.coordinator), actor=partnership.coordinator)
    assert read_proof().table == draft
    assert table_is_proved()


def test_a_scheduled_table_takes_over_with_its_proof(partnership, monkeypatch):
    staffed(partnership.ept, partnership.cma, partnership.cci)
    draft = drafts.start_draft(actor=partnership.coordinator)
    later = timezone.now() + timedelta(days=20)
    activation.activate_table(table=approved(draft, partnership.coordinator), actor=partnership.coordinator, at=later)
    assert next_change(timezone.now()) == later
    assert read_proof().table == partnership.table
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert deciding.table_in_force() == draft
    assert table_is_proved()


def test_a_refused_activation_keeps_the_proof_of_the_table_in_force(proved):
    draft = drafts.start_draft(actor=proved.coordinator)
    draft = approved(draft, proved.coordinator)
    officers_are_deleted(proved)
    with pytest.raises(RefusedError, match="suppléant"):
        activation.activate_table(table=draft, actor=proved.coordinator)
    assert Proof.objects.get().table == proved.table


def test_the_command_keeps_what_it_proves(proved, capsys):
    rule_is_narrowed(proved)
    call_command("routing", "prove")
    assert table_is_proved()
    officers_are_deleted(proved)
    with pytest.raises(CommandError):
        call_command("routing", "prove")
    assert read_proof().state == REFUTED


def test_the_fingerprint_is_that_of_the_day_of_its_members(proved):
    today = timezone.localdate()
    table = proved.table
    assert fingerprint(table, on=today) == fingerprint(table, on=today + timedelta(days=1))
    Partner.objects.filter(pk=proved.cci.pk).update(member_until=today)
    assert fingerprint(table, on=today) != fingerprint(table, on=today + timedelta(days=1))
