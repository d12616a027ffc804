"""One property for machines."""

import json

import pytest
from django.test import Client

from properties.models import Lot
from properties.services import update_property
from tests.properties.factories import VITRY, make_property, without_shown_point

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def ask(reference, query=""):
    return Client().get(f"/api/v1/properties/{reference}?{query}")


def read(listing, query=""):
    response = ask(listing.reference, query)
    assert response.status_code == 200
    return json.loads(response.content)


def test_a_property_says_what_its_page_says(settings):
    known = make_property(fibre="yes", verified_on="2026-11-20", description_en="Two workshops", is_demo=True)
    Lot.objects.create(property=known, label="A", floor="RDC", surface=310, rent=121)
    french, english = read(known, "lang=fr"), read(known, "lang=en")
    assert (french["title"], english["title"]) == ("Atelier avec cour", "Workshop with a yard")
    assert french["url"] == f"{settings.SITE_URL}/fr/immobilier/{known.reference}/"
    assert english["url"] == f"{settings.SITE_URL}/en/premises/{known.reference}/"
    assert french["sheet"].startswith(french["url"])
    assert english["type"] == {"value": "activity", "label": "Activity unit, workshop"}
    assert (english["surface"], english["rent"], english["price"]) == (1240.0, 118.0, None)
    assert english["point"] | {"precision": None} == {"latitude": VITRY[0], "longitude": VITRY[1], "precision": None}
    assert english["address"] == "12 rue des Ateliers"
    assert english["features"]["fibre"] == "yes"
    assert english["features"]["crane"] == "unknown"
    assert english["lots"] == [{"label": "A", "floor": "RDC", "surface": 310.0, "rent": 121.0, "available_from": None}]
    assert english["partner"]["slug"] == "ept"
    assert english["demo"] is True
    facts = {fact["name"]: fact for section in french["facts"] for fact in section["facts"]}
    assert facts["fibre"]["text"] == "Oui"
    assert facts["rent"]["text"] == "118\u00a0€"


@pytest.mark.parametrize(("precision", "address"), [("street", "rue des Ateliers"), ("commune", "")])
def test_a_hidden_place_is_hidden_here_too(precision, address):
    known = make_property(precision=precision, business_park="Parc des Ateliers", agent="Me Secret", mandate="simple")
    for language in ("fr", "en"):
        said = ask(known.reference, f"lang={language}").content.decode()
        assert json.loads(said)["address"] == address
        assert json.loads(said)["point"]["latitude"] == known.public_latitude
        rest = without_shown_point(said, known)
        for secret in (*(str(degrees)[:6] for degrees in VITRY), "12 rue", "Secret", "simple"):
            assert secret not in rest
        assert ("Parc des Ateliers" in said) is (precision == "street")


def test_an_amount_that_is_not_disclosed_is_not_merely_left_out():
    hidden, unsaid = (
        read(make_property(rent=None, undisclosed=undisclosed), "lang=en") for undisclosed in (True, False)
    )
    assert hidden["rent"] is unsaid["rent"] is None
    assert (hidden["undisclosed"], unsaid["undisclosed"]) == (True, False)


def test_a_property_leaves_the_api_at_once_and_says_it_is_gone():
    known = make_property()
    assert ask(known.reference).status_code == 200
    update_property(instance=known, values={"state": "withdrawn"}, version=1)
    response = ask(known.reference)
    assert response.status_code == 410
    assert set(json.loads(response.content)) == {"errors"}
    assert "Ateliers" not in response.content.decode()


@pytest.mark.parametrize("reference", ["NOPE", "é", "a" * 300, "'--", "..", "%20"])
def test_an_unknown_reference_is_not_found(reference):
    response = ask(reference, "lang=fr")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["errors"][0]["parameter"] in ("reference", "address")


def test_a_draft_does_not_exist():
    assert ask(make_property(state="draft").reference).status_code == 404


def test_a_reference_in_other_letters_leads_to_the_one_address():
    known = make_property()
    response = ask(known.reference.lower(), "lang=en")
    assert response.status_code == 301
    assert response.url == f"/api/v1/properties/{known.reference}?lang=en"
