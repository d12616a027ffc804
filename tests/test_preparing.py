"""What tests prepare in a fresh clone, and what they leave to the next one."""

import os
import subprocess
import sys
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


def test_a_test_left_out_before_it_commits_leaves_the_next_one_alone():
    needs_a_node = "tests/search/elastic/test_outbox.py::test_a_worker_that_settles_never_makes_a_writer_fail"
    needs_nothing = "tests/foundation/test_wording.py"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            needs_a_node,
            needs_nothing,
        ],
        cwd=databases.ROOT,
        env={name: value for name, value in os.environ.items() if name not in {"CI", "TEST_ELASTICSEARCH_URL"}},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "1 skipped" in done.stdout
