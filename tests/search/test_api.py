"""The search for machines: the same answers as the page, in JSON, GeoJSON and CSV."""

import csv
import io
import json
import re
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties.choices import Precision, PropertyState
from properties.models import Property
from search import services
from search.api.files import spreadsheet
from search.criteria import Criteria
from territory.models import Partner
from tests.examples import examples
from tests.search import oracle
from tests.search.test_criteria import BAD, GOOD
from tests.search.world import make_world, offers, plain, publish, searches

pytestmark = pytest.mark.django_db
LIST, GEOJSON, CSV = (f"/api/v1/properties{suffix}" for suffix in ("", ".geojson", ".csv"))
thorough = settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def partner() -> Partner:
    return make_world()


@pytest.fixture(autouse=True)
def _without_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


@contextmanager
def market(offers, partner):
    with transaction.atomic():
        yield publish(offers, partner)
        transaction.set_rollback(True)


def ask(query="", path=LIST, **headers):
    return Client().get(f"{path}?{query}", headers=headers)


def answered(query="", path=LIST, **headers):
    response = ask(query, path, **headers)
    assert response.status_code == 200
    return json.loads(response.getvalue())


def table(query=""):
    response = ask(query, CSV)
    assert response.status_code == 200
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter="," if "lang=en" in query else ";"))


@thorough
@given(offers=st.lists(offers(), max_size=9), criteria=searches())
def test_every_door_gives_what_the_page_gives(partner, offers, criteria):
    query = criteria.query_string
    with market(offers, partner):
        expected = oracle.search(offers, criteria)
        found = answered(query)
        assert [item["reference"] for item in found["items"]] == expected
        assert found["total"] == services.answer(query=QueryDict(query)).results.total == len(expected)
        assert [feature["id"] for feature in answered(query, GEOJSON)["features"]] == expected
        assert [row[0] for row in table(query)[1:]] == expected


@thorough
@given(offers=st.lists(offers(), min_size=3, max_size=9), criteria=searches(), data=st.data())
def test_a_facets_value_put_back_gives_its_count(partner, offers, criteria, data):
    with market(offers, partner):
        facets = answered(criteria.query_string)["facets"]
        name = data.draw(st.sampled_from(sorted(facets)))
        counted = data.draw(st.sampled_from(facets[name]))
        assert counted["label"]
        put_back = oracle.putting(criteria, name, counted["value"])
        assert answered(put_back.query_string)["total"] == counted["count"]


@pytest.mark.parametrize("name", sorted({name for name, _ in BAD}))
def test_each_bad_value_is_refused_with_its_reason_and_unknown_names_are_ignored(partner, name):
    values = [value for bad, value in BAD if bad == name]
    # Every door reads with the same eyes: one of them is tried with everything.
    for path, tried in ((LIST, values), (GEOJSON, values[:1]), (CSV, values[:1])):
        for value in tried:
            response = Client().get(path, {name: value, "utm_source": "x"})
            if name == "page" and path != LIST:
                assert response.status_code == 200
                continue
            assert response.status_code == 422
            (error,) = json.loads(response.content)["errors"]
            assert set(error) == {"parameter", "value", "message"}
            assert error["parameter"] == name
            assert error["message"]


def test_the_reason_is_in_the_language_of_the_answer():
    french, english = (json.loads(ask(f"rent_min=x&lang={code}").content)["errors"][0] for code in ("fr", "en"))
    assert french["value"] == english["value"] == "x"
    assert french["message"].startswith("ce n’est pas un nombre")
    assert english["message"].startswith("it is not a number")


