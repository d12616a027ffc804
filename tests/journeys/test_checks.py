"""The editors' checks run for real: on the public page and in the page editor they count faults, and 0 means none."""

import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from pages.accessibility import AXE_OPTIONS
from tests.databases import ROOT
from tests.journeys.conftest import Site

# A link over a space, as an editor makes one by selecting a blank.
FAULT = '<p>Écrivez au service<a href="https://example.org/"> </a>compétent.</p>'
WRITE = """
from pages.models import ContentPage
page = ContentPage.objects.get(slug="mentions-legales")
page.body.append(("section", {{"heading": "Contact", "body": {body!r}}}))
page.save_revision().publish()
"""


def write(site: Site, body: str) -> None:
    """Add a section to the legal notice, published as an editor does."""
    command = [sys.executable, "manage.py", "shell", "-c", WRITE.format(body=body)]
    subprocess.run(command, cwd=ROOT, env=dict(site.environment), check=True, capture_output=True)


def ran(page: Page, problems: list[str]) -> None:
    """Collect what the content security policy refuses on a page from now on."""
    page.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)


def counted(page: Page) -> Locator:
    """The count on the user bar's button of checks."""
    page.locator("wagtail-userbar [data-wagtail-userbar-trigger]").click()
    return page.locator("wagtail-userbar #checker-trigger [data-content-checker-count]")


def open_editor(desk: Page, slug: str) -> Locator:
    """Open a page's editor and its panel of checks; return what it counts."""
    pk = desk.request.get(f"/admin/api/main/pages/?slug={slug}&fields=_").json()["items"][0]["id"]
    desk.goto(f"/admin/pages/{pk}/edit/")
    desk.locator("[data-side-panel-toggle=checks]").click()
    return desk.locator("[data-side-panel=checks] [data-content-checker-count]")


def test_checks_of_a_page(sign_in: Callable[..., Page], site: Site) -> None:
    refused: list[str] = []
    desk = sign_in("redaction")
    ran(desk, refused)
    desk.goto("/fr/mentions-legales/")
    expect(counted(desk)).to_have_text("0")
    desk.screenshot(path="/tmp/userbar0.png")
    expect(open_editor(desk, "mentions-legales")).to_have_text("0")
    desk.wait_for_timeout(3000)
    desk.screenshot(path="/tmp/panel0.png")
    write(site, FAULT)
    desk.goto("/fr/mentions-legales/")
    expect(counted(desk)).to_have_text("1")
    desk.screenshot(path="/tmp/userbar1.png")
    count = open_editor(desk, "mentions-legales")
    desk.wait_for_timeout(4000)
    desk.screenshot(path="/tmp/panel1.png")
    print(desk.locator("[data-checks-panel]").inner_html())
    expect(count).to_have_text("1")
    print(refused)
    assert refused == []
