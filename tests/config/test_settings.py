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
