"""An officer says when they are away, by keyboard, and sees what could not be sent."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible


def test_an_officer_is_away_and_back(sign_in: Callable[..., Page]) -> None:
    desk = sign_in("cma91.agent")
    desk.get_by_role("link", name="Absences").click()
    first, last = date.today() + timedelta(days=3), date.today() + timedelta(days=9)
    desk.get_by_label("Premier jour d’absence").fill(first.isoformat())
    desk.get_by_label("Dernier jour d’absence").fill((first - timedelta(days=1)).isoformat())
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Le dernier jour d’absence vient avant le premier")).to_be_visible()
    assert_accessible(desk, within=".desk")
    desk.get_by_label("Dernier jour d’absence").fill(last.isoformat())
    desk.keyboard.press("Enter")
    back = desk.get_by_role("button", name="Retirer")
    expect(back).to_be_visible()
    for width in (1440, 390):
        desk.set_viewport_size({"width": width, "height": 844})
        assert_accessible(desk, within=".desk")
        assert desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    back.press("Enter")
    expect(desk.get_by_text("Personne n’a annoncé d’absence.")).to_be_visible()

    desk.goto("/admin/enquiries/unsent/")
    expect(desk.get_by_text("Tous les messages sont partis, ou sur le point de l’être.")).to_be_visible()
    assert_accessible(desk, within=".desk")
