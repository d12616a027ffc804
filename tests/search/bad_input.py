"""What visitors, robots and attackers put in an address, whatever the engine; each engine's test class inherits it."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from search.services import engine_in_force
from territory.models import Partner
from tests.search.test_criteria import BAD, GOOD
from tests.search.world import make_world, plain, publish

API = "/api/v1/properties"
OFFERS = [plain(), plain(title="Atelier sans cour"), plain(title="Cave", kind="retail", deal="sale", rent=None)]

# Text that means something to a query language, and what its plain words find among the offers.
SYNTAX = {
    "atelier*": 2,
    "atel?er": 0,
    "*": None,
    "/atel.*/": 0,
    "/.*/": None,
    "(a+)+$": None,
    "atelier~2": 0,
    "atelier^1000": 0,
    '"atelier cour"': 2,
    '"atelier': 2,
    "(atelier": 2,
    "atelier)": 2,
    "title_fr:atelier": 0,
    "head : atelier": 0,
    "_exists_:rent": 0,
    "[* TO *]": None,
    "atelier AND cour": 2,
    "atelier && cour": 2,
    "cave OR xyzzy": 0,
    "NEAR(atelier cour)": 2,
    "atelier\\": 2,
    "{!lucene} atelier": 0,
    '{"match_all": {}}': 0,
    "'; DROP TABLE search_entry; --": 0,
    # The second is called REF-1.
    "atelier' OR '1'='1": 1,
    "%": None,
    "_": None,
    "${jndi:ldap://x}": 0,
    "<script>alert(1)</script>": 0,
    "atelier => cave": 0,
    "‮reileta": 0,
    "𝖆𝖙𝖊𝖑𝖎𝖊𝖗": 2,
    "🏭": None,
    "\u00a0\u202f": "",
    " ".join(f"a{n}" for n in range(45)): 0,
    " ".join("abcefghjkmnopqrvwxz" * 5): 0,
    "é" * 200: 0,
}
# Whole query strings, and the parameter that the message is about; None where there is nothing to say.
ADDRESSES = {
    "q=%ff%fe%fd": "q",
    "q=%00": "q",
    "type=%00": "type",
    "q[]=atelier&q[$ne]=": None,
    "type[]=activity": None,
    "area_min=1e400": "area_min",
    "area_min=1%00": "area_min",
    "area_min=300&area_min=400": "area_min",
    "rent_min=500&rent_max=100": "rent_min",
    "bbox=179,48,-179,49": "bbox",
    "bbox=-181,48,2,49": "bbox",
    "bbox=2.5,49,2.3,48": "bbox",
    "bbox=nan,nan,nan,nan": "bbox",
    "bbox=1e309,0,1,1": "bbox",
    "available_by=9999-12-31": None,
    "available_by=0000-00-00": "available_by",
    "available_by=0001-01-01": None,
    "page=1000000000": "page",
    "page=-1": "page",
    "page=999999": "page",
    "page=NaN": "page",
    "sort=relevance": None,
    "sort=price;DROP": "sort",
    "walk_max=-5": "walk_max",
    "feature=fibre": "feature",
    "feature=fibre:yes:no": "feature",
    "&&&===&?=?": None,
    "q=" + "a" * 10_000: "q",
    "type=" + "x" * 10_000: "type",
    "&".join(f"utm_{n}=1" for n in range(900)): None,
    "&".join(["type=activity"] * 900): None,
}


@pytest.mark.django_db
class BadInput:
    """Never a 500, never silently another search: what cannot be read is named, what can is searched as it stands."""

    name = ""

    @pytest.fixture(autouse=True)
    def _without_limit(self, settings) -> None:
        settings.API_REQUESTS_PER_MINUTE = 0

    @pytest.fixture
    def published(self) -> Partner:
        partner = make_world()
        publish(OFFERS, partner)
        return partner

    def doors(self, query: str) -> Iterator[tuple[int, list[str], int | None]]:
        """By the page and by the API: status, parameters that messages are about, total."""
        response = Client().get(f"{reverse('search:results')}?{query}")
        found = [item["problem"].parameter for item in response.context["problems"]]
        assert (b'class="notice notice--bad"' in response.content) == bool(found)
        yield response.status_code, found, response.context["total"]
        response = Client().get(f"{API}?{query}")
        answer = json.loads(response.content)
        yield response.status_code, [error["parameter"] for error in answer.get("errors", ())], answer.get("total")

    def other_doors(self, query: str) -> Iterator[tuple[int, list[str]]]:
        """By the sheet that htmx asks for, in each language, and by the files: status, and what messages are about."""
        for language, _name in settings.LANGUAGES:
            with override(language):
                address = reverse("search:results")
            response = Client().get(f"{address}?{query}", headers={"HX-Request": "true"})
            yield response.status_code, [item["problem"].parameter for item in response.context["problems"]]
        for suffix in (".csv", ".geojson"):
            response = Client().get(f"{API}{suffix}?{query}")
            body = b"".join(response.streaming_content) if response.streaming else response.content
            refused = response.status_code == 422
            yield response.status_code, [error["parameter"] for error in json.loads(body)["errors"]] if refused else []

    def test_it_is_this_engine_that_answers(self, published) -> None:
        assert Client().get(API).json()["engine"] == self.name == engine_in_force().name

    def test_words_of_a_query_language_are_words(self, published) -> None:
        for text, expected in SYNTAX.items():
            for status, named, total in self.doors(urlencode({"q": text})):
                if expected is None:
                    assert (status, named) in ((200, ["q"]), (422, ["q"])), text
                elif expected == "":
                    assert (status, named, total) == (200, [], len(OFFERS)), text
                else:
                    assert (status, named, total) == (200, [], expected), text

    def test_any_address_is_answered_or_named(self, published) -> None:
        for query, about in ADDRESSES.items():
            for status, named, _total in self.doors(query):
                assert status in ((200, 422) if about else (200,)), query[:80]
                assert about in named if about else named == [], query[:80]

    def test_the_sheet_of_each_language_and_the_files_read_alike(self, published) -> None:
        bad = [(urlencode({parameter: value}), parameter) for parameter, value in dict(BAD).items()]
        for query, about in [*ADDRESSES.items(), *bad]:
            told = [about] if about else []
            # A file is the whole search: it has no pages.
            refused = [name for name in told if name != "page"]
            of_a_file = (422 if refused else 200, refused)
            expected = [(200, told)] * len(settings.LANGUAGES) + [of_a_file] * 2
            # Of a reversed range both ends are named.
            assert [(status, named[:1]) for status, named in self.other_doors(query)] == expected, query[:80]

    def test_a_bad_value_of_each_parameter_is_named(self, published) -> None:
        """Every bad value goes through the page and the API in their own tests; here one of each, on this engine."""
        for parameter, value in dict(BAD).items():
            for status, named, _total in self.doors(urlencode({parameter: value})):
                assert (status, named) in ((200, [parameter]), (422, [parameter])), (parameter, value[:80])

    def test_a_parameter_may_be_empty_or_repeated(self, published) -> None:
        for parameter, good in GOOD.items():
            for status, named, total in self.doors(f"{parameter}=&{parameter}=&{parameter}=%20"):
                assert (status, named, total) == (200, [], len(OFFERS)), parameter
            twice = urlencode([(parameter, good), (parameter, good)])
            for status, named, _total in self.doors(twice):
                # There is no second page.
                assert named == (["page"] if parameter == "page" else []), twice
                assert status in ((200, 422) if named else (200,)), twice
