"""The sheet, the card and the data for search engines say what the page says, and no more."""

import io
import json
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from properties.listing import facts, sheet
from properties.listing.structured import as_script, listing_data
from properties.models import Lot, Property
from properties.services import update_property
from tests.examples import examples
from tests.properties.factories import VITRY, make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def shown(known) -> Property:
    return Property.objects.for_display().prefetch_related("lots", "media").get(pk=known.pk)


def text_of(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


@pytest.mark.parametrize(("prefix", "file"), [("/fr/immobilier", "fiche.pdf"), ("/en/premises", "sheet.pdf")])
def test_the_sheet_is_a_tagged_pdf_in_the_language_of_its_address(client, prefix, file):
    known = make_property(dpe="C", docks=3)
    Lot.objects.create(property=known, label="A", surface=310, rent=121)
    Lot.objects.create(property=known, label="B", surface=930)
    response = client.get(f"{prefix}/{known.reference}/{file}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert known.reference in response["Content-Disposition"]
    pdf = response.content
    assert pdf.startswith(b"%PDF-")
    inflated = b"".join(_inflated(pdf))
    everything = pdf + inflated
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid:part>1<", b"/Lang"):
        assert mark in everything, mark
    assert prefix[1:3].encode() in re.search(rb"/Lang ?\((..)", everything).group(1)
    assert 1 <= int(re.search(rb"/Type ?/Pages.*?/Count (\d+)", everything, re.DOTALL).group(1)) <= 2


def _inflated(pdf: bytes):
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue


def test_the_sheet_says_every_fact_of_the_page():
    known = make_property(
        dpe="C", docks=3, clear_height=Decimal("7.2"), charges=Decimal(22), deposit=3, fees=15, fees_paid_by="occupier"
    )
    for language in ("fr", "en"):
        with override(language):
            listing = shown(known)
            said = text_of(sheet.content(listing)).lower()
            for section in facts.sections(listing):
                for fact in section.facts:
                    assert fact.text.lower() in said, fact
            assert known.partner.email in said


@pytest.mark.parametrize("title", ["Atelier 🎉", "办公室 Orly", "☀️ Плато", "ورشة 🏭"])
def test_a_character_without_a_glyph_leaves_the_rest_of_the_sheet(title: str) -> None:
    listing = Property.objects.for_display().get(pk=make_property(title_fr=title, description_fr=title * 50).pk)
    assert sheet.build(listing).startswith(b"%PDF")


def test_any_title_and_description_can_be_printed() -> None:
    data = sheet.content(Property.objects.for_display().get(pk=make_property().pk))

    @settings(max_examples=examples(60))
    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    def prints(text: str) -> None:
        assert sheet.compiled(data | {"title": text, "description": text}).startswith(b"%PDF")

    prints()


def test_sheets_are_made_for_several_visitors_at_once() -> None:
    listing = Property.objects.for_display().get(pk=make_property().pk)
    data = sheet.content(listing)
    with ThreadPoolExecutor(8) as visitors:
        files = list(visitors.map(sheet.compiled, [data] * 40))
    assert all(file.startswith(b"%PDF") for file in files)


@pytest.mark.parametrize("precision", ["street", "commune"])
def test_a_hidden_point_is_in_no_file_and_no_data(precision):
    known = make_property(precision=precision, business_park="Parc SILIC")
    listing = shown(known)
    everything = text_of(sheet.content(listing)) + text_of(listing_data(listing, "https://example.org"))
    assert "12 rue" not in everything
    for degrees in VITRY:
        assert str(degrees)[:6] not in everything
    assert "GeoCoordinates" not in everything
    assert ("Parc SILIC" in everything) is (precision == "street")


@pytest.mark.parametrize("name", ["fiche.pdf", "card.png"])
def test_what_left_the_market_has_no_file_either(client, name):
    known, draft = make_property(), make_property(state="draft")
    assert client.get(f"/fr/immobilier/{known.reference}/{name}").status_code == 200
    moved = client.get(f"/fr/immobilier/{known.reference.lower()}/{name}")
    assert (moved.status_code, moved.url) == (301, f"/fr/immobilier/{known.reference}/{name}")
    assert client.post(f"/fr/immobilier/{known.reference}/{name}").status_code == 405
    update_property(instance=known, values={"state": "withdrawn"}, version=1)
    assert client.get(f"/fr/immobilier/{known.reference}/{name}").status_code == 410
    assert client.get(f"/fr/immobilier/{draft.reference}/{name}").status_code == 404
    assert client.get(f"/fr/immobilier/NOPE/{name}").status_code == 404


@pytest.mark.parametrize("title", ["Atelier", "Local d’activité avec une très grande cour et des bureaux " * 2, "<b>&"])
def test_the_card_is_a_picture_of_the_size_that_other_sites_ask(client, title):
    known = make_property(title_fr=title[:120])
    response = client.get(f"/fr/immobilier/{known.reference}/card.png")
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert f"/fr/immobilier/{known.reference}/card.png" in client.get(known.get_absolute_url()).content.decode()


# https://schema.org, version 29: the properties that each type has, its parents' included, among those used here.
SCHEMA = {
    "RealEstateListing": {"url", "name", "description", "identifier", "inLanguage", "datePosted", "dateModified",
                          "expires", "about", "offers"},
    "Offer": {"businessFunction", "availability", "availabilityStarts", "priceSpecification", "itemOffered",
              "offeredBy"},
    "UnitPriceSpecification": {"price", "priceCurrency", "valueAddedTaxIncluded", "unitCode", "unitText"},
    "PriceSpecification": {"price", "priceCurrency", "valueAddedTaxIncluded"},
    "Place": {"name", "address", "geo", "additionalProperty"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "PropertyValue": {"propertyID", "name", "value"},
    "Organization": {"name", "email"},
}  # fmt: skip


def check(node: object) -> None:
    if isinstance(node, list):
        for item in node:
            check(item)
    elif isinstance(node, dict):
        if "@type" in node:
            used = {name for name in node if not name.startswith("@")}
            assert used <= SCHEMA[node["@type"]], used - SCHEMA[node["@type"]]
        for item in node.values():
            check(item)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"kind": "warehouse", "docks": 3, "clear_height": 9},
        {"deal": "sale", "rent": None, "price": 980_000},
        {"deal": "lease-transfer", "price": 45_000},
        {"deal": "services", "rent": None, "desk_price": 290, "kind": "coworking"},
        {"kind": "land", "rent": None, "undisclosed": True},
        {"precision": "commune"},
    ],
    ids=str,
)
def test_the_data_for_search_engines_uses_their_words(values):
    data = listing_data(shown(make_property(**values)), "https://example.org")
    check(data)
    assert "Accommodation" not in text_of(data)
    amounts = [({"rent": 118} | values).get(name) for name in ("rent", "price", "desk_price")]
    prices = data["offers"].get("priceSpecification", [])
    assert [price["price"] for price in prices] == [amount for amount in amounts if amount is not None]


def test_a_text_cannot_leave_the_data_block():
    script = as_script({"name": "</script><script>alert(1)</script>&\u2028"})
    assert "<" not in script
    assert json.loads(script) == {"name": "</script><script>alert(1)</script>&\u2028"}


def test_the_page_carries_the_data(client):
    known = make_property(title_fr="Atelier </script>")
    html = client.get(known.get_absolute_url()).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1)
    assert json.loads(block)["name"] == "Atelier </script>"
