"""The form tells its officer what the public will read of the place, and refuses words that tell more."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundation.by_language import named
from properties.importing.service import import_file
from properties.models import Property
from territory.models import Partner
from tests.properties.factories import make_property, write_csv
from tests.properties.test_admin import FORM
from tests.properties.test_admin_record import lot_rows
from tests.properties.test_lots import A
from tests.territory.factories import OfficerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
PLACE = {"address": "Bâtiment A, 12 rue des Ateliers", "precision": "street", "commune": "94081"}


@pytest.fixture
def officer(client, settings):
    settings.LANGUAGE_CODE = "en"
    made = OfficerFactory(partner=Partner.objects.get(slug="cci-94"))
    client.force_login(made.user)
    return made


def read(response) -> str:
    """The line under the fields of the place, as text."""
    found = re.search(r"<p>\s*(?:The public will read|Le public lira).*", response.content.decode(), re.S)
    text = re.split(r"</div>", found[0])[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "The public will read: rue des Ateliers, Vitry-sur-Seine The point on the map is drawn"),
        ({"precision": "commune", "business_park": "Parc SILIC"}, "The public will read: Vitry-sur-Seine The point"),
        ({"business_park": "Parc SILIC"}, "rue des Ateliers, Parc SILIC, Vitry-sur-Seine"),
        ({"address": "Les Ateliers, 12"}, "The public will read: Vitry-sur-Seine No street is sure in this address"),
        ({"precision": "exact"}, "Bâtiment A, 12 rue des Ateliers, Vitry-sur-Seine The point on the map is drawn"),
        ({"commune": "", "address": "", "precision": "nonsense"}, "The public will read: nothing yet"),
    ],
    ids=str,
)
def test_what_the_public_will_read_is_told_as_it_is_typed(client, officer, typed, says):
    response = client.post(reverse("premises:reading"), PLACE | typed)
    assert response.status_code == 200
    assert says in read(response)


def test_with_an_exact_point_nothing_is_drawn(client, officer):
    typed = PLACE | {"precision": "exact", "latitude": "48.7875", "longitude": "2.3928"}
    assert read(client.post(reverse("premises:reading"), typed)).endswith("12 rue des Ateliers, Vitry-sur-Seine")


def test_without_scripts_the_form_says_it_of_what_is_saved_and_of_what_is_typed(client, officer):
    own = make_property(partner_slug="cci-94", precision="street")
    address = reverse("premises:edit", args=[own.pk])
    assert "will read: rue des Ateliers, Vitry-sur-Seine" in read(client.get(address))
    typed = FORM | PLACE | {"address": "avenue du Parc, 7", "refresh": "1"}
    assert "will read: avenue du Parc, Vitry-sur-Seine" in read(client.post(address, typed))
    assert "will read: nothing yet" in read(client.get(reverse("premises:add")))


def test_the_line_is_for_officers_and_by_post_alone(client):
    address = reverse("premises:reading")
    assert client.post(address, PLACE).status_code == 302
    client.force_login(UserFactory(groups=["Agents"]))
    assert "Ateliers" not in client.post(address, PLACE).content.decode()
    client.force_login(OfficerFactory(partner=Partner.objects.get(slug="cci-94")).user)
    assert client.get(address, PLACE).status_code == 405


def test_words_that_tell_more_than_the_line_are_refused_in_the_form(client, officer):
    own = make_property(partner_slug="cci-94")
    before = Property.objects.values().get()
    typed = FORM | PLACE | {"title_fr": "Atelier au 12", "description_en": "Door at number 12."}
    response = client.post(reverse("premises:edit", args=[own.pk]), typed)
    form = response.context["form"]
    assert set(named(ValidationError(form.errors.as_data()))) == {"title_fr", "description_en"}
    assert "“12” is the number of the address" in form.errors["title"][0]
    assert 'value="Atelier au 12"' in response.content.decode()
    typed = FORM | PLACE | lot_rows(A | {"label": "Le 12"})
    response = client.post(reverse("premises:edit", args=[own.pk]), typed)
    assert list(response.context["form"].lots.forms[0].errors) == ["label"]
    assert Property.objects.values().get() == before
    client.post(reverse("premises:edit", args=[own.pk]), FORM | PLACE)
    assert Property.objects.get().public_address == "rue des Ateliers"


def test_words_that_tell_more_are_refused_in_a_file_on_their_line(tmp_path):
    own = {"address": "ZA Les Pins, 12 rue des Ateliers", "precision": "rue"}
    path = write_csv(
        tmp_path / "f.csv",
        own | {"reference": "A-1"},
        own | {"reference": "A-2", "title_fr": "Atelier au 12"},
        own | {"reference": "A-3", "lots": "Le 12:310"},
        own | {"reference": "A-4", "titre anglais": "Workshop, 12 docks"},
        own | {"reference": "A-5", "precision": "commune", "description": "Rue des ateliers, au fond."},
    )
    report = import_file(path=path, source="agence")
    assert [(rejection.line, rejection.column) for rejection in report.rejections] == [
        (3, "title_fr"),
        (4, "lots"),
        (6, "description"),
    ]
    assert sorted(Property.objects.values_list("source_reference", flat=True)) == ["A-1", "A-4"]


def test_a_file_that_hides_an_address_is_refused_while_the_record_tells_it(tmp_path):
    row = {"address": "12 rue des Ateliers", "precision": "exacte", "description": "Entrée au 12."}
    import_file(path=write_csv(tmp_path / "f.csv", row), source="agence")
    hidden = write_csv(tmp_path / "g.csv", {"address": "12 rue des Ateliers", "precision": "rue"})
    report = import_file(path=hidden, source="agence")
    assert [rejection.column for rejection in report.rejections] == ["description_fr"]
    assert Property.objects.get().precision == "exact"
