"""Each rule finds its fault in a page that has it, and nothing in the same page without it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.pages import checker, rules
from tests.journeys.pages.registry import PHONE
from tests.journeys.pages.visiting import Watch

Rule = Callable[[Page], list[str]]
FRAME = (
    '<!DOCTYPE html><html lang="en"><head><title>Page</title><style>{style}</style></head><body>{body}</body></html>'
)
LONG = "<p>Line</p>" * 60
BAR = "<div style='position:{how};{side}:0;height:{height}px;width:100%;background:#ccc'>Bar</div>"
LINKS = "".join(f"<p><a href='#{number}'>Link {number}</a></p>" for number in range(60))
BOX = "<label><input type=checkbox> Ticked</label>"

# Rule, words of what it says, the style and the body with the fault, then without.
CASES = {
    "axe": (
        rules.axe,
        "heading-order",
        ("", "<main><h1>One</h1><h3>Three</h3></main>"),
        ("", "<main><h1>One</h1><h2>Two</h2></main>"),
    ),
    "a name that says the contrary": (
        rules.axe,
        "label-content-name-mismatch",
        ("", "<main><h1>One</h1><button aria-label='Add'>Remove from my list</button></main>"),
        ("", "<main><h1>One</h1><button aria-label='Remove from my list: shed'>Remove from my list</button></main>"),
    ),
    "words": (
        rules.joined_words,
        "“30” and “November”",
        ("", "<p><b>30</b><span>November</span></p>"),
        (
            "",
            "<p><b>30</b> <span>November</span>, 1<sup>st</sup><br>12<i aria-hidden=true>x</i></p><p>A</p><p>B</p>",
        ),
    ),
    "digits and a unit": (
        rules.joined_words,
        "read as one word",
        ("", "<p>35<small>M€</small></p>"),
        ("", "<p>35 <small>M€</small></p>"),
    ),
    "target": (
        rules.small_targets,
        "16.0 × 16.0",
        ("button{width:16px;height:16px;padding:0;border:0}", "<button>a</button><button>b</button>"),
        (
            "button{width:16px;height:16px;padding:0;border:0;margin:4px}",
            "<button>a</button><button>b</button><p>See <a href='#'>a</a></p>",
        ),
    ),
    "width": (rules.too_wide, "wider", ("", "<p style='width:500px'>Wide</p>"), ("", "<p>Narrow</p>")),
    "focus under a bar": (
        rules.keyboard,
        "is hidden while it has the focus",
        ("", BAR.format(how="fixed", side="bottom", height=60) + LINKS),
        (
            "html{scroll-padding-bottom:80px}body{padding-bottom:80px}",
            BAR.format(how="fixed", side="bottom", height=60) + LINKS,
        ),
    ),
    "focus under a bar, backwards": (
        lambda page: rules.keyboard(page, backwards=True),
        "is hidden while it has the focus",
        ("", BAR.format(how="sticky", side="top", height=60) + LINKS),
        ("html{scroll-padding-top:80px}", BAR.format(how="sticky", side="top", height=60) + LINKS),
    ),
    "focus without a ring": (
        rules.keyboard,
        "shows no ring",
        ("a:focus-visible{outline:0}", "<a href='#'>Link</a>"),
        ("a:focus-visible{outline:2px solid}", "<a href='#'>Link</a>"),
    ),
    "bars at 400 %": (
        rules.enlarged,
        "bars keep 120 of 256 px",
        ("body{margin:0}", BAR.format(how="sticky", side="top", height=120) + LONG),
        ("body{margin:0}", BAR.format(how="sticky", side="top", height=40) + LONG),
    ),
    "a button in forced colours": (
        rules.forced_colours,
        "has no edges",
        ("a{display:block;background:gold;padding:20px}", "<a href='#'>Go</a>"),
        ("a{display:block;background:gold;padding:20px;border:2px solid transparent}", "<a href='#'>Go</a>"),
    ),
    "a tick in forced colours": (
        rules.forced_colours,
        "looks the same",
        ("input{appearance:none;width:20px;height:20px;border:2px solid #777}input:checked{background:#000}", BOX),
        ("input{appearance:none;width:20px;height:20px;border:2px solid #777}input:checked{border-width:8px}", BOX),
    ),
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": PHONE, "height": 600})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("rule", "said", "wrong", "right"), CASES.values(), ids=CASES)
def test_a_rule_finds_its_fault_and_no_other(
    page: Page, rule: Rule, said: str, wrong: tuple[str, str], right: tuple[str, str]
) -> None:
    page.set_content(FRAME.format(style=wrong[0], body=wrong[1]))
    assert said in "\n".join(rule(page))
    page.goto("about:blank")
    page.set_content(FRAME.format(style=right[0], body=right[1]))
    assert rule(page) == []


def test_what_the_console_says_is_heard(page: Page) -> None:
    watch = Watch(page)
    page.set_content("<script>console.error('refused')</script>")
    assert watch.errors == ["in the console: refused"]


@pytest.mark.skipif(not checker.JAR, reason="NU_CHECKER names no checker")
def test_the_checker_names_the_page_and_its_fault(tmp_path: Path) -> None:
    right = FRAME.format(style="", body="<h1>The territory and its partners</h1>")
    wrong = right.replace("<h1>", '<h1 hx-get="/">')
    faults = checker.check({"right": right, "wrong": wrong}, tmp_path)
    assert [fault.partition(":")[0] for fault in faults] == ["wrong"]
    assert "hx-get" in faults[0]
