"""A first start of a site from a file, as its operator runs it."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from foundation.accounts import mails
from tests.config.partners_file import ONE

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Run:
    """Run `setup --from` a file with this text, for an operator who reads English; returns what it says."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    path = tmp_path / "partners.toml"

    def run_(text: str | bytes, **options: Any) -> str:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("setup", path=str(path), stdout=out, **options)
        mails.QUEUE.sweep()
        return out.getvalue()

    return run_


@pytest.fixture(scope="module")
def started(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A site started once from the file of one partner; each test then works in a savepoint of its own."""
    path = tmp_path_factory.mktemp("started") / "partners.toml"
    path.write_text(ONE)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup", path=str(path), stdout=StringIO())
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
