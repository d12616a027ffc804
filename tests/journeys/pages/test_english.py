"""Every public page in English, in each of its states, held to the rules of `rules.py`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.pages import checker
from tests.journeys.pages.registry import State
from tests.journeys.pages.visiting import Grounds, Visitor, rounds

ROUNDS = rounds("en")


@pytest.fixture(scope="module")
def visitor(browser: Browser, ready: Grounds) -> Iterator[Visitor]:
    visitor = Visitor(browser, ready, "en")
    yield visitor
    visitor.close()


@pytest.mark.parametrize(("state", "width"), ROUNDS)
def test_a_page_can_be_used_by_everybody(visitor: Visitor, state: State, width: int) -> None:
    faults = visitor.examine(state, width)
    assert not faults, "\n".join(faults)


@pytest.mark.skipif(not checker.JAR, reason="NU_CHECKER names no checker")
def test_the_html_of_all_of_them_is_right(visitor: Visitor, tmp_path: Path) -> None:
    for state, width in (parameters.values for parameters in ROUNDS):
        if state.name not in visitor.html and state.within is None:
            visitor.examine(state, width if state.scripts else 0)
    faults = checker.check(visitor.html, tmp_path)
    assert not faults, "\n".join(faults)
