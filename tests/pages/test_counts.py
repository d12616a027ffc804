"""One thing is counted once: what pages say of lines, stations, communes, partners and axes is what the data hold."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from pages.models import AssetPage, ProjectPage
from territory.models import Axis, Commune, Figure, Line, Partner, Station

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

WORDS = {
    word: number
    for names in (
        ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"],
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    )
    for number, word in enumerate(names, 2)
} | {"vingt-quatre": 24, "twenty-four": 24}
WRITTEN = rf"\b(?P<number>{'|'.join(WORDS)})"
NUMBER = WRITTEN.replace("(?P<number>", r"(?P<number>\d+|")
STOPS = re.compile(r"\b(?:stations?|stops?|arrêts?)\b", re.I)
OF_STOPS = re.compile(rf"{NUMBER} (?:stations?|stops?|arrêts?)\b(?P<rest>[^.·]{{0,60}})", re.I)
TABLE_ROW = re.compile(r'<tr><th scope="row">(?P<line>[^<]+)</th><td class="numeral">(?P<number>\d+)</td>')


def shown(client: Client) -> Iterator[tuple[str, str]]:
    """Each public page's address and HTML, spaces alike."""
    addresses = [page.url for page in Page.objects.live().filter(depth__gte=2)]
    for address in [*addresses, "/fr/immobilier/", "/en/premises/", "/fr/implantation/", "/en/business-location/"]:
        yield address, client.get(address).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def words(html: str) -> str:
    """The text, a dot where an element begins or ends: what stands in two elements is not one sentence."""
    return " ".join(unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " · ", html, flags=re.S)).split())


def value(number: str) -> int:
    return WORDS.get(number.lower()) or int(number)


def stops_by_line() -> dict[str, int]:
    """Stations of each line, by what may name it: `T9`, `RER C`, `14`."""
    counted = {line.code: line.stations.count() for line in Line.objects.all()}
    return counted | {code.removeprefix("M"): number for code, number in counted.items()}


def line_named(text: str) -> int | None:
    """The number of stations of the first line that a text names."""
    stops = stops_by_line()
    named = re.search(rf"\b(?:{'|'.join(sorted(map(re.escape, stops), key=len, reverse=True))})\b", text)
    return stops[named[0]] if named else None


def test_a_figure_that_counts_stations_or_communes_says_what_the_data_hold() -> None:
    counting = 0
    for figure in Figure.objects.with_current():
        for label in figure.label.values():
            if STOPS.search(label):
                expected = line_named(label) or Station.objects.count()
            elif label.startswith("communes"):
                expected = Commune.objects.count()
            else:
                continue
            counting += 1
            assert figure.current.value == expected, label
    assert counting >= 8, "two languages of two lines, the stations and the communes"


def test_every_count_of_a_lines_stations_on_a_page_is_that_of_the_data(client: Client) -> None:
    rows = 0
    for address, html in shown(client):
        for row in TABLE_ROW.finditer(html):
            expected = line_named(row["line"])
            if expected is not None:
                rows += 1
                assert int(row["number"]) == expected, f"{address}: {row['line']}"
        for said in OF_STOPS.finditer(words(html)):
            named = line_named(said["rest"])
            assert named in (None, value(said["number"])), f"{address}: {said[0]}"
    assert rows >= 2 * Line.objects.count(), "the table of lines is on a page of each language"


def test_every_count_in_words_of_a_page_is_that_of_the_rows(client: Client) -> None:
    members = Partner.objects.members_on(timezone.localdate()).count()
    expected = {
        rf"{NUMBER} (?-i:communes)": {Commune.objects.count()}
        | {partner.communes.count() for partner in Partner.objects.all()},
        rf"{NUMBER} (?:public )?(?:partners|partenaires)": {members},
        rf"{NUMBER} axes": {Axis.objects.count()},
        rf"{NUMBER} (?:atouts|assets)": {AssetPage.objects.filter(locale__language_code="fr").count()},
        # In figures it is a map's own, which may show some of them.
        rf"{WRITTEN} (?:grands projets|major projects)": {
            ProjectPage.objects.filter(locale__language_code="fr").count()
        },
    }
    seen = set()
    for address, html in shown(client):
        for said_so, numbers in expected.items():
            for said in re.finditer(rf"{said_so}\b", words(html), re.I):
                seen.add(said_so)
                assert value(said["number"]) in numbers, f"{address}: {said[0]}"
    assert seen == set(expected)
