"""The log in words, a change taken back, and two editors who meet."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from foundation.by_language import fields_by_language, text_name
from properties.admin import history
from properties.models import Change, Property
from properties.services import create_property, update_property
from territory.models import Commune, Partner
from tests.properties.factories import make_property, offer
from tests.properties.test_admin import FORM
from tests.properties.test_admin_record import at, lot_rows, text
from tests.properties.test_lots import A, B
from tests.territory.factories import CoordinatorFactory, OfficerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


@pytest.fixture
def officer(client):
    made = OfficerFactory(partner=Partner.objects.get(slug="cci-94"))
    client.force_login(made.user)
    return made


@pytest.fixture
def own():
    return make_property(partner_slug="cci-94")


def change(known, lots=None, **values):
    """One more version."""
    version = Property.objects.get(pk=known.pk).version
    update_property(instance=known, values=values, version=version, lots=lots)
    return Change.objects.filter(property=known).first()


def test_a_change_reads_as_words(own):
    made = change(
        own,
        lots=[A],
        rent=Decimal("1250.50"),
        state="under_offer",
        available_from=date(2027, 1, 4),
        undisclosed=False,
        fibre="yes",
        built_in=1998,
        commune=Commune.objects.get(pk="94076"),
        precision="commune",
        latitude=None,
        longitude=None,
    )
    with override("en"):
        said = {line.name: (line.label, line.before, line.after) for line in history.lines(made)}
    assert said["rent"][1:] == ("118", "1,250.5")
    assert "€/m²/year" in said["rent"][0]
    assert said["state"][1:] == ("On the market", "Under offer")
    assert said["available_from"][1:] == ("not stated", "4\u00a0January 2027")
    assert said["fibre"][1:] == ("Not stated", "Yes")
    assert said["built_in"][2] == "1998"
    assert said["commune"][1:] == ("Vitry-sur-Seine", "Villejuif")
    assert said["lots"][1:] == ("none", "A, RDC, 310.5 m², 118 €/m²")


def test_the_page_says_who_when_and_by_which_door(client, officer, own):
    officer.user.first_name, officer.user.last_name = "Ada", "Martin"
    officer.user.save()
    client.post(at("edit", own), FORM | {"rent": "125"})
    shown = text(client.get(at("log", own)))
    assert "Ada Martin" in shown
    assert "<ins>125</ins>" in shown.replace("\n", "").replace(" ", "").replace("<ins>", "<ins>")
    assert Change.objects.get().user == officer.user


def test_a_field_the_record_no_longer_has_is_still_told(own):
    Change.objects.create(property=own, version=1, fields={"gone": ["a", "b"]}, door="form", at=own.updated_at)
    assert history.lines(Change.objects.get())[0].label == "gone"


@pytest.mark.parametrize(
    ("values", "lots"),
    [
        ({"rent": Decimal(130)}, None),
        ({"rent": None, "undisclosed": True}, None),
        ({"docks": 2, "level_doors": 0}, None),
        ({"built_in": 1998, "available_from": date(2027, 1, 4), "dpe": "B"}, None),
        ({"latitude": 48.786, "longitude": 2.391}, None),
        ({}, [A, B]),
        ({"title": {"fr": "Autre titre"}, "state": "withdrawn"}, [B]),
    ],
    ids=range(7),
)
def test_a_change_is_taken_back_by_a_new_one(client, officer, values, lots):
    known = create_property(values=offer(partner_slug="cci-94"), lots=[A])
    watched = [*values, "loading_dock", "level_door"]
    before = (Property.objects.values_list(*watched).get(), list(known.lots.values_list("label", "surface", "rent")))
    made = change(known, lots=lots, **values)
    response = client.post(at("log", known), {"change": made.pk, "version": "2"})
    assert response.status_code == 302
    after = (Property.objects.values_list(*watched).get(), list(known.lots.values_list("label", "surface", "rent")))
    assert after == before
    assert Property.objects.get().version == 3
    assert Change.objects.count() == 2, "the log keeps both"
    assert Change.objects.first().user == officer.user


def test_what_was_changed_again_is_not_taken_back(client, officer, own):
    first = change(own, rent=Decimal(130))
    change(own, rent=Decimal(140))
    client.post(at("log", own), {"change": first.pk, "version": "3"})
    own.refresh_from_db()
    assert (own.rent, own.version) == (140, 3)


def test_what_the_record_would_refuse_is_not_taken_back(own, officer):
    made = change(own, deal="sale", rent=None, price=Decimal(900_000))
    change(own, kind="land", condition="")
    # The rent comes back with the deal; a building's year given before the plot does not.
    assert history.take_back(change=made, version=3, user=officer.user).rent == 118
    other = make_property(built_in=1998)
    emptied = change(other, built_in=None)
    change(other, kind="land")
    with pytest.raises(history.NoLongerFitsError):
        history.take_back(change=emptied, version=3, user=officer.user)
    other.refresh_from_db()
    assert (other.built_in, other.version) == (None, 3)


@pytest.mark.parametrize("posted", [{"change": "0"}, {"change": "x"}, {}, {"change": "9" * 40}])
def test_an_unknown_change_does_not_exist(client, officer, own, posted):
    assert client.post(at("log", own), posted).status_code == 404


def test_another_propertys_change_does_not_exist_here(client, officer, own):
    other = make_property(partner_slug="ept")
    made = change(other, rent=Decimal(130))
    assert client.post(at("log", own), {"change": made.pk, "version": "1"}).status_code == 404
    other.refresh_from_db()
    assert other.rent == 130


def test_a_stale_page_takes_nothing_back(client, officer, own):
    made = change(own, rent=Decimal(130))
    change(own, title_fr="Autre")
    client.post(at("log", own), {"change": made.pk, "version": "2"})
    own.refresh_from_db()
    assert (own.rent, own.version) == (130, 3)


def test_an_officer_does_not_take_back_who_is_in_charge(client, officer, own):
    ept = make_property(partner_slug="ept")
    made = change(ept, partner=Partner.objects.get(slug="cci-94"))
    client.post(at("log", ept), {"change": made.pk, "version": "2"})
    ept.refresh_from_db()
    assert ept.partner.slug == "cci-94"
    client.force_login(CoordinatorFactory(partner=Partner.objects.coordinator()).user)
    client.post(at("log", ept), {"change": made.pk, "version": "2"})
    ept.refresh_from_db()
    assert ept.partner.slug == "ept"


# --- two editors ---


def test_two_editors_of_different_fields_both_keep_theirs(client, officer, own):
    change(own, rent=Decimal(140), title_en="Theirs")
    typed = FORM | {"title_fr": "Le mien", "title_en": own.title["en"], "address": own.address, "precision": "exact"}
    typed |= {"latitude": str(own.latitude), "longitude": str(own.longitude)}
    response = client.post(at("edit", own), typed)
    assert response.status_code == 200
    kept = {difference.line.name: difference.keeps_typed for difference in response.context["differences"]}
    assert kept == {"rent": False, "title_en": False}
    form = response.context["form"]
    assert (form["rent"].value(), form["title"].value()["fr"], form["version"].value()) == ("140", "Le mien", "2")
    again = {name: form[name].value() or "" for name in form.fields}
    texts = {field: again.pop(field) for field in fields_by_language(Property)}
    again |= {text_name(field, code): text or "" for field in texts for code, text in texts[field].items()}
    assert client.post(at("edit", own), again).status_code == 302
    own.refresh_from_db()
    assert (own.rent, own.title["en"], own.title["fr"], own.version) == (140, "Theirs", "Le mien", 3)


def test_two_editors_of_one_field_see_both_values(client, officer, own):
    change(own, rent=Decimal(140))
    response = client.post(at("edit", own), FORM | {"rent": "99"})
    (difference,) = (d for d in response.context["differences"] if d.line.name == "rent")
    assert (difference.line.before, difference.line.after, difference.typed) == ("118", "140", "99")
    assert difference.keeps_typed
    assert response.context["form"]["rent"].value() == "99"
    own.refresh_from_db()
    assert (own.rent, own.version) == (140, 2)


def test_two_editors_of_lots(client, officer):
    known = create_property(values=offer(partner_slug="cci-94"), lots=[A])
    change(known, lots=[A, B])
    untouched = client.post(at("edit", known), FORM | lot_rows(A | {"available_from": ""}, initial=1))
    assert [form["label"].value() for form in untouched.context["form"].lots.forms][:2] == ["A", "B"]
    mine = client.post(at("edit", known), FORM | lot_rows(A | {"label": "C", "available_from": ""}, initial=1))
    assert [form["label"].value() for form in mine.context["form"].lots.forms][:1] == ["C"]
    assert [lot.label for lot in known.lots.all()] == ["A", "B"]


def test_a_changed_and_changed_back_field_is_no_difference(client, officer, own):
    change(own, rent=Decimal(140))
    change(own, rent=Decimal(118))
    response = client.post(at("edit", own), FORM)
    assert "rent" not in {difference.line.name for difference in response.context["differences"]}
    assert reverse("premises:edit", args=[own.pk])
