"""A database made before the first release (by commit 5750c88) is refused in words, and kept."""

import lzma
import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from config.releases import forgotten_migrations, set_aside
from tests.databases import ROOT

FORMER = Path(__file__).parent / "files" / "before_release_1.sql.xz"
SET_ASIDE = """
import sys
sys.path.insert(0, "site")
import django
django.setup()
from datetime import date
from django.db import connection
from config.releases import set_aside
print(set_aside(connection, date(2026, 11, 30)))
"""
BRING_UP_TO_DATE = """
import sys
sys.path.insert(0, "site")
import django
django.setup()
from config.serve import bring_up_to_date
bring_up_to_date()
"""


@pytest.fixture
def former(tmp_path):
    """A copy of it: its tables, its migrations, its partners and two enquiries."""
    path = tmp_path / "territory.sqlite3"
    database = sqlite3.connect(path)
    database.executescript(lzma.decompress(FORMER.read_bytes()).decode())
    database.close()
    return path


def run(database, *words):
    environment = {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)


def content(path):
    database = sqlite3.connect(path)
    try:
        return list(database.iterdump())
    finally:
        database.close()


@pytest.mark.django_db
def test_the_database_of_this_release_is_not_taken_for_a_former_one():
    assert forgotten_migrations(connection) == []
    assert set_aside(connection, date(2026, 11, 30)) is None


def test_migrating_it_is_refused_in_words_and_nothing_changes(former):
    before = content(former)
    refused = run(former, "manage.py", "migrate")
    assert refused.returncode == 1
    assert "made before the first release" in refused.stderr
    assert "implantation.0001_initial" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert content(former) == before


def test_its_file_is_set_aside_under_a_dated_name_and_never_over_another(former):
    before = content(former)
    taken = former.with_name("territory-before-2026-11-30.sqlite3")
    taken.write_text("of this morning")
    kept = former.with_name("territory-before-2026-11-30-2.sqlite3")
    assert run(former, "-c", SET_ASIDE).stdout.strip() == str(kept)
    assert not former.exists()
    assert taken.read_text() == "of this morning"
    assert content(kept) == before


def test_the_site_starts_in_its_place_with_every_migration(former):
    started = run(former, "-c", BRING_UP_TO_DATE)
    assert started.returncode == 0, started.stderr[-2000:]
    assert "territory-before-" in started.stdout
    assert not run(former, "manage.py", "migrate", "--check").returncode
