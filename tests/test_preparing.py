"""What tests prepare in a fresh clone."""

from pathlib import Path

import pytest

from tests import databases
from tests.preparing import prepare

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ""}


@pytest.fixture
def nothing_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(databases, "FOLDER", tmp_path)
    monkeypatch.setattr(databases, "_migrate", lambda url: Path(url.removeprefix("sqlite:///")).touch())
    return tmp_path / "fonts" / "manrope.woff2"


def test_what_is_lacking_is_prepared_once_and_said(nothing_prepared):
    said: list[str] = []
    prepare(SQLITE, said.append, nothing_prepared)
    assert nothing_prepared.exists()
    assert [line.split(",")[0] for line in said] == [
        "preparing: making the web font",
        "preparing: migrating a template database on SQLite",
    ]
    prepare(SQLITE, said.append, nothing_prepared)
    assert len(said) == 2
