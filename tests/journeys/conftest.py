"""A real site for the browser: its own database file, its web server, its task worker, and mails as files.

Journeys that run side by side each have one. Those of one file meet what the ones before them did, and no other.
"""

import email
import email.policy
import itertools
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from environ import Env
from playwright.sync_api import Browser, BrowserContext, Page

from pages.admin.accessibility import AXE_OPTIONS
from tests.databases import ROOT, copied
from tests.journeys.pages.rules import bars_laid_flat
from tests.leaving_out import leave_out

PASSWORD = "demo-grand-orly-2026"


_NUMBERS = itertools.count()
_NUMBER = pytest.StashKey[int]()


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("journey")
    item.stash[_NUMBER] = next(_NUMBERS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep journeys last and in the order of their files, which pytest-randomly shuffles."""
    items.sort(key=lambda item: item.stash.get(_NUMBER, -1))


@dataclass(frozen=True)
class Site:
    """A running site, and what its processes have in their environment."""

    url: str
    mail_folder: Path
    environment: Mapping[str, str]

    def mails(self, to: str) -> list[EmailMessage]:
        """Mails sent to an address, oldest first."""
        found = []
        for path in sorted(self.mail_folder.glob("*.log"), key=lambda path: path.stat().st_mtime):
            for chunk in re.split(rb"^-{79}\n", path.read_bytes(), flags=re.M):
                message = email.message_from_bytes(chunk.lstrip(b"\n"), policy=email.policy.default)
                if to in (message["To"] or ""):
                    found.append(message)
        return found

    def wait_for_mail(self, to: str, containing: str, seconds: float = 30) -> EmailMessage:
        """The newest mail to an address whose text contains `containing`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in reversed(self.mails(to)):
                body = message.get_body(("plain",))
                if body is not None and containing in body.get_content():
                    return message
            time.sleep(0.3)
        subjects = [message["Subject"] for message in self.mails(to)]
        raise AssertionError(f"no mail to {to} with {containing!r} within {seconds} s; there are {subjects}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo territory, published and served as `make run` does, on a port of its own."""
    folder = tmp_path_factory.mktemp("site")
    with copied(Env.db_url_config("sqlite:///")) as database:
        yield from serve(folder, f"sqlite:///{database}")


def serve(folder: Path, database: str, *, settings: str = "config.settings.development", **more: str) -> Iterator[Site]:
    """Publish the demonstration and serve it under these settings, `more` being in the environment."""
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(folder / "media"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        **more,
    }

    def manage(*arguments: str) -> list[str]:
        return [sys.executable, "manage.py", *arguments]

    subprocess.run(manage("demo"), cwd=ROOT, env=environment, check=True)
    log = (folder / "server.log").open("w")
    processes = [
        subprocess.Popen(manage(*command), cwd=ROOT, env=environment, stdout=log, stderr=log)
        for command in (["runserver", f"127.0.0.1:{port}", "--noreload"], ["db_worker", "--interval", "0.5"])
    ]
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", folder / "server.log")
        yield Site(f"http://127.0.0.1:{port}", folder / "mail", environment)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)
        log.close()
    errors = [line for line in (folder / "server.log").read_text().splitlines() if re.search(r'" 5\d\d ', line)]
    assert not errors, errors


def wait_until_ready(url: str, log: Path, seconds: float = 120) -> None:
    """A server starts in some seconds, in many on a machine that is busy."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {seconds} s:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        leave_out(f"no browser: there is no {chromium}, and CHROMIUM names no other")
    return browser_type_launch_args | {
        "executable_path": chromium,
        "args": ["--no-sandbox"],
    }


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a page of a kind of visitor: `open_page("fr", width=390)`; its own cookies each time."""
    contexts: list[BrowserContext] = []

    def open_(language: str, *, width: int, height: int = 900, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url,
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page of the admin, signed in as one of the demo's accounts."""

    def sign_in_(username: str, *, width: int = 1440) -> Page:
        page = open_page("fr", width=width)
        page.goto("/admin/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        return page

    return sign_in_


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    """No violation of the site’s accessibility rules (those of the editors’ panel), and nothing wider than the screen.

    `within` is a selector: in the admin, only what is ours is judged, not Wagtail's own frame around it.
    """
    page.wait_for_load_state()
    page.locator(within or "main").first.wait_for()
    # A control that lies under a sticky bar would be measured by what is left of it.
    with bars_laid_flat(page):
        results = Axe().run(page, context=within, options=AXE_OPTIONS)
    found = [
        f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in results.response["violations"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url}: {overflow} px wider than the screen"
