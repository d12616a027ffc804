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
    desk.fill("input[name=value]", "731000")
    desk.locator("button[type=submit]").last.click()
    for address, words in (("/fr/chiffres-et-sources/", "731\u00a0000"), ("/en/figures-and-sources/", "731,000")):
        visitor.goto(address)
        expect(visitor.get_by_text(words).first).to_be_visible()
