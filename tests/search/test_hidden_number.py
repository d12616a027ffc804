"""The number of a hidden address is in nothing that the public reads, and nobody finds a property by it."""

import json
import re
import unicodedata
from collections.abc import Iterator
from random import Random
from shutil import which
from subprocess import run

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties.listing import sheet
from properties.models import Property
from search.elastic.indexing.documents import document
from search.engines.database import textindex
from search.engines.entries import entries
from tests.properties.factories import make_property
from tests.search.world import number_found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

# Found nowhere else in the record, in the page around it, in the data of the territory.
NUMBER = re.compile(r"(?<!\d)7391(?!\d)")
thorough = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

written = st.sampled_from(
    [
        "7391",
        "7391 bis",
        "7391B",
        "7391-7393",
        "n° 7391",
        "n°7391 ter",
        "7389 et 7391",
        "au 7391",
        "７３９１",
        "⁷³⁹¹",
        "7391/2",
    ]
)
streets = st.sampled_from(
    ["rue des Ateliers", "av. du Parc", "QUAI DES BATELIERS", "rue du 8 Mai 1945", "Les Ateliers"]
)
others = st.sampled_from(["Bâtiment A", "ZA Les Pins", "Hall 3", "94400 Vitry-sur-Seine", "1er étage"])


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """A number, a street and what else people write, in any order."""
    parts = [draw(written), draw(streets), *draw(st.lists(others, max_size=2))]
    ordered = draw(st.permutations(parts))
    return draw(st.sampled_from([", ", " ", " - ", "; ", ","])).join(ordered)


@pytest.fixture(autouse=True)
def _without_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


def outputs(known: Property) -> Iterator[tuple[str, str]]:
    """Everything public that speaks of a property, by its name."""
    reference = known.reference
    client = Client()
    for path in (
        f"/fr/immobilier/{reference}/",
        f"/en/premises/{reference}/",
        "/fr/immobilier/",
        "/en/premises/",
        f"/fr/immobilier/selection/?ref={reference}",
        f"/en/premises/shortlist/?ref={reference}",
        f"/api/v1/properties/{reference}",
        "/api/v1/properties",
        "/api/v1/properties.geojson",
        "/api/v1/properties.csv",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        text = response.getvalue().decode()
        assert reference in text, path
        yield path, text
    listing = Property.objects.for_display().prefetch_related("lots", "media").get(pk=known.pk)
    for language in ("fr", "en"):
        with override(language):
            yield f"sheet {language}", json.dumps(sheet.content(listing), ensure_ascii=False)
    (entry,) = entries(Property.objects.filter(pk=known.pk))
    yield "Elasticsearch", json.dumps(document(entry), ensure_ascii=False)
    yield "text index", " ".join(textindex.read([known.pk])[known.pk])


@thorough
@given(address=addresses(), precision=st.sampled_from(["street", "commune"]))
def test_the_number_of_a_hidden_address_is_in_no_public_output_and_finds_nothing(monkeypatch, address, precision):
    monkeypatch.setattr("properties.services._RANDOM", Random(7))
    cache.clear()
    with transaction.atomic():
        known = make_property(reference="HIDDEN", address=address, precision=precision)
        for name, text in outputs(known):
            assert not NUMBER.search(unicodedata.normalize("NFKC", text)), name
        assert (number_found("7391"), number_found("HIDDEN")) == (0, 1)
        transaction.set_rollback(True)


def test_an_exact_address_is_told_whole_and_found_by_its_number():
    known = make_property(reference="SHOWN", address="Bâtiment A, 7391 rue des Ateliers")
    told = {name for name, text in outputs(known) if NUMBER.search(text)}
    assert {"/fr/immobilier/SHOWN/", "/api/v1/properties/SHOWN", "/api/v1/properties.csv", "sheet fr"} <= told
    assert {"Elasticsearch", "text index"} <= told
    assert number_found("7391") == 1


def test_texts_that_are_for_officers_are_in_no_public_output():
    known = make_property(reference="HIDDEN", precision="street")
    told = {"source": "Zq1source", "source_reference": "Zq2reference", "agent": "Zq3agent"}
    Property.objects.filter(pk=known.pk).update(**told)
    for name, text in outputs(known):
        assert not [word for word in told.values() if word.casefold() in text.casefold()], name


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext reads the sheet as people do")
def test_the_printed_sheet_of_a_hidden_address_tells_its_street_alone(tmp_path):
    known = make_property(address="ZA Les Pins, 7391 rue des Ateliers", precision="street")
    file = tmp_path / "sheet.pdf"
    file.write_bytes(Client().get(f"/en/premises/{known.reference}/sheet.pdf").content)
    said = run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert "rue des Ateliers" in said
    assert "7391" not in said
    assert " min" not in said.split("One partner answers")[0], "no walk from a point that was drawn"
