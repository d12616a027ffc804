"""Partners, officers, axes, sectors and stations in the admin."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from foundation.accounts import mails
from territory.choices import OfficerRole
from territory.models import Axis, Officer, Partner, Sector, Station
from territory.services import COORDINATION, OFFICERS, ensure_groups
from tests.territory.factories import CoordinatorFactory, OfficerFactory, PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db

FORMER_NAMES = {
    "former_names-TOTAL_FORMS": "1",
    "former_names-INITIAL_FORMS": "0",
    "former_names-MIN_NUM_FORMS": "0",
    "former_names-MAX_NUM_FORMS": "1000",
    "former_names-0-id": "",
    "former_names-0-name": "Chambre consulaire de la Marne",
    "former_names-0-until": "2020-12-31",
    "former_names-0-ORDER": "1",
    "former_names-0-DELETE": "",
}
NEW_PARTNER = FORMER_NAMES | {
    "name": "Agence d’attractivité de la Marne",
    "short_name": "Attractivité Marne",
    "acronym": "AAM",
    "kind": "development_agency",
    "member_since": "2026-01-01",
    "role_fr": "Prospection internationale.",
    "role_en": "International prospection.",
    "email": "accueil@example.org",
    "phone": "01 23 45 67 89",
    "first_answer_days": "3",
    "tailored_answer_days": "7",
    "languages": ["fr", "de"],
    "communes": ["94076", "94081"],
}


@pytest.fixture
def coordinator(client, territory):
    officer = CoordinatorFactory(partner=Partner.objects.coordinator())
    client.force_login(officer.user)
    return officer


def text(response) -> str:
    return response.content.decode()


def test_the_coordinator_adds_a_partner_usable_at_once(client, coordinator):
    response = client.post(reverse("partners:add"), NEW_PARTNER)
    assert response.status_code == 302, response.context["form"].errors
    partner = Partner.objects.get(short_name="Attractivité Marne")
    assert partner.slug == "aam"
    assert partner.is_member(date(2026, 11, 23))
    assert partner.languages == ["fr", "de"]
    assert {commune.insee for commune in partner.communes.all()} == {"94076", "94081"}
    assert [str(name) for name in partner.former_names.all()] == ["Chambre consulaire de la Marne"]
    assert partner.role["fr"] == "Prospection internationale."


def test_two_partners_of_one_acronym_have_two_identifiers(client, coordinator):
    client.post(reverse("partners:add"), NEW_PARTNER)
    client.post(reverse("partners:add"), NEW_PARTNER | {"short_name": "Autre agence"})
    assert set(Partner.objects.filter(acronym="AAM").values_list("slug", flat=True)) == {"aam", "aam-2"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "requis"),
        ("email", "pas une adresse", "valide"),
        ("phone", "12", "valide"),
        ("website", "javascript:alert(1)", "valide"),
        ("member_since", "hier", "valide"),
        ("member_until", "2025-12-31", "ne peut pas se terminer"),
        ("first_answer_days", "0", "supérieure ou égale à 1"),
        ("first_answer_days", "-2", "supérieure ou égale"),
        ("first_answer_days", "8", "ne peut pas être due avant la première"),
        ("kind", "nonsense", "nonsense"),
        ("languages", ["fr", "xx"], "xx"),
        ("languages", [], "requis"),
        ("communes", ["75056"], "75056"),
        ("short_name", "x" * 41, "40"),
        ("is_coordinator", "on", "coordonne déjà"),
    ],
)
def test_bad_input_is_refused_says_why_and_keeps_what_was_typed(client, coordinator, field, value, said):
    response = client.post(reverse("partners:add"), NEW_PARTNER | {field: value})
    assert response.status_code == 200
    assert not Partner.objects.filter(acronym="AAM").exists()
    assert said in " ".join(str(errors) for errors in response.context["form"].errors.values())
    assert "International prospection." in text(response)
    assert "Chambre consulaire de la Marne" in text(response)


def test_an_edited_partner_keeps_its_identifier(client, coordinator):
    partner = Partner.objects.get(slug="cci-94")
    response = client.post(reverse("partners:edit", args=[partner.pk]), NEW_PARTNER | {"acronym": "CCI 94 bis"})
    assert response.status_code == 302
    partner.refresh_from_db()
    assert (partner.slug, partner.acronym) == ("cci-94", "CCI 94 bis")


def test_lists_show_codes_as_people_read_them(client, coordinator):
    partners = text(client.get(reverse("partners:index")))
    assert "CCI Essonne" in partners
    assert "Agence de développement" in partners
    form = text(client.get(reverse("partners:edit", args=[Partner.objects.get(slug="cci-91").pk])))
    assert "Allemand" in form
    assert "[&quot;fr&quot;" not in form
    stations = text(client.get(reverse("stations:index") + "?q=aragon"))
    assert "M7, T7" in stations
    assert "Saarinen" not in stations


def test_partners_are_found_by_a_former_name(client, coordinator):
    client.post(reverse("partners:add"), NEW_PARTNER)
    found = text(client.get(reverse("partners:index") + "?q=consulaire"))
    assert "Attractivité Marne" in found
    assert "CCI Essonne" not in found


def test_nobody_deletes_a_partner_its_membership_ends(client, coordinator, admin_client):
    partner = PartnerFactory()
    for someone in (client, admin_client):
        response = someone.post(reverse("partners:delete", args=[partner.pk]))
        assert response.status_code in (302, 403)
        assert Partner.objects.filter(pk=partner.pk).exists()


def test_an_axis_changes_its_lead_and_never_its_number(client, coordinator):
    lead = Partner.objects.get(slug="cci-91")
    response = client.post(
        reverse("axes:edit", args=[5]),
        {"number": "7", "title_fr": "Immobilier", "title_en": "Real estate", "lead": lead.pk, "contributors": []},
    )
    assert response.status_code == 302
    assert Axis.objects.get(number=5).lead == lead
    assert Axis.objects.get(number=7).title["fr"] != "Immobilier"
    assert Axis.objects.count() == 9


def test_a_sector_is_added_at_the_end(client, coordinator):
    response = client.post(reverse("sectors:add"), {"name_fr": "Spatial", "name_en": "Space industry"})
    assert response.status_code == 302
    assert Sector.objects.last().slug == "space-industry"


def test_stations_are_read_only_even_for_an_administrator(admin_client, territory):
    assert admin_client.get(reverse("stations:index")).status_code == 200
    assert admin_client.get(reverse("stations:inspect", args=["saarinen"])).status_code == 200
    response = admin_client.post(reverse("stations:edit", args=["saarinen"]), {"name": "Autre"})
    assert response.status_code in (302, 403)
    assert Station.objects.get(slug="saarinen").name == "Saarinen"


def test_an_account_becomes_an_officer_and_may_enter_the_admin(client, coordinator):
    account, partner = UserFactory(), Partner.objects.get(slug="cma-94")
    response = client.post(reverse("officers:add"), {"user": account.pk, "partner": partner.pk, "role": "deputy"})
    assert response.status_code == 302, response.context["form"].errors
    assert account.officer.partner == partner
    assert [group.name for group in account.groups.all()] == [OFFICERS]
    client.force_login(account)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_an_account_acts_for_one_partner_only(client, coordinator):
    officer = OfficerFactory()
    other = Partner.objects.get(slug="cma-94")
    response = client.post(reverse("officers:add"), {"user": officer.user.pk, "partner": other.pk, "role": "officer"})
    assert response.status_code == 200
    assert Officer.objects.get(user=officer.user).partner == officer.partner


def test_groups_follow_the_role(client, coordinator):
    officer = OfficerFactory()
    address = reverse("officers:edit", args=[officer.pk])
    values = {"user": officer.user.pk, "partner": officer.partner.pk}
    client.post(address, values | {"role": OfficerRole.COORDINATOR})
    assert {group.name for group in officer.user.groups.all()} == {OFFICERS, COORDINATION}
    client.post(address, values | {"role": OfficerRole.OFFICER})
    assert {group.name for group in officer.user.groups.all()} == {OFFICERS}


def test_the_account_that_an_officer_leaves_loses_its_rights(client, coordinator):
    officer, newcomer = OfficerFactory(), UserFactory()
    before = officer.user
    values = {"user": newcomer.pk, "partner": officer.partner.pk, "role": "officer"}
    assert client.post(reverse("officers:edit", args=[officer.pk]), values).status_code == 302
    assert not before.groups.exists()
    assert newcomer.groups.get().name == OFFICERS


def test_a_dismissed_officer_keeps_the_account_and_loses_the_admin(client, coordinator):
    officer = OfficerFactory()
    assert client.post(reverse("officers:delete", args=[officer.pk])).status_code == 302
    assert not Officer.objects.filter(pk=officer.pk).exists()
    officer.user.refresh_from_db()
    assert officer.user.is_active
    assert not officer.user.groups.exists()


@pytest.mark.parametrize("name", ["partners", "officers", "axes", "sectors", "stations"])
def test_an_officer_sees_none_of_it(client, territory, name):
    officer = OfficerFactory()
    client.force_login(officer.user)
    response = client.get(reverse(f"{name}:index"))
    assert response.status_code in (302, 403)
    assert reverse(f"{name}:index") not in text(client.get(reverse("wagtailadmin_home")))


def test_an_officer_changes_no_partner(client, territory):
    officer = OfficerFactory()
    client.force_login(officer.user)
    response = client.post(reverse("partners:edit", args=[officer.partner.pk]), NEW_PARTNER)
    assert response.status_code in (302, 403)
    officer.partner.refresh_from_db()
    assert officer.partner.acronym != "AAM"
    assert client.post(reverse("partners:add"), NEW_PARTNER).status_code in (302, 403)
    assert not Partner.objects.filter(acronym="AAM").exists()


def test_groups_keep_what_others_added(territory):
    extra = Permission.objects.get(codename="add_image", content_type__app_label="wagtailimages")
    ensure_groups()[OFFICERS].permissions.add(extra)
    assert extra in ensure_groups()[OFFICERS].permissions.all()


PERSON = {"new_first_name": "Jo", "new_last_name": "Newcomer", "new_email": "jo@example.org"}


def test_a_person_without_an_account_is_given_one_and_chooses_a_password(client, coordinator, mailoutbox):
    partner = PartnerFactory()
    response = client.post(reverse("officers:add"), PERSON | {"partner": partner.pk, "role": "officer"})
    assert response.status_code == 302
    officer = Officer.objects.get(user__email="jo@example.org")
    assert (officer.partner, officer.role, officer.user.get_full_name()) == (partner, "officer", "Jo Newcomer")
    assert mailoutbox == [], "owed, not sent while the coordinator waits"
    mails.QUEUE.sweep()
    (invitation,) = mailoutbox
    assert invitation.to == ["jo@example.org"]
    (link,) = re.findall(r"https://territory\.example(/admin/password_reset/confirm/\S+)", invitation.body)
    client.logout()
    page = client.get(link, follow=True)
    choice = {"new_password1": "some long words 27", "new_password2": "some long words 27"}
    assert client.post(page.request["PATH_INFO"], choice).status_code == 302
    entered = {"username": "jo@example.org", "password": "some long words 27"}
    assert client.post(reverse("wagtailadmin_login"), entered).status_code == 302
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"new_email": ""}, "user"),
        ({"new_email": "not an address"}, "new_email"),
        ({"new_email": "TAKEN@example.org"}, "new_email"),
        ({"new_last_name": ""}, "new_last_name"),
        ({"user": "taken"}, "new_email"),
        ({"partner": ""}, "partner"),
        ({"role": "king"}, "role"),
    ],
)
def test_a_bad_account_is_not_opened(client, coordinator, mailoutbox, change, field):
    taken = UserFactory(email="taken@example.org")
    values = PERSON | {"partner": PartnerFactory().pk, "role": "officer"} | change
    if values.get("user"):
        values["user"] = taken.pk
    before = get_user_model().objects.count()
    response = client.post(reverse("officers:add"), values)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert (get_user_model().objects.count(), mailoutbox) == (before, [])
