"""What the style sheets promise to those who choose their own colours."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((Path(settings.BASE_DIR) / "site" / "static" / "css").glob("*.css"))
DRAWN = re.compile(r"([^{}]+)\{[^{}]*gradient\([^{}]*currentColor[^{}]*\}")
KEPT = re.compile(r"([^{}]+)\{[^{}]*forced-color-adjust: none;[^{}]*\}")


def selectors(pattern: re.Pattern[str], text: str) -> set[str]:
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return {one.strip() for group in pattern.findall(without_comments) for one in group.split(",")}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sign_drawn_as_a_background_stays_in_forced_colours(sheet):
    text = sheet.read_text()
    assert selectors(DRAWN, text) - selectors(KEPT, text) == set()


def test_there_are_signs_to_keep():
    assert {".chips i", ".filter__more > summary::after"} <= set().union(
        *(selectors(DRAWN, sheet.read_text()) for sheet in SHEETS)
    )
