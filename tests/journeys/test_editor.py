"""An editor changes a paragraph and a figure; both languages say so."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible


def test_a_paragraph_and_a_figure(sign_in: Callable[..., Page], open_page: Callable[..., Page]) -> None:
    desk = sign_in("redaction")
    visitor = open_page("en", width=1440)
    visitor.goto("/en/assets/quality-of-life/")
    before = visitor.locator("main").inner_text()

    edit = desk.request.get("/admin/api/main/pages/?slug=qualite-de-vie&fields=_").json()["items"][0]["id"]
    desk.goto(f"/admin/pages/{edit}/edit/")
    desk.fill("textarea[name=lede]", "Un chapeau changé par la rédaction.")
    with desk.expect_navigation():
        desk.evaluate("document.querySelector('[name=action-publish]').click()")
    visitor.goto("/fr/atouts/qualite-de-vie/")
    expect(visitor.get_by_text("Un chapeau changé par la rédaction.")).to_be_visible()
    visitor.goto("/en/assets/quality-of-life/")
    assert visitor.locator("main").inner_text() == before
    desk.goto("/admin/")
    expect(desk.get_by_text("1 texte à traduire")).to_be_visible()
    assert_accessible(desk, within="section[aria-labelledby=translations-panel]")

    desk.goto("/admin/figures/")
    desk.get_by_role("link", name="habitants").first.click()
    desk.fill("input[name=values-0-value]", "731000")
    desk.locator("button[type=submit]").last.click()
    for address, words in (("/fr/chiffres-et-sources/", "731\u00a0000"), ("/en/figures-and-sources/", "731,000")):
        visitor.goto(address)
        expect(visitor.get_by_text(words).first).to_be_visible()


def test_a_word_of_investors_is_taught_to_the_search(
    sign_in: Callable[..., Page], open_page: Callable[..., Page]
) -> None:
    visitor = open_page("fr", width=390)
    visitor.goto("/fr/immobilier/?q=manufacture&type=activity")
    expect(visitor.get_by_role("heading", name="Aucun bien")).to_be_visible()
    for width in (1440, 390):
        desk = sign_in("redaction", width=width)
        desk.goto("/admin/synonyms/")
        expect(desk.get_by_text("entrepôt = logistique = stockage").first).to_be_visible()
        assert_accessible(desk, within="#listing-results")
        desk.goto("/admin/synonyms/new/")
        assert_accessible(desk, within="main form")
    desk.get_by_label("Expressions de même sens").fill("atelier")
    desk.locator("button[type=submit]").last.click()
    expect(desk.get_by_text("Donnez de 2 à 20 expressions")).to_be_visible()
    assert_accessible(desk, within="main form")
    desk.get_by_label("Expressions de même sens").fill("atelier\nmanufacture")
    desk.locator("button[type=submit]").last.click()
    expect(desk.get_by_text("Les recherches suivent en quelques secondes")).to_be_visible()
    visitor.reload()
    expect(visitor.locator("ol.rows > li").first).to_be_visible()