def test_pages_follow_each_other_to_the_end_and_keep_their_language(partner, settings):
    publish([plain() for _ in range(120)], partner)
    seen, address = [], f"{settings.SITE_URL}{LIST}?deal=rent&lang=en"
    while address:
        assert address.startswith(settings.SITE_URL)
        page = json.loads(Client().get(address.removeprefix(settings.SITE_URL)).content)
        assert page["total"] == 120
        assert all("/en/premises/" in item["url"] for item in page["items"])
        seen += [item["reference"] for item in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 120
    assert ask("page=4").status_code == 422
    assert len(answered(path=GEOJSON)["features"]) == 120


@pytest.mark.parametrize("path", [LIST, GEOJSON, CSV, "/api/v1/properties/REF-0"])
def test_what_is_hidden_stays_hidden(partner, path):
    (item,) = publish([plain(precision=Precision.COMMUNE, place=(48.74, 2.36))], partner)
    Property.objects.filter(pk=item.pk).update(
        address="17 rue Cachée",
        business_park="Parc Discret",
        latitude=48.7512345,
        longitude=2.3712345,
        agent="Me Secret",
    )
    for language in ("fr", "en"):
        said = ask(f"lang={language}", path).getvalue().decode()
        for secret in ("48.751", "2.371", "48,751", "2,371", "Cachée", "Discret", "Secret"):
            assert secret not in said
        assert "48.74" in said.replace(",", ".")
    assert answered("bbox=2.3710,48.7510,2.3715,48.7515")["total"] == 0


@pytest.mark.parametrize("path", [LIST, GEOJSON, CSV])
def test_only_what_is_public_is_given(partner, path):
    publish([plain(state=state, title=f"Offer {state}") for state in PropertyState.values], partner)
    said = ask("", path).getvalue().decode()
    assert [state in said for state in ("Offer on_market", "Offer under_offer")] == [True, True]
    assert not [state for state in ("draft", "closed", "withdrawn") if f"Offer {state}" in said]


def test_geojson_is_what_a_map_opens(partner):
    publish(
        [plain(place=(48.741234567, 2.361234567)), plain(deal="sale", rent=None, price=Decimal("1250000.50"))], partner
    )
    response = ask("lang=en", GEOJSON)
    assert response["Content-Type"] == "application/geo+json"
    collection = json.loads(response.getvalue())
    assert set(collection) == {"type", "features"}  # no `crs`: RFC 7946 knows WGS 84 alone
    first, second = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [2.36123, 48.74123]}
    assert (second["properties"]["price"], second["properties"]["rent"]) == (1250000.5, None)
    assert (first["properties"]["deal"], first["properties"]["deal_label"]) == ("rent", "For rent")
    # A layer's table has one type a column.
    assert set(first["properties"]) >= {"reference", "title", "type", "url"}
    assert not [value for value in first["properties"].values() if isinstance(value, dict | list)]
    assert json.loads(ask("q=zzzz", GEOJSON).getvalue()) == {"type": "FeatureCollection", "features": []}


