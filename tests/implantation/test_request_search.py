"""A request that starts from a search: its criteria are answers, shown before they are sent and free to change."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.http import urlencode

from tests.implantation.test_request import PATHS
from tests.territory.factories import CommuneFactory

pytestmark = pytest.mark.django_db

SEARCH = "type=office&deal=rent&commune=94065&area_min=300&area_max=800.5&feature=fibre:yes"


@pytest.fixture(autouse=True)
def places(partnership):
    for insee, name in [("94065", "Rungis"), ("91027", "Athis-Mons"), ("91479", "Paray-Vieille-Poste")]:
        CommuneFactory(insee=insee, name=name)


def first_step(client, search, language="fr"):
    response = client.get(f"{PATHS[language]['project']}?{urlencode({'search': search})}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def send(client, search, **answers):
    return client.post(PATHS["fr"]["project"], {"message": "Des bureaux.", "search": search} | answers)


def answers(client):
    soup = BeautifulSoup(client.get(PATHS["fr"]["place"]).content, "html.parser")
    typed = {field["name"]: field.get("value", "") for field in soup.select("input[inputmode=numeric]")}
    typed |= {radio["name"]: radio["value"] for radio in soup.select("input[type=radio][checked]")}
    return typed | {"technical_needs": soup.select_one("textarea[name=technical_needs]").get_text().strip()}


def test_the_search_is_shown_in_words_with_a_way_to_do_without(client):
    section = first_step(client, SEARCH).select_one("section[aria-labelledby=search-title]")
    assert "Rungis" in section.get_text()
    assert "300 à 800,5 m²" in section.get_text().replace("\xa0", " ")
    assert section.select_one("a")["href"] == PATHS["fr"]["project"]


def test_its_criteria_are_the_answers_of_the_second_step(client):
    send(client, SEARCH)
    found = answers(client)
    assert (found["place"], found["premises"]) == ("94065", "office")
    assert (found["area_min"], found["area_max"]) == ("300", "800")
    assert "Fibre" in found["technical_needs"]


@pytest.mark.parametrize(
    ("communes", "place"),
    [
        ("94065&commune=94081", "several_94"),
        ("91027&commune=91479", "several_91"),
        ("91027&commune=94065", "both_departments"),
    ],
)
def test_several_communes_are_the_place_that_holds_them(client, communes, place):
    send(client, f"commune={communes}")
    assert answers(client)["place"] == place


def test_what_was_already_answered_is_kept(client):
    client.post(PATHS["fr"]["place"], {"place": "94081", "area_min": "50"})
    send(client, SEARCH)
    found = answers(client)
    assert (found["place"], found["area_min"], found["area_max"]) == ("94081", "50", "800")


@pytest.mark.parametrize(
    "search", ["", "nothing", "commune=75056", "area_min=beaucoup", "page=3", "%00", "q=" + "x" * 9000]
)
def test_what_cannot_be_read_of_a_search_carries_nothing(client, search):
    assert not first_step(client, search).select("section[aria-labelledby=search-title]")
    send(client, search)
    assert not answers(client)["technical_needs"]


def test_from_the_empty_search_page_to_the_request(client):
    soup = BeautifulSoup(client.get(f"{reverse('search:results')}?{SEARCH}").content, "html.parser")
    onward = client.get(soup.select_one(".nothing-found a.button")["href"])
    assert "Rungis" in onward.content.decode()
