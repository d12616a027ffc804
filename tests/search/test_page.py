"""The search page, as visitors and their browsers see it."""

import json
import re
from datetime import date
from decimal import Decimal
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from properties.choices import DEALS_WITH_PRICE, DEALS_WITH_RENT, Deal, Feature, Precision, PropertyState
from properties.models import Property
from search.engines import DatabaseEngine
from search.loading import load_vocabulary
from search.rows import fetch_rows
from territory.models import Commune, Partner, Station
from tests.search.test_criteria import BAD, GOOD, MANY
from tests.search.world import plain, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


@pytest.fixture
def partner() -> Partner:
    return Partner.objects.first()


@pytest.fixture(params=["fr", "en"])
def path(request: pytest.FixtureRequest) -> str:
    with override(request.param):
        return reverse("search:results")


def page(client: Client, path: str, query: str = "", **headers: str) -> BeautifulSoup:
    response = client.get(f"{path}?{query}", headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def total(soup: BeautifulSoup) -> int:
    return int(re.sub(r"\D", "", soup.h1.get_text()))


def heading(content: bytes) -> BeautifulSoup:
    """The heading alone, where a test asks for many pages: reading a whole one takes as long as making it."""
    (found,) = re.findall(rb"<h1\b.*?</h1>", content, re.S)
    return BeautifulSoup(found, "html.parser")


def test_the_total_the_rows_and_the_map_are_those_of_the_address(client, path, partner):
    publish(
        [plain(kind="activity"), plain(kind="office", commune="91027"), plain(kind="office", deal="sale", rent=None)],
        partner,
    )
    soup = page(client, path, "type=office")
    assert total(soup) == 2
    assert {link["href"].split("/")[-2] for link in soup.select(".rows h3 a")} == {"REF-1", "REF-2"}
    assert len(soup.select("svg .pin")) == 2
    assert [chip.get_text(strip=True) for chip in soup.select(".chips a")][-1]


def test_each_count_is_the_total_behind_it(client, path, partner):
    publish(
        [
            plain(kind=kind, deal=deal, rent=None, commune=commune, surface=Decimal(surface), lease=lease)
            for kind, deal, commune, surface, lease in [
                ("activity", "rent", "94065", 640, ""),
                ("office", "rent", "94065", 40, "commercial"),
                ("office", "sale", "91027", 1240, "commercial"),
                ("warehouse", "rent", "91027", 4600, "derogatory"),
            ]
        ],
        partner,
    )
    soup = page(client, path, "deal=rent")
    for name in ("type", "commune", "surface", "lease"):
        for choice in soup.select(f"input[type=checkbox][name={name}]"):
            shown = int(choice.find_next("b").get_text())
            response = client.get(f"{path}?deal=rent&{name}={choice['value']}")
            assert response.status_code == 200
            assert total(heading(response.content)) == shown


def test_a_chosen_value_without_results_stays_visible(client, path):
    soup = page(client, path, "commune=94065&type=land")
    assert soup.select_one("#commune-94065").has_attr("checked")
    assert soup.select_one("#type-land").has_attr("checked")
    assert total(soup) == 0


def test_everything_may_be_chosen_at_once(client, path, partner):
    publish([plain()], partner)
    every = {**GOOD, "available_by": "2027-05-23", "page": "1", "station": "saarinen", "line": "T7"}
    every["feature"] = [f"{feature}:{answer}" for feature in Feature for answer in feature.answers.values]
    soup = page(client, path, urlencode(every, doseq=True))
    assert not soup.select(".notice.notice--bad")
    assert total(soup) == 0
    assert len(soup.select(".chips a:not(.chips__clear)")) == len(MANY) - 1 + len(every["feature"]) + 7
    found = client.get("/api/v1/properties", every).json()
    assert found["facets"]["feature"]


def test_what_is_not_stated_is_named_away_from_its_filter(client):
    soup = page(client, "/fr/immobilier/", "lease=unknown&rent=unknown&rent=undisclosed&available=unknown")
    shown = [chip.get_text().replace("\xa0", " ") for chip in soup.select(".chips a:not(.chips__clear)")]
    assert [label.removeprefix("Retirer le critère : ") for label in shown] == [
        "Loyer : non communiqué",
        "Loyer : non précisé",
        "Disponibilité : non précisé",
        "Bail : non précisé",
    ]


@pytest.mark.parametrize("name", sorted({name for name, _ in BAD}))
def test_a_bad_value_is_answered_with_a_message_and_without_that_criterion(client, partner, name):
    publish([plain(), plain(deal="sale", rent=None)], partner)
    for value in [value for bad, value in BAD if bad == name]:
        asked = {"deal": "rent", name: [value, "rent"] if name == "deal" else value}
        response = client.get(reverse("search:results"), asked)
        assert response.status_code == 200
        assert total(heading(response.content)) == 1
        assert len(re.findall(rb'class="notice notice--bad"', response.content)) == 1


@pytest.mark.parametrize("name", [name for name in GOOD if name not in MANY])
def test_a_repeated_single_value_is_answered_with_a_message(client, path, name):
    soup = page(client, path, f"{name}={GOOD[name]}&{name}=1")
    assert soup.select(".notice.notice--bad")


def test_what_was_mistyped_is_kept_in_its_field(client, path):
    soup = page(client, path, "area_max=12ooo")
    field = soup.select_one("#area_max")
    assert field["value"] == "12ooo"
    assert field["aria-invalid"] == "true"
    assert soup.select_one(f"#{field['aria-describedby']}").get_text(strip=True)


def test_a_page_beyond_the_last_shows_the_last_and_says_so(client, path, partner):
    publish([plain() for _ in range(12)], partner)
    soup = page(client, path, "page=999999")
    assert len(soup.select(".rows > li")) == 2
    assert soup.select(".notice.notice--bad")


def test_the_address_is_canonical_and_filtered_pages_are_not_indexed(client, path, settings):
    soup = page(client, path, "utm_source=x&type=office&type=activity&q=")
    assert soup.select_one("link[rel=canonical]")["href"] == f"{settings.SITE_URL}{path}?type=activity&type=office"
    assert "noindex" in soup.select_one("meta[name=robots]")["content"]
    assert not page(client, path).select("meta[name=robots]")


def test_without_results_it_says_what_to_relax_and_whom_to_ask(client, path, partner):
    publish([plain(commune="94065"), plain(commune="94065", kind="office")], partner)
    soup = page(client, path, "type=activity&commune=91027")
    relaxed = {link["href"].split("?")[1]: link.get_text(" ", strip=True) for link in soup.select(".relaxations a")}
    assert set(relaxed) == {"type=activity"}
    assert "1" in relaxed["type=activity"]
    with override(path.split("/")[1]):
        asked = urlencode({"search": "type=activity&commune=91027"})
        assert soup.select_one(".nothing-found a.button")["href"] == f"{reverse('implantation:request')}?{asked}"
    assert soup.select_one("#commune-91027").has_attr("checked")


@pytest.mark.parametrize(
    ("asked", "nearest", "before", "after"),
    [
        ("area_min=800", "area_min=720.5", "800 m²", "720,5 m²"),
        ("rent_max=100", "rent_max=120", "100 €/m²/an", "120 €/m²/an"),
        ("available_by=2026-12-01", "available_by=2027-03-01", "1er décembre 2026", "1er mars 2027"),
        ("feature=fibre:yes", "feature=fibre:unknown&feature=fibre:yes", "Fibre : oui", "ou non précisé"),
        ("rent=75-100", "rent=100-150&rent=75-100", "75 à < 100 €/m²/an", "100 à < 150 €/m²/an"),
        ("commune=91027", "", "Athis-Mons", ""),
    ],
)
def test_the_smallest_change_is_a_link_with_its_exact_count(client, partner, asked, nearest, before, after):
    offer = plain(commune="94065", surface=Decimal("720.5"), rent=Decimal(120), available_from=date(2027, 3, 1))
    publish([offer], partner)
    path = "/fr/immobilier/"
    (row,) = page(client, path, asked).select(".relaxations li")
    assert row.a["href"] == (f"{path}?{nearest}" if nearest else path)
    told = row.select_one(".relaxations__change").get_text(" ", strip=True).replace("\xa0", " ")
    assert before in told
    assert after in told
    assert total(BeautifulSoup(client.get(row.a["href"]).content, "html.parser")) == 1


def test_without_time_to_count_it_shows_the_changes_it_knows_and_says_there_may_be_others(
    client, path, partner, monkeypatch
):
    publish([plain(commune="94065", surface=Decimal(700))], partner)
    monkeypatch.setattr("search.page.views._RELAXING", 0.0)
    with mock.patch.object(DatabaseEngine, "count") as counted, mock.patch.object(DatabaseEngine, "nearest") as moved:
        known = page(client, path, "area_min=600&type=office").select_one(".nothing-found")
        unknown = page(client, path, "q=verrière&area_min=800").select_one(".nothing-found")
    assert not counted.called
    assert not moved.called
    with override(path.split("/")[1]):
        others = _("There may be others: not all of them could be counted just now.")
        none = _(
            "What a change would give could not be counted just now: take out the criterion that matters least to you."
        )
    assert [link["href"].split("?")[1] for link in known.select(".relaxations a")] == ["area_min=600"]
    assert others in known.get_text()
    assert not unknown.select(".relaxations")
    assert none in unknown.get_text()


def test_a_bound_moved_comes_before_a_criterion_given_up(client, partner):
    publish([plain(commune="94065", surface=Decimal(700)), plain(commune="91027", surface=Decimal(900))], partner)
    rows = page(client, "/fr/immobilier/", "area_min=800&commune=94065").select(".relaxations a")
    assert [link["href"].partition("?")[2] for link in rows] == ["commune=94065&area_min=700", "area_min=800"]


def test_without_counts_the_page_still_serves_and_says_what_is_missing(client, path, partner, monkeypatch):
    publish([plain(kind="office"), plain(kind="activity")], partner)
    whole = DatabaseEngine.search
    monkeypatch.setattr(DatabaseEngine, "search", lambda *given, **named: whole(*given, **named | {"facets": False}))
    soup = page(client, path, "type=office&walk_max=10")
    assert soup.select_one(".lacks").get_text(strip=True)
    assert soup.select_one("#type-office").has_attr("checked")
    assert not soup.select(".filter__choice b, .filter__cell b")
    assert total(page(client, path, "type=office")) == 1
    assert page(client, path, "type=office&commune=91027").select(".nothing-found")
    # "The map shows this page only": it does, drawn and live.
    soup = page(client, path, "type=office")
    assert len(soup.select("svg .pin")) == 1
    ((*place, count, number, _approximate, title, address),) = json.loads(soup.select_one("#live-points").get_text())
    assert (place, count, number, title) == ([48.74, 2.36], 1, 1, "Atelier avec cour")
    assert client.get(address).status_code == 200


def test_rows_keep_their_number_on_the_map_where_the_others_are_grouped(client, path, partner, monkeypatch):
    monkeypatch.setattr("search.engines.results.MOST_POINTS", 2)
    publish([plain(), plain(), plain()], partner)
    points = json.loads(page(client, path).select_one("#live-points").get_text())
    assert [point[2] for point in points if len(point) == 3] == [3]
    assert sorted(point[3] for point in points if len(point) > 3) == [1, 2, 3]


def test_htmx_gets_the_sheet_alone_its_address_and_the_words_for_screen_readers(client, path, partner):
    publish([plain()], partner)
    response = client.get(f"{path}?q=&type=activity&area_min=", headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == f"{path}?type=activity"
    assert "HX-Request" in response["Vary"]
    soup = BeautifulSoup(response.content, "html.parser")
    assert not soup.select("html, header")
    assert soup.select_one("form#work")
    assert soup.select_one("#said[data-hx-swap-oob]").get_text(strip=True)
    whole = client.get(path, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in whole.content


def test_nothing_inline_that_the_policy_would_block(client, path, partner):
    publish([plain()], partner)
    soup = page(client, path)
    assert not soup.select("[style], style")
    assert all(script.get("src") or script["type"] == "application/json" for script in soup.select("script"))


def test_a_hidden_place_never_leaves_the_server(client, path, partner):
    hidden = plain(precision=Precision.COMMUNE, place=(48.74, 2.36))
    (item,) = publish([hidden], partner)
    Property.objects.filter(pk=item.pk).update(address="17 rue Cachée", latitude=48.7512345, longitude=2.3712345)
    answer = client.get(path).content.decode()
    assert "48.75123" not in answer
    assert "2.37123" not in answer
    assert "Cachée" not in answer
    assert total(page(client, path, "q=cachée")) == 0
    # A zone around the true place alone does not find it; one around the public point does.
    assert total(page(client, path, "bbox=2.3710,48.7510,2.3715,48.7515")) == 0
    assert total(page(client, path, "bbox=2.359,48.739,2.361,48.741")) == 1
    (point,) = json.loads(page(client, path).select_one("#live-points").get_text())
    assert point[:2] == [48.74, 2.36]


def test_drafts_and_closed_offers_are_not_found(client, path, partner):
    publish(
        [plain(state=PropertyState.DRAFT), plain(state=PropertyState.CLOSED), plain(state=PropertyState.UNDER_OFFER)],
        partner,
    )
    assert total(page(client, path)) == 1


def test_the_number_of_queries_does_not_grow_with_the_results(client, partner, django_assert_max_num_queries):
    path = reverse("search:results")
    publish([plain(walks=(("rungis-la-fraternelle", 9),)) for _ in range(2)], partner)
    client.get(path)
    with django_assert_max_num_queries(40) as few:
        client.get(path)
    publish_more = [plain(walks=(("rungis-la-fraternelle", 9), ("robert-schuman", 4))) for _ in range(8)]
    Property.objects.all().delete()
    publish(publish_more, partner)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(path)


def test_any_walk_says_how_many_there_are_without_a_limit_of_minutes(client, path, partner):
    near, far, none = (("rungis-la-fraternelle", 4),), (("rungis-la-fraternelle", 14),), ()
    publish([plain(walks=near), plain(walks=far), plain(walks=none)], partner)
    for query, any_walk in (("", 3), ("walk_max=5", 3), ("walk_max=5&station=rungis-la-fraternelle", 2)):
        label = page(client, path, query).select_one("#walk-any").find_parent("label")
        assert label.small.get_text(strip=True) == str(any_walk)


def test_without_counts_any_walk_has_none_either(client, path, partner, monkeypatch):
    publish([plain(walks=(("rungis-la-fraternelle", 4),))], partner)
    whole = DatabaseEngine.search
    monkeypatch.setattr(
        DatabaseEngine, "search", lambda self, *asked, **named: whole(self, *asked, **named | {"facets": False})
    )
    soup = page(client, path, "walk_max=5")
    assert total(soup) == 1
    assert soup.select_one("#walk-any").find_parent("label").small is None


@pytest.mark.parametrize("deal", Deal.values)
def test_a_row_has_all_that_it_shows(partner, deal, django_assert_num_queries):
    rent, price = (90 if deal in DEALS_WITH_RENT else None), (900_000 if deal in DEALS_WITH_PRICE else None)
    full = plain(deal=deal, rent=rent, price=price, walks=(("rungis-la-fraternelle", 9),))
    publish([full, plain(deal=deal, rent=None, price=None, state=PropertyState.UNDER_OFFER)], partner)
    Property.objects.filter(state=PropertyState.UNDER_OFFER).update(to_confirm=True)
    for row in fetch_rows(list(Property.objects.values_list("pk", flat=True)), load_vocabulary()):
        with django_assert_num_queries(0):
            shown = render_to_string("components/premises_row.html", {"property": row, "number": 1, "keepable": True})
        assert row.reference in shown


def test_the_names_of_choices_are_words_not_markup(client, path):
    Commune.objects.filter(pk="94065").update(name="<b>Rungis")
    Station.objects.filter(pk="saarinen").update(name="</option>Saarinen")
    soup = page(client, path, "commune=94065")
    assert soup.select_one("label:has(#commune-94065) span").get_text() == "<b>Rungis"
    assert soup.select_one("#station option[value=saarinen]").get_text().startswith("</option>Saarinen")


def test_the_same_results_are_offered_as_files_in_the_language_of_the_page(client, path, partner):
    publish([plain(), plain(), plain(kind="office")], partner)
    soup = page(client, path, "type=activity&page=1&sort=rent")
    hrefs = [link["href"] for link in soup.select(".results__formats a")]
    language = path.split("/")[1]
    assert hrefs[0] == f"/api/v1/properties.csv?type=activity&sort=rent&lang={language}"
    assert client.get(hrefs[0]).getvalue().decode().count("REF-") >= 2
    assert len(json.loads(client.get(hrefs[1]).getvalue())["features"]) == 2
    assert client.get(hrefs[2]).status_code == 200


def test_a_row_shows_the_nearest_station_and_the_first_by_name_of_several_as_near(client, path, partner):
    walks = (("chevilly-larue", 12), ("rungis-la-fraternelle", 4), ("robert-schuman", 4), ("saarinen", 9))
    publish([plain(walks=walks)], partner)
    shown = page(client, path).select_one(".rows dl").get_text(" ", strip=True)
    assert "4 min" in shown
    assert "Robert Schuman" in shown
    assert "Rungis" not in shown


def test_words_written_once_for_the_process_are_those_of_each_language(client, partner):
    publish([plain(walks=(("robert-schuman", 4),))], partner)
    words = []
    for path in ("/fr/immobilier/", "/en/premises/", "/fr/immobilier/"):
        soup = page(client, path)
        office, fibre = soup.select_one("label:has(#type-office) span"), soup.select_one("#feature-fibreunknown")
        words.append((office.get_text(), fibre["aria-label"], soup.select_one(".rows abbr.code")["title"]))
    french, english = (
        ("Bureaux", "Fibre\xa0: non précisé, 1", "Tramway T7"),
        ("Offices", "Fibre: not stated, 1", "Tram T7"),
    )
    assert words == [french, english, french]


def test_the_communes_of_the_live_map_are_cached_and_coloured(client):
    response = client.get(reverse("search:communes"))
    found = json.loads(response.content)["features"]
    assert len(found) == 24
    assert {feature["properties"]["tone"] for feature in found} == {0, 1, 2, 3}
    again = client.get(reverse("search:communes"), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_only_reading_is_allowed(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