def test_csv_is_what_a_spreadsheet_of_the_country_opens(partner):
    publish(
        [plain(surface=Decimal("1240.50"), rent=Decimal("118.00"), title="Atelier « été » ; 2 quais", price=None)],
        partner,
    )
    raw = ask("lang=fr", CSV)
    assert raw["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="locaux-\d{4}-\d\d-\d\d\.csv"', raw["Content-Disposition"])
    assert raw.getvalue().startswith(b"\xef\xbb\xbf")
    (headers, french), (english_headers, english) = table("lang=fr"), table("lang=en")
    row, translated = dict(zip(headers, french, strict=True)), dict(zip(english_headers, english, strict=True))
    assert row["Titre"] == "Atelier « été » ; 2 quais"
    assert (row["Surface totale (m²)"], row["Loyer (€/m²/an, HT HC)"]) == ("1240,5", "118")
    assert translated["Total surface (m²)"] == "1240.5"
    assert (row["Latitude publique"], translated["Public latitude"]) == ("48,74", "48.74")
    assert row["Prix (€, HT)"] == ""


def test_files_leave_a_walk_that_is_not_stated_empty(partner):
    walks = (("orly", 4),)
    publish([plain(walks=walks), plain(precision="street", walks=walks), plain(truly_at=None), plain()], partner)
    features = json.loads(ask("lang=en", GEOJSON).getvalue())["features"]
    told = [
        tuple(feature["properties"][name] for name in ("station", "walk_minutes", "precision")) for feature in features
    ]
    known, hidden, no_point, far = told
    assert known == ("Aéroport d'Orly", 4, "exact")
    assert (hidden, no_point) == ((None, None, "street"), (None, None, "commune"))
    assert far == ("", None, "exact")
    headers, *rows = table("lang=en")
    walked = [(row[headers.index("Nearest station")], row[headers.index("Minutes on foot")]) for row in rows]
    assert walked == [("Aéroport d'Orly", "4"), ("", ""), ("", ""), ("", "")]


def test_what_is_not_stated_of_a_walk_is_counted_and_found_as_such(partner):
    publish([plain(walks=(("orly", 4),)), plain(precision="street"), plain(truly_at=None), plain()], partner)
    counts = {item["value"]: item["count"] for item in answered("lang=en")["facets"]["walk_max"]}
    assert counts == {"5": 1, "10": 1, "15": 1, "unknown": 2}
    found = answered("walk_max=unknown")
    assert found["total"] == 2
    assert [item["stations"] for item in found["items"]] == [None, None]
    assert answered("walk_max=unknown&station=orly")["total"] == 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_run(partner, start):
    Property.objects.filter(pk=publish([plain()], partner)[0].pk).update(
        title={"fr": f"{start}SUM(A1)"}, address="=1+1"
    )
    (_headers, row) = csv.reader(io.StringIO("".join(spreadsheet(services.every(criteria=Criteria())))), delimiter=";")
    assert row[1] == f"'{start}SUM(A1)"
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("path", [LIST, GEOJSON, CSV, "/api/v1/properties/REF-0", "/api/v1/openapi.json"])
def test_what_a_client_has_already_is_not_sent_again(partner, path):
    publish([plain()], partner)
    first = ask("", path)
    tag = first["ETag"]
    again = ask("", path, if_none_match=tag)
    assert (again.status_code, again.getvalue(), again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"
    assert {"Accept", "Accept-Language"} <= set(again["Vary"].split(", "))
    assert ask("lang=en", path, if_none_match=tag).status_code == 200
    if "openapi" not in path:
        Property.objects.update(rent=Decimal("99"))
        assert ask("", path, if_none_match=tag).status_code == 200


def test_the_language_is_that_of_the_browser_unless_the_address_says_it(partner):
    publish([plain()], partner)
    assert ask(accept_language="en").headers["Content-Language"] == "en"
    assert ask("lang=fr", accept_language="en").headers["Content-Language"] == "fr"
    assert ask(accept_language="de").headers["Content-Language"] == "fr"
    for value in ("de", "fr&lang=en", "%00"):
        response = ask(f"lang={value}")
        assert response.status_code == 422
        assert json.loads(response.content)["errors"][0]["parameter"] == "lang"


def test_a_client_that_asks_too_much_waits_and_others_do_not(partner, settings, monkeypatch):
    clock = [1_000_000_040.0]
    monkeypatch.setattr("search.api.limits.time.time", lambda: clock[0])
    settings.API_REQUESTS_PER_MINUTE = 12
    publish([plain()], partner)
    assert ask("", CSV).status_code == 200
    assert [ask().status_code for _ in range(3)] == [200, 200, 429]
    refusal = ask()
    assert refusal["Retry-After"] == "40"
    assert json.loads(refusal.content)["errors"][0]["message"]
    assert refusal["Cache-Control"] == "no-store"
    assert Client(REMOTE_ADDR="192.0.2.7").get(LIST).status_code == 200
    # People who read how to use it are not counted.
    assert Client().get("/api/v1/docs").status_code == 200
    clock[0] += 40
    assert ask().status_code == 200


def test_a_file_is_served_however_low_the_limit(partner, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    assert [ask("", CSV).status_code for _ in range(2)] == [200, 429]


def test_networks_are_told_apart_behind_a_trusted_proxy(partner, settings):
    settings.API_REQUESTS_PER_MINUTE, settings.TRUSTED_PROXIES = 1, 1
    codes = [ask(x_forwarded_for=f"10.0.0.{host}").status_code for host in (1, 2, 1)]
    assert codes == [200, 200, 429]


@pytest.mark.parametrize("path", ["", "nope", "properties/A/B", "properties/", "openapi.json/"])
def test_what_is_not_there_says_so_in_json(path):
    response = Client().get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["errors"][0]["value"] == f"/api/v1/{path}"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", [LIST, GEOJSON, CSV, "/api/v1/properties/REF-0", "/api/v1/openapi.json"])
def test_nothing_is_ever_written(partner, method, path):
    publish([plain()], partner)
    before = list(Property.objects.values())
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Content-Type"]) == (405, "application/json")
    assert "GET" in response["Allow"]
    assert list(Property.objects.values()) == before


def test_a_type_that_is_not_served_is_refused_and_any_type_is_fine(partner):
    publish([plain()], partner)
    for path, served in ((LIST, "application/json"), (GEOJSON, "application/geo+json"), (CSV, "text/csv")):
        refusal = ask("", path, accept="image/png")
        assert refusal.status_code == 406
        assert json.loads(refusal.content)["errors"][0] | {"message": ""} == {
            "parameter": "Accept",
            "value": "image/png",
            "message": "",
        }
        for accepted in (served, "*/*", "text/html,*/*;q=0.8"):
            assert ask("", path, accept=accepted).status_code == 200


@pytest.mark.parametrize("path", [LIST, GEOJSON, CSV])
def test_the_head_is_that_of_the_answer(partner, path):
    publish([plain()], partner)
    head, whole = Client().head(path), ask("", path)
    assert head.status_code == 200
    assert head.getvalue() == b""
    assert (head["ETag"], head["Content-Type"]) == (whole["ETag"], whole["Content-Type"])


def test_pages_of_other_sites_may_read_it(partner):
    assert ask()["Access-Control-Allow-Origin"] == "*"
    assert ask("rent_min=x")["Access-Control-Allow-Origin"] == "*"
    preflight = Client().options(LIST, headers={"Access-Control-Request-Headers": "if-none-match"})
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    assert "POST" not in preflight["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in preflight


@pytest.mark.parametrize("path", [LIST, GEOJSON, CSV])
def test_the_number_of_queries_does_not_grow_with_the_results(partner, path, django_assert_max_num_queries):
    publish([plain(walks=(("orly", 9),)) for _ in range(2)], partner)
    ask("", path)
    with django_assert_max_num_queries(40) as few:
        ask("", path)
    publish_more = [plain(walks=(("orly", 9), ("porte", 4))) for _ in range(30)]
    Property.objects.all().delete()
    publish(publish_more, partner)
    with django_assert_max_num_queries(len(few.captured_queries)):
        ask("", path)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_of_the_api_shows_every_address_and_parameter(language, settings):
    response = Client().get("/api/v1/docs", headers={"Accept-Language": language})
    html = response.content.decode()
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in html
    described = json.loads(ask(f"lang={language}", "/api/v1/openapi.json").content)
    for path, operations in described["paths"].items():
        assert path in html
        for parameter in operations["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in html
    for name in described["components"]["schemas"]:
        assert f'id="{name}"' in html
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|<style", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!territory\.example)', html)


def test_the_parameters_described_are_those_that_are_read():
    operation = json.loads(ask("", "/api/v1/openapi.json").content)["paths"][LIST]["get"]
    assert {parameter["name"] for parameter in operation["parameters"]} == {*GOOD, "lang"}
