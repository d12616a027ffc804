"""The rules every page is held to: each function reads an open page and gives a sentence for each fault."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops
from playwright.sync_api import Page

from pages.admin.accessibility import AXE_OPTIONS

AXE = {**AXE_OPTIONS, "resultTypes": ["violations"]}
# 1280 x 1024 at 400 %.
ENLARGED = {"width": 320, "height": 256}
_MOST_OF_HEIGHT = 1 / 3
_MOST_STOPS = 700
# Of a tick or a side of a button: what people see as another colour, and how much of it.
_ANOTHER_COLOUR = 60
_TICK_PIXELS = 12
_SIDE_SHARE = 0.8


@cache
def _measures() -> str:
    return Path(__file__).with_name("measures.js").read_text()


def measure(page: Page, call: str) -> Any:
    """The answer of a function of `measures.js`."""
    if not page.evaluate("'measures' in globalThis"):
        page.evaluate(_measures())
    return page.evaluate(f"measures.{call}")


def _root(within: str | None) -> str:
    return json.dumps(within) if within else ""


@contextmanager
def bars_laid_flat(page: Page) -> Iterator[None]:
    """Lay sticky and fixed bars into the flow, so that they cover nothing."""
    measure(page, "layFlat()")
    yield
    measure(page, "raise()")


@contextmanager
def _forced(page: Page, before: str) -> Iterator[None]:
    measure(page, before)
    page.emulate_media(forced_colors="active")
    yield
    page.emulate_media(forced_colors="none")


def axe(page: Page, within: str | None = None) -> list[str]:
    """Violations of WCAG 2.2 A and AA and of the rules beside them."""
    with bars_laid_flat(page):
        found = Axe().run(page, context=within, options=AXE).response["violations"]
    return [f"{rule['id']}: {rule['help']} {node['target']}" for rule in found for node in rule["nodes"][:4]]


def joined_words(page: Page) -> list[str]:
    """Neighbouring texts without a space, which are read as one word."""
    return measure(page, "joined()")


def small_targets(page: Page, within: str | None = None) -> list[str]:
    """Targets under 24 px without the room that excuses them (2.5.8)."""
    return measure(page, f"small({_root(within)})")


def too_wide(page: Page) -> list[str]:
    """A page wider than the screen."""
    return measure(page, "overflow()")


def keyboard(page: Page, *, backwards: bool = False, within: str | None = None) -> list[str]:
    """What has the focus on its way through the page and is hidden, or shows no ring (2.4.7, 2.4.11)."""
    measure(page, "beginWalk()")
    faults = []
    for _stop in range(_MOST_STOPS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        fault = measure(page, f"focused({_root(within)})")
        if fault is None:
            break
        if fault:
            faults.append(fault)
    return faults


def enlarged(page: Page) -> list[str]:
    """At 400 %: bars that take more than a third of the height, and what is wider than the screen (1.4.10)."""
    before = page.viewport_size
    page.set_viewport_size(ENLARGED)
    faults = [*measure(page, f"bars({_MOST_OF_HEIGHT})"), *measure(page, "overflow()")]
    if before:
        page.set_viewport_size(before)
    return [f"at 400 %: {fault}" for fault in faults]


def forced_colours(page: Page, within: str | None = None) -> list[str]:
    """In forced colours: a tick that looks as when it is empty, a button without edges (1.4.11)."""
    root = _root(within)
    with bars_laid_flat(page), _forced(page, f"findButtons({root})"):
        ticks = measure(page, f"emptyTicks({root})")
        boxes = measure(page, "buttonBoxes()")
        if not ticks and not boxes:
            return []
        before = _picture(page)
        faults = [f"in forced colours: {box['name']} has no edges" for box in boxes if not _has_edges(before, box)]
        if ticks:
            filled = measure(page, "fillTicks()")
            after = _picture(page)
            faults += [
                f"in forced colours: {box['name']} looks the same ticked and empty"
                for box in filled
                if not _differs(before, after, box)
            ]
    return faults


def _picture(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")


def _crop(picture: Image.Image, box: dict[str, float], around: int) -> Image.Image:
    left, top = max(0, round(box["left"]) - around), max(0, round(box["top"]) - around)
    return picture.crop((left, top, round(box["right"]) + around, round(box["bottom"]) + around))


def _strong(difference: Image.Image) -> Image.Image:
    """1 where any of the three colours differs clearly."""
    bands = [band.point(lambda value: 255 if value > _ANOTHER_COLOUR else 0) for band in difference.split()]
    return ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])


def _differs(before: Image.Image, after: Image.Image, box: dict[str, float]) -> bool:
    changed = _strong(ImageChops.difference(_crop(before, box, 2), _crop(after, box, 2)))
    return changed.histogram()[255] >= _TICK_PIXELS


def _has_edges(picture: Image.Image, box: dict[str, float]) -> bool:
    """Whether each side of a box shows another colour than what lies just outside of it."""
    around = 4
    cut = _crop(picture, box, around)
    ground = cut.getpixel((cut.width // 2, 0))
    other = _strong(ImageChops.difference(cut, Image.new("RGB", cut.size, ground)))
    return all(share >= _SIDE_SHARE for share in _sides(other, around))


def _sides(other: Image.Image, around: int) -> Iterator[float]:
    """Of each side, the share of its length where something is drawn in the pixels about the edge."""
    width, height, deep = other.width, other.height, 2 * around
    bands = [
        (other.crop((around, 1, width - around, deep)), True),
        (other.crop((around, height - deep, width - around, height - 1)), True),
        (other.crop((1, around, deep, height - around)), False),
        (other.crop((width - deep, around, width - 1, height - around)), False),
    ]
    for band, along in bands:
        length = band.width if along else band.height
        flat = band.resize((length, 1) if along else (1, length), Image.Resampling.BOX)
        yield sum(flat.histogram()[1:]) / length if length else 0
