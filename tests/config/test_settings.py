"""Production settings are the strict base."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.base",
    "SECRET_KEY": "k9-2vXq!w7Zr@b4Tn#m6Yp$c8Lf^h3Js&d5Gu*a1Eo(i0Kx)Q-test-only",
    "SITE_URL": "https://territoire.example",
    "ALLOWED_HOSTS": "territoire.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "TRUSTED_PROXIES": "1",
}


def manage(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=kept | environment, capture_output=True, text=True
    )


def test_production_passes_the_deployment_checks():
    result = manage("check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL"])
def test_production_does_not_start_without_a(name):
    result = manage("check", environment={key: value for key, value in PRODUCTION.items() if key != name})
    assert result.returncode != 0
    assert name in result.stderr


def test_the_demonstration_with_its_known_passwords_is_not_installed_in_production():
    result = manage("demo", environment=PRODUCTION)
    assert result.returncode != 0
    assert "Unknown command: 'demo'" in result.stderr


@pytest.mark.parametrize("length", [0, 1, 49])
def test_production_does_not_start_with_a_short_secret_key(length):
    result = manage("check", environment=PRODUCTION | {"SECRET_KEY": "k" * length})
    assert result.returncode != 0
    assert f"SECRET_KEY has {length} characters; it needs 50 or more" in result.stderr


def test_former_secret_keys_are_read_between_commas_and_none_is_empty():
    printed = manage(
        "shell", "-v", "0", "-c", "from django.conf import settings as s; print(s.SECRET_KEY_FALLBACKS)",
        environment=PRODUCTION | {"SECRET_KEY_FALLBACKS": "one, two,, "},
    )  # fmt: skip
    assert printed.stdout.strip() == "['one', 'two']"


@pytest.mark.parametrize(
    ("listens", "proxies", "warned"),
    [
        ("127.0.0.1:8000", "0", True),
        ("[::1]:8000", "0", True),
        ("localhost:8000", "0", True),
        ("unix:/run/site.sock", "0", True),
        ("127.0.0.1:8000", "1", False),
        ("0.0.0.0:8000", "0", False),
    ],
)
def test_a_check_says_when_all_visitors_must_look_like_one(listens, proxies, warned):
    environment = PRODUCTION | {"BIND": listens, "TRUSTED_PROXIES": proxies}
    result = manage("check", "--deploy", environment=environment)
    assert ("foundation.W001" in result.stderr) is warned, result.stderr


def test_a_manifest_names_static_files_in_production():
    printed = manage(
        "shell", "-v", "0", "-c", "from django.conf import settings as s; print(s.STORAGES['staticfiles'], s.DEBUG)",
        environment=PRODUCTION,
    )  # fmt: skip
    assert "config.staticfiles.ManifestStorage" in printed.stdout
    assert printed.stdout.strip().endswith("False")


def test_the_readme_names_exactly_the_variables_that_settings_read():
    base = (ROOT / "site/config/settings/base.py").read_text()
    gunicorn = (ROOT / "site/config/gunicorn.py").read_text()
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", base))
    read |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", gunicorn))
    table = re.search(r"^\| variable .*?(?=\n\n)", (ROOT / "README.md").read_text(), re.S | re.M)
    assert table is not None
    assert set(re.findall(r"^\| `([A-Z_]+)`", table[0], re.M)) == read


def test_a_wrong_address_is_the_sites_own_404_even_where_errors_are_shown(client, db, settings):
    from config.settings import development

    settings.DEBUG = True
    settings.MIDDLEWARE = development.MIDDLEWARE
    for address, words in (("/fr/nulle-part/", "n’existe pas"), ("/en/premises/NOPE/", "does not exist")):
        response = client.get(address)
        assert response.status_code == 404
        assert words in response.content.decode()
