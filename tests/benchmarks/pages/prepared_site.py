"""A site of any size for the benchmark: the demonstration, in a folder that is kept for the next run."""

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.pages.load import HOST
from tests.benchmarks.pages.serving import ROOT


def prepare(folder: Path, *, properties: int, enquiries: int) -> dict[str, str]:
    """Make the site unless an earlier run left it; return the environment that serves it under production settings."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "PYTHONPATH": "site:.",
        "SECRET_KEY": "the-key-of-a-benchmark-which-signs-nothing-that-anybody-keeps",
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "TRUSTED_PROXIES": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "EMAIL_URL": f"filemail://{folder / 'mail'}",
        "API_REQUESTS_PER_MINUTE": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
    }
    # The demonstration is not installed under production settings.
    making = {**environment, "DJANGO_SETTINGS_MODULE": "config.settings.development"}
    manage(making, "migrate", "--verbosity=0")
    # What a demonstration wrote and later code would write otherwise is not the subject here.
    done = folder / "done"
    if not done.exists():
        manage(making, "demo", f"--properties={properties}", f"--enquiries={enquiries}")
        done.touch()
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return environment


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.DEVNULL,
    )
