"""A point that was drawn at random places a property on the map, and says nothing of walks, stations or lines."""

import json
import re

import pytest
from django.utils.translation import override

from properties.listing import sheet
from properties.listing.comparison import side_by_side
from properties.listing.structured import listing_data
from properties.models import Property
from tests.properties.factories import make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

HIDDEN = [{"precision": "street"}, {"precision": "commune"}]
NO_POINT = {"latitude": None, "longitude": None}


@pytest.fixture(params=[*HIDDEN, NO_POINT], ids=str)
def drawn(request):
    return make_property(**request.param)


def shown(known):
    return Property.objects.for_display().prefetch_related("lots", "media").get(pk=known.pk)


def test_the_page_says_not_stated_and_draws_no_walk(client, drawn):
    html = client.get(f"/en/premises/{drawn.reference}/").content.decode()
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd><span class=\"numeral facts__word\">([^<]+)</span>", html))
    assert facts["On foot"] == "Not stated"
    assert "Walks to stations are not stated" in html
    assert "Approximate position" in html
    for told in (
        "No station within",
        "minutes from a station",
        "Nearest, ",
        "<u>min</u>",
        'class="neighbourhood__ring"',
        'class="neighbourhood__walk"',
    ):
        assert told not in html, told


def test_the_list_says_not_stated(client, drawn):
    html = client.get("/en/premises/").content.decode()
    assert re.findall(r"<dt>On foot</dt><dd>(.*?)</dd>", html) == ['<span class="not-stated">Not stated</span>']


def test_the_sheet_says_not_stated(drawn):
    with override("en"):
        content = sheet.content(shown(drawn))
    assert (content["stations"]["none"], content["stations"]["rows"]) == ("Not stated", [])
    assert "Minutes on foot" not in content["place"]["caption"]


def test_side_by_side_not_stated_is_neither_a_walk_nor_none(drawn):
    with override("en"):
        lines = {
            line.label: line for part in side_by_side([shown(drawn), shown(make_property())]) for line in part.lines
        }
    hidden, known = lines["On foot"].facts
    assert (hidden.answer, hidden.text, hidden.detail) == ("unknown", "Not stated", "")
    assert known.answer == "value"


def test_the_api_gives_null_for_what_is_not_stated_and_a_list_for_what_is(client, drawn):
    told = json.loads(client.get(f"/api/v1/properties/{drawn.reference}").getvalue())
    assert told["stations"] is None
    expected = "commune" if drawn.precision == "exact" else drawn.precision
    assert told["point"]["precision"]["value"] == expected
    far = make_property(insee="94054", latitude=48.7448, longitude=2.3686)
    far.nearby_stations.all().delete()
    assert json.loads(client.get(f"/api/v1/properties/{far.reference}").getvalue())["stations"] == []


def test_search_engines_are_given_no_point(drawn):
    assert "geo" not in listing_data(shown(drawn), "https://example.org")["offers"]["itemOffered"]


def test_an_exact_address_is_told_even_without_its_point(client):
    known = make_property(**NO_POINT)
    html = client.get(known.get_absolute_url()).content.decode()
    assert "12 rue des Ateliers" in html
