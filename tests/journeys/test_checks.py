"""The editors' checks run for real: on the public page and in the page editor they count faults, and 0 means none."""

import re
import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.databases import ROOT
from tests.journeys.conftest import Site

# A link over a blank, as selecting one makes it; a heading two levels down, as an import leaves it in the database.
NAMELESS_LINK = '<p>Écrivez au service<a href="https://example.org/"> </a>compétent.</p>'
SKIPPED_HEADING = "<h5>Un titre trop bas</h5><p>Et son texte.</p>"
WRITE = """
from pages.models import ContentPage
page = ContentPage.objects.get(slug="mentions-legales")
page.body.append(("section", {{"heading": "Contact", "body": {body!r}}}))
page.save_revision().publish()
"""


def write(site: Site, body: str) -> None:
    """Publish the legal notice with one more section."""
    command = [sys.executable, "manage.py", "shell", "-c", WRITE.format(body=body)]
    subprocess.run(command, cwd=ROOT, env=dict(site.environment), check=True, capture_output=True)


def counted_on_page(desk: Page) -> Locator:
    """The count in the user bar of the public page: empty until the checks have run."""
    desk.goto("/fr/mentions-legales/")
    desk.locator("wagtail-userbar [data-wagtail-userbar-trigger]").click()
    return desk.locator("wagtail-userbar #checker-trigger [data-content-checker-count]")


def counted_in_editor(desk: Page) -> Locator:
    """The count in the page editor's panel, once the checks have run: they count the page's words first."""
    pk = desk.request.get("/admin/api/main/pages/?slug=mentions-legales&fields=_").json()["items"][0]["id"]
    desk.goto(f"/admin/pages/{pk}/edit/")
    panel = desk.locator("[data-side-panel=checks]")
    toggle = desk.locator("[data-side-panel-toggle=checks]")
    expect(toggle).to_be_visible()
    if not panel.is_visible():
        toggle.click()
    expect(panel.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d{2}"))
    return panel.locator("[data-content-checker-count]")


def test_the_checks_count_the_faults_of_a_page_on_it_and_in_its_editor(
    sign_in: Callable[..., Page], open_page: Callable[..., Page], site: Site
) -> None:
    desk = sign_in("redaction")
    refused: list[str] = []
    desk.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    expect(counted_on_page(desk)).to_have_text("0")
    expect(counted_in_editor(desk)).to_have_text("0")

    write(site, NAMELESS_LINK)
    expect(counted_on_page(desk)).to_have_text("1")
    desk.locator("wagtail-userbar #checker-trigger").click()
    expect(desk.locator("wagtail-userbar [data-content-checker-name]").first).to_have_text("Le texte du lien est vide")
    expect(counted_in_editor(desk)).to_have_text("1")
    expect(desk.locator("[data-checks-panel] [data-content-checker-name]")).to_have_text("Le texte du lien est vide")

    write(site, SKIPPED_HEADING)
    expect(counted_on_page(desk)).to_have_text("2")
    assert refused == [], "the site's content security policy lets the checks run"

    visitor = open_page("fr", width=1440)
    visitor.goto("/fr/mentions-legales/")
    assert visitor.locator("wagtail-userbar").count() == 0
