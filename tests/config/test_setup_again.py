"""A site that was started, when its operator runs the command again: what is missing is added, and nothing else."""

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from implantation.routing.deciding import table_in_force
from implantation.routing.models import RoutingTable
from pages.models import ContentPage, HomePage
from territory.choices import OfficerRole
from territory.models import Axis, Officer, Partner
from tests.config.conftest import Run
from tests.config.partners_file import ONE, OTHER, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started")]


def test_no_link_is_printed_unless_asked_and_none_for_who_has_signed_in(run: Run, client: Client) -> None:
    assert "/password_reset/" not in run(ONE)
    get_user_model().objects.filter(email="deputy@partners.test").update(last_login=timezone.now())
    said = run(ONE, print_links=True)
    links = dict(re.findall(r"^(\S+): https://territory\.example(/admin/password_reset/\S+)$", said, re.M))
    assert set(links) == {"admin@partners.test", "officer@partners.test"}
    assert client.get(links["admin@partners.test"], follow=True).context["validlink"]


def test_a_longer_file_adds_its_partner_and_leaves_what_people_edited(run: Run) -> None:
    Partner.objects.filter(slug="ept").update(short_name="Grand-Orly", first_answer_days=3)
    Axis.objects.filter(number=2).update(lead=Partner.objects.get(slug="ept"))
    ContentPage.objects.get(slug="accessibilite").delete()
    HomePage.objects.filter(locale__language_code="fr").update(title="Un titre d’éditrice")
    before = state()
    said = run(ONE.replace('acronym = "EPT"', 'acronym = "EPT"\nfirst_answer_days = 4\nslug = "ept"') + OTHER)
    assert said.count("partner:") == 1
    cci = Partner.objects.get(slug="cci-91")
    assert (cci.communes.count(), cci.officers.count()) == (7, 2)
    assert Partner.objects.get(slug="ept").short_name == "Grand-Orly"
    assert Partner.objects.get(slug="ept").first_answer_days == 3
    assert Axis.objects.get(number=2).lead.slug == "ept"
    after = state()
    assert [after[place] for place in (0, 5, 6, 7)] == [before[place] for place in (0, 5, 6, 7)]


def test_who_was_replaced_does_not_come_back_and_an_empty_seat_is_filled(run: Run) -> None:
    run(ONE + OTHER)
    cci = Partner.objects.get(slug="cci-91")
    replaced = Officer.objects.get(partner=cci, role=OfficerRole.OFFICER)
    colleague = get_user_model().objects.create_user("colleague@partners.test", "colleague@partners.test")
    Officer.objects.create(user=colleague, partner=cci, role=OfficerRole.OFFICER)
    replaced.delete()
    Officer.objects.get(partner=cci, role=OfficerRole.DEPUTY).delete()
    run(ONE + OTHER)
    assert {(one.role, one.user.email) for one in cci.officers.all()} == {
        (OfficerRole.OFFICER, "colleague@partners.test"),
        (OfficerRole.DEPUTY, "cci.deputy@partners.test"),
    }


def test_an_administrator_of_the_file_gets_no_rights_while_there_is_another(run: Run) -> None:
    run(ONE.replace("admin@", "second@"))
    assert not get_user_model().objects.filter(email="second@partners.test").exists()
    run(ONE.replace("admin@", "officer@"))
    assert get_user_model().objects.get(is_superuser=True).email == "admin@partners.test"


def test_rules_in_force_are_left_as_they_are(run: Run) -> None:
    rule = table_in_force().rules.get()
    rule.reason |= {"fr": "Autre raison."}
    rule.save()
    run(ONE + OTHER)
    assert RoutingTable.objects.count() == 1
    assert table_in_force().rules.get().reason["fr"] == "Autre raison."


def test_a_site_that_has_all_needs_neither_a_file_nor_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    monkeypatch.setattr("sys.stdin", StringIO())
    before, out = state(), StringIO()
    call_command("setup", stdout=out)
    assert out.getvalue() == "Nothing was missing, nothing has changed.\n"
    assert state() == before
