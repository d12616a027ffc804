"""An officer sends a file of premises: checked in the background, its report read and corrected, then applied."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible

FILE = Path(__file__).parents[1] / "properties" / "files" / "chambre.csv"
OURS = ".prem, .prem-kind"


def checked(page: Page) -> None:
    """The page of a file says by itself when the worker is done."""
    expect(page.get_by_role("heading", name="Vérifié")).to_be_visible(timeout=20_000)


def test_a_file_is_sent_checked_corrected_and_applied(
    sign_in: Callable[..., Page], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    coordinator = sign_in("coordination")
    coordinator.goto("/admin/imports/")
    coordinator.fill("#id_name", "Chambre")
    coordinator.fill("#id_slug", "chambre")
    coordinator.select_option("#id_partner", label="CCI Val-de-Marne")
    coordinator.check("#id_is_complete")
    coordinator.get_by_role("button", name="Ajouter cette source").click()
    expect(coordinator.get_by_text("Chambre\u00a0: ajoutée")).to_be_visible()

    desk = sign_in("cci94.agent")
    desk.get_by_role("link", name="Imports", exact=True).click()
    assert_accessible(desk, within=OURS)
    expect(desk.locator("#id_source")).to_contain_text("Chambre")
    desk.set_input_files("#id_file", FILE)
    desk.get_by_role("button", name="Vérifier ce fichier").click()
    checked(desk)
    expect(desk.get_by_text("environ 300")).to_be_visible()
    assert_accessible(desk, within=OURS)
    desk.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(desk, within=OURS)
    desk.get_by_role("button", name="Appliquer").first.click()
    expect(desk.get_by_role("heading", name="Appliqué")).to_be_visible(timeout=20_000)

    with desk.expect_download() as download:
        desk.get_by_role("link", name="Télécharger les lignes rejetées").click()
    corrected = tmp_path / "corrected.csv"
    header, wrong_surface, *_others = Path(download.value.path()).read_text().splitlines()
    corrected.write_text(f"{header}\n{wrong_surface.replace('environ 300', '300', 1)}")
    desk.set_input_files("#corrected", corrected)
    desk.get_by_role("button", name="Vérifier les lignes corrigées").click()
    checked(desk)
    desk.get_by_role("button", name="Appliquer").first.click()
    expect(desk.get_by_role("heading", name="Appliqué")).to_be_visible(timeout=20_000)

    visitor = open_page("fr", width=390)
    for reference in ("CCI-2026-014", "CCI-2026-015"):
        visitor.goto(f"/fr/immobilier/{reference}/")
        expect(visitor.locator("h1")).to_be_visible()
        expect(visitor.get_by_text(reference).first).to_be_visible()
