"""Finding premises in a browser: with and without JavaScript, with the engine down, with nothing found."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT, Site, assert_accessible, free_port, wait_until_ready

Open = Callable[..., Page]
SEARCHES = {
    "all": "",
    "chosen": "type=activity&type=warehouse&deal=rent&area_min=300&walk_max=15&feature=fibre:unknown&feature=fibre:yes",
    "words": "q=atelier&sort=relevance",
    "misread": "area_max=12ooo&deal=rent",
    "nothing": "type=activity&commune=94081&area_min=90000",
    "unknown word": "q=zzzzzz",
}


@pytest.fixture(scope="module")
def engine_down(site: Site) -> Iterator[str]:
    """The same site with an Elasticsearch that does not answer: its address."""
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
    environment = site.environment | {"ELASTICSEARCH_URL": "http://127.0.0.1:1", "SITE_URL": f"http://127.0.0.1:{port}"}
    written = site.mail_folder.with_name("engine-down.log")
    with written.open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/healthz", written)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _total(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("h1.numeral").inner_text()))


def _beside(page: Page, choice: str) -> int:
    """The count beside a choice, by its id."""
    return int(re.sub(r"\D", "", page.locator(f"label:has(#{choice}) b").inner_text()))


def _unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#filters details').forEach(fold => { fold.open = true })")


def test_a_search_without_javascript_is_a_form_and_links(open_page: Open) -> None:
    page = open_page("fr", width=1440, javascript=False)
    page.goto("/fr/immobilier/")
    everything, offices = _total(page), _beside(page, "type-office")
    assert 0 < offices < everything
    page.locator("label:has(#type-office)").click()
    page.locator(".filters__submit .solid-button").click()
    expect(page).to_have_url(re.compile(r"\?(.*&)?type=office"))
    assert _total(page) == offices
    expect(page.locator("#type-office")).to_be_checked()
    page.select_option("#sort", "surface")
    page.locator(".results__bar button").click()
    expect(page).to_have_url(re.compile("sort=surface"))
    page.locator(".pagination a[rel=next]").click()
    expect(page.locator(".pagination [aria-current=page]")).to_have_text("2")
    assert _total(page) == offices
    page.locator(".chips a").first.click()
    assert _total(page) == everything


def test_each_change_updates_results_counts_and_address_and_keeps_the_focus(open_page: Open) -> None:
    page = open_page("en", width=1440)
    page.goto("/en/premises/")
    everything, offices, said = _total(page), _beside(page, "type-office"), page.locator("#said")
    expect(said).to_have_role("status")
    page.evaluate("window.stayed = true; document.getElementById('said').stayed = true")
    page.locator("#filter-line > summary").click()
    page.locator("#type-office").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/en/premises/?type=office")
    expect(page.locator("h1.numeral")).to_contain_text(str(offices))
    expect(said).to_contain_text(str(offices))
    # It is the region that was there: one that is replaced is not read out.
    assert page.evaluate("window.stayed && document.getElementById('said').stayed")
    assert page.evaluate("document.activeElement.id") == "type-office"
    assert page.locator("#filter-line").evaluate("fold => fold.open")
    _unfold(page)
    both = _beside(page, "deal-rent")
    page.locator("label:has(#deal-rent)").click()
    page.wait_for_url("**/en/premises/?type=office&deal=rent")
    expect(page.locator("h1.numeral")).to_contain_text(str(both))
    page.go_back()
    page.wait_for_url("**/en/premises/?type=office")
    expect(page.locator("#deal-rent")).not_to_be_checked()
    expect(page.locator("#type-office")).to_be_checked()
    assert _total(page) == offices
    page.locator(".chips a").first.click()
    page.wait_for_url("**/en/premises/")
    expect(page.locator("h1.numeral")).to_contain_text(str(everything))
    expect(page.locator("#live-map")).to_be_visible()


def test_on_a_phone_the_open_filters_stay_and_the_focus_with_them(open_page: Open) -> None:
    page = open_page("en", width=390)
    page.goto("/en/premises/")
    page.locator(".dock a[href='#filters']").click()
    expect(page.locator("#filters-title")).to_be_focused()
    with_fibre = page.locator("#feature-fibreyes")
    with_fibre.focus()
    depth = page.locator("#filters").evaluate("sheet => sheet.scrollTop")
    page.keyboard.press("Space")
    page.wait_for_url("**/en/premises/?feature=fibre:yes#filters")
    expect(page.locator("#said")).to_contain_text("properties")
    expect(with_fibre).to_be_focused()
    expect(with_fibre).to_be_checked()
    assert page.locator("#filters").evaluate("sheet => sheet.scrollTop") == depth > 0
    page.go_back()
    page.wait_for_url("**/en/premises/#filters")
    expect(with_fibre).not_to_be_checked()


def test_nothing_found_leads_to_the_smallest_change_then_to_the_form_with_the_criteria(open_page: Open) -> None:
    page = open_page("fr", width=390)
    page.goto(f"/fr/immobilier/?{SEARCHES['nothing']}")
    assert _total(page) == 0
    ask = page.locator(".nothing-found a.button").get_attribute("href")
    change = page.locator(".relaxations a").first
    promised = int(re.sub(r"\D", "", change.inner_text().rpartition(":")[2]))
    change.click()
    page.wait_for_load_state()
    assert _total(page) == promised > 0
    page.goto(ask)
    expect(page.locator("main")).to_contain_text("Vitry-sur-Seine")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_the_search_page_is_accessible_in_each_of_its_states(
    open_page: Open, engine_down: str, width: int, scheme: str
) -> None:
    page = open_page("fr" if scheme == "light" else "en", width=width)
    page.emulate_media(color_scheme=scheme)
    path = "/fr/immobilier/" if scheme == "light" else "/en/premises/"
    for query in SEARCHES.values():
        page.goto(f"{path}?{query}")
        _unfold(page)
        assert_accessible(page)
    page.goto(f"{engine_down}{path}?q=atelier")
    expect(page.locator(".lacks")).to_be_visible()
    _unfold(page)
    assert_accessible(page)
    if width == 390:
        for view in ("#filters", "#map"):
            page.goto(f"{path}{view}")
            _unfold(page)
            assert_accessible(page)
