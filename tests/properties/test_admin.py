"""Officers keep their partner's premises, the coordinator all, nobody else any; nobody overwrites anybody."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse

from properties.choices import Feature
from properties.models import Property
from properties.services import update_property
from territory.models import Partner
from tests.properties.factories import make_property
from tests.territory.factories import CoordinatorFactory, OfficerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

FORM = {
    "kind": "activity",
    "deal": "rent",
    "state": "on_market",
    "surface": "1240",
    "divisible_from": "310",
    "rent": "118",
    "commune": "94081",
    "precision": "commune",
    "title_fr": "Atelier avec cour",
    **dict.fromkeys(Feature.values, "unknown"),
    "fibre": "yes",
    "loading_dock": "no",
    "version": "1",
}
INDEX, ADD = "premises:index", "premises:add"


@pytest.fixture
def officer(client):
    made = OfficerFactory(partner=Partner.objects.get(slug="cci-94"))
    client.force_login(made.user)
    return made


def edit(known):
    return reverse("premises:edit", args=[known.pk])


def text(response) -> str:
    return response.content.decode()


def test_an_officer_sees_and_edits_what_its_partner_answers_for(client, officer):
    own, other = make_property(partner_slug="cci-94"), make_property(partner_slug="ept")
    listed = text(client.get(reverse(INDEX)))
    assert own.reference in listed
    assert other.reference not in listed
    assert client.get(edit(own)).status_code == 200
    assert client.post(edit(own), FORM | {"rent": "125"}).status_code == 302
    own.refresh_from_db()
    assert (own.rent, own.version, own.partner.slug) == (125, 2, "cci-94")


def test_another_partners_property_does_not_exist(client, officer):
    other = make_property(partner_slug="ept")
    # An address without language that is not found is tried once more with one; both find nothing.
    assert client.get(edit(other), follow=True).status_code == 404
    assert client.post(edit(other), FORM | {"rent": "1"}, follow=True).status_code == 404
    assert other.reference not in text(client.get(reverse("premises:index_results") + f"?q={other.reference}"))
    other.refresh_from_db()
    assert (other.rent, other.version) == (118, 1)


def test_what_an_officer_adds_is_its_own_partners_whatever_is_posted(client, officer):
    ept = Partner.objects.get(slug="ept")
    response = client.post(reverse(ADD), FORM | {"partner": ept.pk})
    assert response.status_code == 302, response.context["form"].errors
    made = Property.objects.get()
    assert made.partner == officer.partner
    assert made.reference.startswith("GOSB-")
    assert (made.rent, made.fibre, made.loading_dock, made.parking) == (118, "yes", "no", "unknown")


def test_an_officer_cannot_hand_its_property_to_another_partner(client, officer):
    own = make_property(partner_slug="cci-94")
    client.post(edit(own), FORM | {"partner": Partner.objects.get(slug="ept").pk, "rent": "125"})
    own.refresh_from_db()
    assert (own.partner, own.rent) == (officer.partner, 125)


def test_the_coordinator_edits_all_and_says_who_is_in_charge(client):
    client.force_login(CoordinatorFactory(partner=Partner.objects.coordinator()).user)
    known = make_property(partner_slug="cci-94")
    assert known.reference in text(client.get(reverse(INDEX)))
    cci = Partner.objects.get(slug="cci-91")
    response = client.post(edit(known), FORM | {"partner": cci.pk})
    assert response.status_code == 302, response.context["form"].errors
    known.refresh_from_db()
    assert known.partner == cci


@pytest.mark.parametrize("superuser", [True, False])
def test_who_is_no_officer_has_no_access_whatever_a_group_allows(client, superuser):
    known = make_property()
    user = UserFactory(groups=["Agents"], is_superuser=superuser)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="properties"))
    client.force_login(user)
    for address in (reverse(INDEX), reverse("premises:index_results"), reverse(ADD), edit(known)):
        assert client.get(address).status_code == 302, address
        assert client.post(address, FORM).status_code in (302, 405), address
    known.refresh_from_db()
    assert known.version == 1
    assert Property.objects.count() == 1


def test_nobody_passes_without_an_account(client):
    known = make_property()
    for address in (reverse(INDEX), reverse(ADD), edit(known)):
        assert "/login/" in client.get(address).url


@pytest.mark.parametrize("view", ["delete", "copy", "history", "usage"])
def test_a_property_is_neither_deleted_nor_copied(view):
    with pytest.raises(NoReverseMatch):
        reverse(f"premises:{view}", args=[1])


def test_a_stale_form_is_refused_says_so_and_keeps_what_was_typed(client, officer):
    own = make_property(partner_slug="cci-94")
    update_property(instance=own, values={"rent": Decimal(140)}, version=1)
    response = client.post(edit(own), FORM | {"rent": "99", "title_fr": "Titre saisi"})
    assert response.status_code == 200
    assert "Titre saisi" in text(response)
    assert response.context["form"].non_field_errors()
    own.refresh_from_db()
    assert (own.rent, own.version, own.title["fr"]) == (140, 2, "Atelier avec cour")


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "999999999999999999999"])
def test_a_forged_version_is_refused(client, officer, version):
    own = make_property(partner_slug="cci-94")
    response = client.post(edit(own), FORM | {"rent": "99", "version": version})
    assert response.status_code == 200
    own.refresh_from_db()
    assert (own.rent, own.version) == (118, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"divisible_from": "2000"},
        {"rent": "-1"},
        {"price": "100000"},
        {"deal": "sale"},
        {"latitude": "48.79"},
        {"latitude": "43.3", "longitude": "5.4"},
        {"surface": "0"},
        {"surface": "environ"},
        {"surface": "9" * 12},
        {"title_fr": ""},
        {"kind": "château"},
        {"commune": "75056"},
        {"available_from": "bientôt"},
        {"power_kva": "-1"},
    ],
    ids=str,
)
def test_what_the_database_refuses_is_an_error_of_the_form(client, officer, wrong):
    response = client.post(reverse(ADD), FORM | {"title_en": "Kept as typed"} | wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "Kept as typed" in text(response)
    assert not Property.objects.exists()


def test_withdrawing_is_a_state(client, officer):
    own = make_property(partner_slug="cci-94")
    client.post(edit(own), FORM | {"state": "withdrawn"})
    assert not Property.objects.public().exists()


def test_the_list_is_searched_and_filtered_within_ones_own(client, officer):
    own = make_property(partner_slug="cci-94", title_fr="Halle aux fruits")
    plain = make_property(partner_slug="cci-94")
    found = text(client.get(reverse(INDEX) + "?q=fruits"))
    assert own.reference in found
    assert plain.reference not in found
    assert plain.reference not in text(client.get(reverse(INDEX) + "?state=withdrawn"))
