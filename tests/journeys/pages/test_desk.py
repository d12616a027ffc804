"""Every view of the admin that is ours: WCAG 2.2 A and AA, and the keyboard from one end of it to the other."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PASSWORD
from tests.journeys.pages import rules
from tests.journeys.pages.desk import VIEWS, DeskView
from tests.journeys.pages.registry import DESKTOP
from tests.journeys.pages.visiting import Grounds

SignIn = Callable[[str], Page]


@pytest.fixture(scope="module")
def signed_in(browser, ready: Grounds) -> Iterator[SignIn]:
    """A page of the admin by account, signed in once; without an account, a visitor's."""
    pages: dict[str, Page] = {}

    def page_of(account: str) -> Page:
        if account not in pages:
            context = browser.new_context(
                base_url=ready.site.url,
                locale="fr-FR",
                viewport={"width": DESKTOP, "height": 900},
                reduced_motion="reduce",
            )
            page = pages[account] = context.new_page()
            if account:
                page.goto("/admin/login/")
                page.fill("input[name=username]", account)
                page.fill("input[name=password]", PASSWORD)
                page.press("input[name=password]", "Enter")
                page.wait_for_url("**/admin/")
        return pages[account]

    yield page_of
    for page in pages.values():
        page.context.close()


@pytest.fixture(scope="module")
def draft(signed_in: SignIn) -> Iterator[None]:
    """A draft of the rules for as long as these views are read; other journeys begin their own."""
    _press(signed_in("coordination"), "/admin/rules/", "start")
    yield
    _press(signed_in("coordination"), "/admin/rules/draft/", "discard")


def _press(desk: Page, address: str, what: str) -> None:
    desk.goto(address)
    with desk.expect_navigation():
        desk.locator(f"button[name=do][value={what}]").first.evaluate("button => button.form.requestSubmit(button)")


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.route)
def test_a_view_of_the_desk_can_be_used_by_everybody(signed_in: SignIn, ready: Grounds, view: DeskView) -> None:
    page = signed_in(view.account)
    answer = page.goto(view.address(ready.facts))
    assert answer is not None
    assert answer.status == 200
    faults = [*rules.axe(page, view.within), *rules.keyboard(page, within=view.within)]
    assert not faults, "\n".join(faults)
