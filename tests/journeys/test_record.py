"""An officer writes a record: the form follows the type, the map names the commune, two editors meet, a photo shows."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible
from tests.properties.factories import photo_bytes

SAVE = "#w-editor-form button.button-longrunning"


def tab(page: Page, name: str) -> None:
    page.click(f"#tab-label-{name}")
    expect(page.locator(f"#tab-{name}")).to_be_visible()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click(SAVE)


def test_a_record_from_nothing_to_the_site(sign_in: Callable[..., Page], open_page: Callable[..., Page]) -> None:
    desk = sign_in("ept.agent")
    desk.goto("/admin/premises/new/")
    desk.select_option("#id_kind", "warehouse")
    desk.select_option("#id_deal", "rent")
    tab(desk, "building")
    desk.fill("#id_floor_load", "5")
    tab(desk, "offer")
    desk.select_option("#id_kind", "land")
    tab(desk, "building")
    expect(desk.locator("#id_clear_height")).to_be_hidden()
    expect(desk.locator(".prem-cell--stray #id_floor_load")).to_be_visible()
    tab(desk, "offer")
    desk.select_option("#id_kind", "warehouse")

    tab(desk, "surfaces")
    desk.fill("#id_surface", "1240")
    desk.click("[data-prem-add]")
    desk.fill("#id_lots-2-label", "B2")
    desk.fill("#id_lots-2-surface", "400")

    tab(desk, "place")
    desk.select_option("#id_commune", "94081")
    desk.select_option("#id_precision", "exact")
    sheet = desk.locator(".prem-map-sheet")
    sheet.click()
    expect(desk.locator("#prem-map-says")).to_contain_text("Vitry-sur-Seine")
    expect(desk.locator("#prem-map-says")).to_have_class("prem-map-says prem-error")
    before = float(desk.input_value("#id_latitude"))
    sheet.focus()
    desk.keyboard.press("Shift+ArrowUp")
    assert 0.0008 < float(desk.input_value("#id_latitude")) - before < 0.001, "100 m to the north"
    desk.click("[data-prem-follow]")
    expect(desk.locator("[data-prem-follow]")).to_be_hidden()
    assert_accessible(desk, within="#w-editor-form")

    save(desk)
    desk.click("[data-prem-go]")
    expect(desk.locator("#id_title_fr")).to_be_focused()
    desk.fill("#id_title_fr", "Entrepôt du parcours")
    save(desk)
    record = desk.url.split("#")[0]
    tab(desk, "surfaces")
    expect(desk.locator("#id_lots-0-label")).to_have_value("B2")

    desk.get_by_role("navigation").get_by_role("link", name="Photos, plans, plaquette").click()
    desk.set_input_files("#id_file", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo_bytes(800, 500)})
    desk.fill("#id_alt_fr", "La halle du parcours")
    desk.fill("#id_alt_en", "The hall")
    desk.click("button[value=add]")
    photo = desk.get_by_role("img", name="La halle du parcours")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.complete && image.naturalWidth") == 640
    assert_accessible(desk, within=".prem-media")

    # A colleague changes the charges while the rent is being typed.
    desk.goto(record)
    colleague = sign_in("ept.adjoint")
    colleague.goto(record)
    tab(colleague, "money")
    colleague.fill("#id_charges", "12")
    save(colleague)
    tab(desk, "money")
    desk.fill("#id_rent", "101")
    save(desk)
    expect(desk.locator("#prem-conflict")).to_be_visible()
    assert_accessible(desk, within=".prem-notice--bad")
    save(desk)
    tab(desk, "money")
    expect(desk.locator("#id_rent")).to_have_value("101")
    expect(desk.locator("#id_charges")).to_have_value("12")

    desk.get_by_role("link", name="Publier").click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Publier").click()
    address = desk.get_by_role("link", name="Page publique").get_attribute("href")
    visitor = open_page("fr", width=1440)
    visitor.goto(address or "")
    expect(visitor.get_by_role("heading", name="Entrepôt du parcours", level=1)).to_be_visible()


def test_a_record_without_scripts(sign_in: Callable[..., Page]) -> None:
    desk = sign_in("ept.agent")
    browser = desk.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=desk.context.storage_state())
    page = plain.new_page()
    page.goto(desk.url.split("/admin/")[0] + "/admin/premises/new/")
    page.select_option("#id_kind", "land")
    page.fill("#id_title_fr", "Terrain sans script")
    expect(page.locator("#id_floor_load")).to_be_visible()
    page.click("button[name=refresh]")
    expect(page.locator("#id_floor_load")).to_be_hidden()
    expect(page.locator("#id_title_fr")).to_have_value("Terrain sans script")
    plain.close()
