"""The checks of one page as it stands in the browser: axe's rules, and those of `inspection.js`."""

import io
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops
from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("inspection.js")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
# A screen of 1280 × 1024 px at 400 %.
ENLARGED = {"width": 320, "height": 256}
# WCAG 2.2 A and AA, and the rule of 2.5.3, which axe does not run unless asked.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Of the pixels of a choice, how many change at least when it is ticked.
SEEN = 0.04

Finding = tuple[str, str]


def inspect(page: Page, *, narrow: bool, within: str | None = None) -> Iterator[Finding]:
    """Each fault as (check, sentence). Leaves the page scrolled to its top, in its first size.

    `within` is a selector: axe judges nothing else (in the admin, only what is ours).
    """
    page.evaluate("inspection.unfold()")
    for check in ("headings", "gluedWords", "labelsInNames", "smallTargets"):
        yield from _found(page, check)
    yield from _broken_rules(page, within)
    yield from _found(page, "hiddenFocus")
    if narrow:
        page.set_viewport_size(ENLARGED)
        yield from _too_wide(page)
        yield from _found(page, "tallBars")
        yield from _found(page, "hiddenFocus")
        page.set_viewport_size(PHONE)
        yield from _too_wide(page)
    else:
        for width in (768, 1100, 1920, DESK["width"]):
            page.set_viewport_size(DESK | {"width": width})
            yield from _too_wide(page)
        yield from _forced_colours(page)
    yield from (("console", violation) for violation in page.evaluate("inspection.violations"))


def _found(page: Page, check: str) -> Iterator[Finding]:
    yield from ((check, sentence) for sentence in page.evaluate(f"inspection.{check}()"))


def _broken_rules(page: Page, within: str | None) -> Iterator[Finding]:
    for violation in Axe().run(page, context=within, options=AXE).response["violations"]:
        for node in violation["nodes"][:3]:
            yield "axe", f"{violation['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"


def _too_wide(page: Page) -> Iterator[Finding]:
    over = page.evaluate("inspection.overflow()")
    if over > 0:
        yield "overflow", f"{over} px wider than a screen of {page.viewport_size['width']}"


def _forced_colours(page: Page) -> Iterator[Finding]:
    page.evaluate("inspection.rememberFilled()")
    page.emulate_media(forced_colors="active")
    yield from _found(page, "lostEdges")
    for number, kind in enumerate(page.evaluate("inspection.kindsOfChoices()")):
        if not _differ(_picture(page, number, ticked=True), _picture(page, number, ticked=False)):
            yield "ticked", f"ticked or not, a choice looks the same in forced colours: {kind}"
    page.emulate_media(forced_colors="none")


def _picture(page: Page, choice: int, *, ticked: bool) -> Image.Image:
    place = page.evaluate("([choice, ticked]) => inspection.tick(choice, ticked)", [choice, ticked])
    return Image.open(io.BytesIO(page.screenshot(clip=place))).convert("L")


def _differ(one: Image.Image, other: Image.Image) -> bool:
    changed = sum(ImageChops.difference(one, other).histogram()[32:])
    return changed >= SEEN * one.width * one.height
