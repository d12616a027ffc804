"""A visitor who goes from state to state: everything at once, or what the HTML alone tells."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route

from tests.databases import ROOT
from tests.journeys.conftest import Site, free_port, wait_until_ready
from tests.journeys.pages import rules
from tests.journeys.pages.preparing import COMMAND
from tests.journeys.pages.registry import DESKTOP, PHONE, STATES, State, Visit

HEIGHT = 900
# Every state at both widths in both languages, with the keyboard forwards and backwards: `make check-pages`.
EVERYTHING = os.environ.get("CHECK_PAGES") == "everything"


@dataclass
class Grounds:
    """A running site made ready for visits."""

    site: Site
    _servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @cached_property
    def facts(self) -> dict[str, Any]:
        command = [sys.executable, "manage.py", *COMMAND]
        answer = subprocess.run(
            command, cwd=ROOT, env=dict(self.site.environment), check=True, capture_output=True, text=True
        )
        return json.loads(answer.stdout)

    @cached_property
    def _troubled(self) -> str:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = self.site.environment | {
            "DJANGO_SETTINGS_MODULE": "tests.journeys.pages.troubled_settings",
            "SITE_URL": url,
        }
        written = self.site.mail_folder.with_name("troubled.log")
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
        with written.open("w") as log:
            self._servers.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))
        wait_until_ready(f"{url}/healthz", written)
        return url

    def troubled(self) -> str:
        """The address of the same site in trouble, started when it is first wanted."""
        return self._troubled

    def close(self) -> None:
        for server in self._servers:
            server.terminate()
            server.wait(timeout=20)


class Watch:
    """What a page answers and says while it is visited."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        self._answer: Response | None = None
        self._page = page
        page.on("response", self._heard)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(f"in the console: {error}"))

    def _heard(self, response: Response) -> None:
        request = response.request
        if (
            request.is_navigation_request()
            and response.frame == self._page.main_frame
            and response.status not in (301, 302)
        ):
            self._answer = response

    def _said(self, message: ConsoleMessage) -> None:
        # The browser tells the page's own status too, which the registry knows.
        own = message.location.get("url", "").partition("#")[0] == self._page.url.partition("#")[0]
        if message.type == "error" and not (own and message.text.startswith("Failed to load resource")):
            self.errors.append(f"in the console: {message.text} {message.location.get('url', '')}".rstrip())

    def forget(self) -> None:
        self.errors.clear()
        self._answer = None

    @property
    def status(self) -> int:
        return self._answer.status if self._answer else 0

    @property
    def html(self) -> str:
        return self._answer.text() if self._answer else ""


def rounds(language: str) -> list[Any]:
    """Parameters of a test: each state with the width at which it is examined in a language; 0: its HTML alone.

    Each is wholly examined in one of the two languages, half of them on a phone, but for twins; in both at both widths
    where that is asked for.
    """
    parameters = []
    for place, state in enumerate(STATES):
        if language not in state.languages:
            continue
        whole = state.scripts or len(state.languages) == 1 or (place % 2 == 0) == (language == "fr")
        whole = whole and not state.twin
        widths = [(PHONE if place // 2 % 2 else DESKTOP) if whole else 0]
        if EVERYTHING:
            widths = [PHONE, DESKTOP]
        if state.width:
            widths = [state.width if EVERYTHING or whole else 0]
        parameters += [pytest.param(state, width, id=f"{state.name}, {width or 'HTML'}") for width in widths]
    return parameters


class Visitor:
    """One browser window that goes from state to state, as a new visitor each time; and what it met so far.

    Without `everything`, the keyboard and forced colours are tried where a page has controls of a kind not met yet.
    """

    def __init__(self, browser: Browser, grounds: Grounds, language: str, *, everything: bool = EVERYTHING) -> None:
        self.html: dict[str, str] = {}
        self._browser, self._grounds, self._language = browser, grounds, language
        self._everything = everything
        self._windows: dict[bool, tuple[Page, Watch]] = {}
        self._met: dict[int, set[str]] = {}

    def examine(self, state: State, width: int) -> list[str]:
        """Every fault of a state, at that width; 0: of its HTML alone, which is kept for the checker."""
        page, watch = self._go(state, width)
        faults = [] if watch.status == state.status else [f"it answers {watch.status}"]
        if state.within is None:
            self.html[state.name] = watch.html
        said = page.locator("html").get_attribute("lang")
        if said != self._language:
            faults.append(f"it says that its language is {said}")
        faults += rules.joined_words(page)
        return faults + (self._use(page, watch, state, width) if width else [])

    def close(self) -> None:
        for page, _watch in self._windows.values():
            page.context.close()

    def _go(self, state: State, width: int) -> tuple[Page, Watch]:
        page, watch = self._window(scripts=bool(width))
        page.context.clear_cookies()
        page.set_viewport_size({"width": width or DESKTOP, "height": HEIGHT})
        # What is left of the page before says nothing about this one.
        page.goto("about:blank")
        watch.forget()
        state.go(Visit(page, self._language, self._grounds.facts, self._grounds.troubled))
        page.wait_for_load_state()
        return page, watch

    def _window(self, *, scripts: bool) -> tuple[Page, Watch]:
        if scripts not in self._windows:
            context = self._browser.new_context(
                base_url=self._grounds.site.url,
                locale={"fr": "fr-FR", "en": "en-GB"}[self._language],
                java_script_enabled=scripts,
                reduced_motion="reduce",
            )
            context.set_default_timeout(20_000)
            page = context.new_page()
            if not scripts:
                page.route("**/*", _documents_alone)
            self._windows[scripts] = page, Watch(page)
        return self._windows[scripts]

    def _use(self, page: Page, watch: Watch, state: State, width: int) -> list[str]:
        faults = [
            *rules.axe(page, state.within),
            *rules.small_targets(page, state.within),
            *rules.too_wide(page),
        ]
        kinds = set(rules.measure(page, "kinds()"))
        new = kinds - self._met.setdefault(width, set())
        self._met[width] |= kinds
        if new or self._everything:
            # Down the page on a phone, up on a desktop: what stays in sight is at its foot, or at its head.
            faults += rules.keyboard(page, backwards=width != PHONE, within=state.within)
        if self._everything:
            faults += rules.keyboard(page, backwards=width == PHONE, within=state.within)
        faults += rules.enlarged(page)
        if new or self._everything:
            faults += rules.forced_colours(page, state.within)
        return faults + watch.errors


def _documents_alone(route: Route) -> None:
    if route.request.resource_type == "document":
        route.continue_()
    else:
        route.abort()
