"""`publiccode.yml` by the rules of its standard, version 0.4, that can be checked here."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MANDATORY = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "releaseDate",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}


@pytest.fixture(scope="module")
def metadata() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text())


def test_mandatory_keys_are_there_and_closed_lists_hold(metadata):
    assert set(metadata) >= MANDATORY
    assert metadata["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert metadata["softwareType"].startswith("standalone/")
    assert metadata["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(set(contact) >= {"name"} for contact in metadata["maintenance"]["contacts"])


def test_descriptions_keep_to_the_lengths_of_the_standard(metadata):
    for text in metadata["description"].values():
        assert len(text["genericName"]) <= 35
        assert len(text["shortDescription"]) <= 150
        assert 500 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
        assert all((ROOT / path).is_file() for path in text["screenshots"])


def test_version_licence_and_languages_are_those_of_the_project(metadata):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert metadata["softwareVersion"] == project["version"]
    assert metadata["legal"]["license"] == project["license"]
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text()
    assert set(metadata["localisation"]["availableLanguages"]) == set(metadata["description"])
    assert date.fromisoformat(metadata["releaseDate"])
