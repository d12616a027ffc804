"""A fact is one object of the registry: a site that has one more asks it, routes on it, proves it and words it."""

import subprocess
import sys

import pytest

from tests.databases import ROOT

_FOLDER = "tests/implantation/one_more_fact"


@pytest.mark.database
def test_a_fact_that_is_registered_is_all_that_a_site_needs_to_know_of_it():
    """Models are built from the registry when they are loaded: the site with the fact is a process of its own."""
    plugin = f"{_FOLDER}/registering".replace("/", ".")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", plugin, f"{_FOLDER}/walk.py"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " passed" in ran.stdout
