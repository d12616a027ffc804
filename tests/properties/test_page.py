"""The page of one property: facts in both languages, and never the point of a hidden address."""

import re

import pytest
from django.test import Client

from properties.models import Lot, Property
from properties.services import update_property
from tests.properties.factories import VITRY, make_property, without_shown_point

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def page(known, language="fr") -> str:
    segment = {"fr": "immobilier", "en": "premises"}[language]
    response = Client().get(f"/{language}/{segment}/{known.reference}/")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """The text that is read: without tags, on one line, every space a plain one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " "))


def test_the_facts_in_french():
    known = make_property(is_demo=True, verified_on="2026-11-20", fibre="yes", parking="no")
    said = words(page(known))
    for fact in ("Atelier avec cour", "1 240 m²", "310 m²", "118 €", "Vitry-sur-Seine", known.reference):
        assert fact in said
    for fact in ("20 novembre 2026", "12 rue des Ateliers", "Donnée de démonstration", "Non précisé", "Oui", "Non "):
        assert fact in said


def test_the_facts_in_english():
    said = words(page(make_property(is_demo=True), "en"))
    for fact in ("Workshop with a yard", "1,240 m²", "€118", "For rent", "Demonstration data", "Not stated"):
        assert fact.lower() in said.lower()


def test_words_shown_for_want_of_a_translation_say_their_language(client):
    known = make_property(title_en="", description_en="", description_fr="Un atelier.")
    html = page(known, "en")
    assert f'<h1 lang="fr">{known.title["fr"]}</h1>' in html
    assert '<div class="property__words" lang="fr">' in html
    assert 'lang="fr">' + known.title["fr"] in client.get("/en/premises/").content.decode()
    assert f"<h1>{known.title['fr']}</h1>" in page(known, "fr")


def test_both_languages_know_each_other():
    known = make_property()
    for language in ("fr", "en"):
        html = page(known, language)
        assert re.search(rf'hreflang="en"\s+href="[^"]*/en/premises/{known.reference}/"', html)
        assert re.search(rf'hreflang="fr"\s+href="[^"]*/fr/immobilier/{known.reference}/"', html)


def test_the_action_carries_the_property():
    known = make_property()
    assert f"/fr/implantation/?property={known.reference}" in page(known)


def test_the_partner_is_reached_from_the_page():
    known = make_property(partner_slug="cci-94")
    html = page(known)
    assert f"mailto:{known.partner.email}?subject={known.reference}" in html
    assert known.partner.website in html
    assert f"/api/v1/properties/{known.reference}" in html


def test_the_nearest_station_of_each_mode_is_told():
    known = make_property()
    html = page(known)
    nearest = known.nearest_by_mode
    assert nearest
    said = words(html)
    for mode, walk in nearest.items():
        others = [
            near for near in known.nearby_stations.all() if mode in {line.mode for line in near.station.lines.all()}
        ]
        assert walk.minutes == min(near.minutes for near in others)
        assert f"Le plus proche, {str(mode.label).lower()} {walk.station}, {walk.minutes} min" in said


def test_lots_are_listed_with_their_own_money():
    known = make_property()
    Lot.objects.create(property=known, label="A", floor="RDC", surface=310, rent=121)
    Lot.objects.create(property=known, label="B", surface=930)
    said = words(page(known))
    assert "121 €" in said
    assert "930 m²" in said


@pytest.mark.parametrize("precision", ["street", "commune"])
def test_a_hidden_point_is_nowhere_in_the_page(precision):
    known = make_property(precision=precision)
    for language in ("fr", "en"):
        html = page(known, language)
        assert "12 rue" not in html
        for degrees in VITRY:
            assert str(degrees)[:6] not in without_shown_point(html, known)
        assert {"fr": "tiré au hasard", "en": "drawn at random"}[language] in html
        assert ("rue des Ateliers" in html) is (precision == "street")


@pytest.mark.parametrize("deal", ["sale", "services", "lease-transfer"])
def test_money_is_that_of_the_deal(deal):
    money = {
        "sale": {"rent": None, "price": 950_000},
        "services": {"rent": None, "desk_price": 290},
        "lease-transfer": {"price": 45_000},
    }[deal]
    said = words(page(make_property(deal=deal, **money)))
    shown = {"sale": ["950 000 €"], "services": ["290 €"], "lease-transfer": ["118 €", "45 000 €"]}[deal]
    assert all(amount in said for amount in shown)


def test_what_is_not_stated_is_said_in_words():
    said = words(
        page(make_property(rent=None, divisible_from=None, precision="commune", latitude=None, longitude=None))
    )
    assert said.count("Non précisé") >= 8


def test_text_is_escaped():
    html = page(make_property(title_fr="<script>alert(1)</script>", description_fr="<img src=x onerror=alert(1)>"))
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_similar_premises_are_public_and_never_itself():
    known = make_property()
    alike = make_property(title_fr="Presque pareil")
    make_property(title_fr="Brouillon", state="draft")
    html = page(known)
    assert alike.reference in html
    assert "Brouillon" not in html


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_what_left_the_market_is_gone_and_helps(client, state):
    known = make_property(state=state)
    alike = make_property()
    response = client.get(f"/fr/immobilier/{known.reference}/")
    assert response.status_code == 410
    html = response.content.decode()
    assert alike.reference in html
    assert "/fr/implantation/" in html
    assert "12 rue des Ateliers" not in html


def test_a_draft_does_not_exist(client):
    known = make_property(state="draft")
    assert client.get(f"/fr/immobilier/{known.reference}/").status_code == 404


@pytest.mark.parametrize("reference", ["NOPE", "é", "%00", "a" * 300, "..", "'--", "GOSB-0001%0A"])
def test_an_unknown_reference_is_not_found(client, reference):
    for prefix in ("/fr/immobilier/", "/en/premises/"):
        assert client.get(f"{prefix}{reference}/").status_code in (404, 400)


def test_a_reference_in_other_letters_leads_to_the_one_address(client):
    known = make_property()
    response = client.get(f"/en/premises/{known.reference.lower()}/?property=1")
    assert response.status_code == 301
    assert response.url == f"/en/premises/{known.reference}/"


def test_only_reading_is_allowed(client):
    known = make_property()
    assert client.post(f"/fr/immobilier/{known.reference}/").status_code == 405
    assert Property.objects.get().version == 1


def test_a_property_leaves_the_site_at_once(client):
    known = make_property()
    assert client.get(known.get_absolute_url()).status_code == 200
    update_property(instance=known, values={"state": "withdrawn"}, version=1)
    assert client.get(known.get_absolute_url()).status_code == 410


def test_the_page_asks_the_database_a_constant_number_of_times(client, django_assert_max_num_queries):
    known = make_property()
    for label in "ABCDE":
        Lot.objects.create(property=known, label=label, surface=100)
    for _ in range(3):
        make_property()
    address = f"/fr/immobilier/{known.reference}/"
    client.get(address)
    with django_assert_max_num_queries(24):
        client.get(address)
