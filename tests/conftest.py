"""What every test stands on: its worker's copy of the migrated database, and nothing of another test."""

import gc
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.utils import translation

from implantation.enquiries.models import append_only
from territory.services import load
from tests import databases
from tests.examples import examples
from tests.preparing import prepare

# How long one example takes says more about the machine's other work than about the code.
hypothesis.settings.register_profile("suite", deadline=None, max_examples=examples(100))
hypothesis.settings.load_profile("suite")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Prepare before workers start: their output is not shown."""
    if not hasattr(session.config, "workerinput"):
        prepare(settings.DATABASES["default"], session.config.get_terminal_writer().line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say that journeys were left out, unless the command names them."""
    if not any("journeys" in str(path) for path in [*config.args, *(config.option.ignore or ())]):
        terminalreporter.write_line("left out: the browser journeys (make test, or pytest tests/journeys)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m database` are the tests whose answer may be another on another database."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        uses = item.get_closest_marker("django_db") or {"db", "django_db_setup"} & fixtures
        if uses and not _says_the_same_on_any_database(item):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """The site and the tests stay: looking through them for garbage, again and again, is a tenth of a run."""
    gc.collect()
    gc.freeze()


def _says_the_same_on_any_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("any_database")
    return marker is not None and getattr(item, "originalname", item.name) not in marker.kwargs.get("but", ())


# The database that copies are made beside, and this worker's copy.
_COPY = pytest.StashKey[tuple[dict[str, Any], str]]()
# Whether a test that commits has emptied the copy: `flush` also takes away what migrations wrote.
_EMPTIED = pytest.StashKey[bool]()


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give the test what migrations wrote, whatever ran before it."""
    if not _commits(item) and item.config.stash.get(_EMPTIED, False):
        connections.close_all()
        databases.renew(*item.config.stash[_COPY])
        item.config.stash[_EMPTIED] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, pytestconfig: pytest.Config) -> Iterator[None]:
    """Point the connection at this worker's copy of the template database."""
    base = dict(settings.DATABASES["default"])
    with databases.copied(base) as copy, django_db_blocker.unblock():
        pytestconfig.stash[_COPY] = base, copy
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = copy
        yield
        connections.close_all()


@pytest.fixture(autouse=True)
def _committed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is undone by `flush`, which SQLite's triggers refuse; `flush` itself puts them back.

    A fixture is finished before pytest-django's, and not begun when a test is left out before it has a database.
    """
    yield
    if _commits(request.node):
        request.config.stash[_EMPTIED] = True
        if connection.vendor == "sqlite":
            append_only.release()


@pytest.fixture
def territory(db: None) -> None:
    """The real communes, stations, sectors, partners and axes."""
    load()


@pytest.fixture(autouse=True)
def _no_memory_of_another_test() -> None:
    """What one test cached (Wagtail's sites, a counter of limits) names rows that its rollback took away.

    A request leaves its language active in the thread: another request sets its own, a test that makes none would not.
    """
    cache.clear()
    translation.deactivate()
