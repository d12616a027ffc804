"""A visitor keeps premises on a phone and reads them side by side; who shares the address sees the same."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible


def test_three_premises_side_by_side_on_a_phone(open_page: Callable[..., Page]) -> None:
    visitor = open_page("fr", width=390)
    for kept in range(3):
        visitor.goto("/fr/immobilier/")
        visitor.get_by_role("button", name=re.compile("Ajouter à ma sélection")).first.click()
        expect(visitor.get_by_role("link", name=re.compile(rf"Ma sélection\W+{kept + 1} bien"))).to_be_visible()
    visitor.get_by_role("link", name=re.compile("Ma sélection")).first.click()
    expect(visitor.locator("h1")).to_have_text("Ma sélection")
    expect(visitor.locator(".comparison thead th")).to_have_count(3)
    assert_accessible(visitor)

    other = open_page("fr", width=1440)
    other.goto(visitor.locator("#share").input_value())
    expect(other.locator(".comparison thead th")).to_have_count(3)
    assert_accessible(other)
