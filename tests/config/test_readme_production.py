"""The README's production commands, taken from it and followed: from a copy of the files and an empty database to an
enquiry that reached its partner."""

import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.core.management import get_commands, load_command_class
from environ import Env

from tests.config.visitor import Visitor
from tests.databases import ROOT, empty, is_sqlite, url_of
from tests.journeys.conftest import Site, free_port

HOST = "territoire.test"
DATABASE = Env.db_url_config(os.environ.get("DATABASE_URL", "sqlite:///"))
# The form keeps aside what is sent faster than a person can write.
A_PERSON_S_PACE = 4
PASSWORD = "un mot de passe bien long"
# Starting a process for each would take longer than what they do.
CALL_ALL = """
import shlex
from django.core.management import call_command
for command in {commands}:
    call_command(*shlex.split(command))
"""
NOT_COPIED = (".venv", ".git", "var", "__pycache__", "*.mo", "*.egg-info", ".*_cache", ".hypothesis")


def blocks() -> list[list[str]]:
    """The commands of each code block of the README's section on production: once, services, cron."""
    section = (ROOT / "README.md").read_text().split("### Putting it online")[1].split("\n### ")[0]
    found = re.findall(r"^```\n((?:make|gunicorn|python) .*?)^```", section, re.S | re.M)
    return [[line.split("  #")[0].strip() for line in block.splitlines()] for block in found]


ONCE, SERVICES, CRON = blocks()
# The lines that give a shell its environment.
ENVIRONMENT = [line for line in ONCE if line.startswith((". ", "export "))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a fresh clone, with the packages that `make` would install, and a file of partners."""
    clone = tmp_path_factory.mktemp("production") / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(*NOT_COPIED))
    (clone / ".venv").mkdir()
    for path in Path(sys.prefix).iterdir():
        (clone / ".venv" / path.name).symlink_to(path)
    # As `make` leaves it once the packages are installed: newer than what they are read from.
    for path in (clone / "pyproject.toml", clone / "requirements.txt"):
        os.utime(path, (0, 0))
    (clone / ".venv" / ".run").touch()
    example = (clone / "docs" / "partners.example.toml").read_text()
    (clone / "partners.toml").write_text(example.replace("example.org", "partners.test"))
    return clone


@pytest.fixture(scope="module")
def followed(folder: Path) -> Iterator[Site]:
    """A production site on PostgreSQL, set up and served by the README's commands alone."""
    port = free_port()
    with empty(DATABASE) as database:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "fr_FR.UTF-8",
            "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "pycache"),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": f"https://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "TRUSTED_PROXIES": "1",
            "DATABASE_URL": url_of(DATABASE, database),
            "EMAIL_URL": f"filemail:///{folder / 'mail'}",
            "BIND": f"127.0.0.1:{port}",
        }
        shell(folder, environment, ONCE)
        log = (folder / "services.log").open("w")
        services = [
            subprocess.Popen(
                ["bash", "-ec", "\n".join([*ENVIRONMENT, f"exec {line}"])],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
            )
            for line in SERVICES
        ]
        try:
            yield Site(f"http://127.0.0.1:{port}", folder / "mail", environment)
        finally:
            for service in services:
                service.terminate()
            for service in services:
                service.wait(timeout=40)
            log.close()


def shell(folder: Path, environment: dict[str, str], lines: list[str]) -> str:
    """Run lines in one shell, the first failure being the last; returns what they wrote."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout


def ready(site: Site, folder: Path, seconds: float = 120) -> requests.Response:
    """The answer of the probe once the server answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return requests.get(f"{site.url}/readyz", headers={"Host": HOST}, timeout=30)
        except requests.ConnectionError:
            time.sleep(0.3)
    raise AssertionError((folder / "services.log").read_text()[-4000:])


def test_every_line_of_the_readme_is_a_command_with_options_it_knows() -> None:
    lines = [line for line in [*ONCE, *SERVICES, *CRON] if line.startswith("python manage.py ")]
    assert len(lines) > 12
    for line in lines:
        name, *arguments = shlex.split(line.removeprefix("python manage.py "))
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_args(arguments)


@pytest.mark.database
@pytest.mark.skipif(is_sqlite(DATABASE), reason="the README is followed on PostgreSQL")
def test_the_readme_leads_from_an_empty_database_to_an_enquiry_that_reached_its_partner(
    followed: Site, folder: Path
) -> None:
    probe = ready(followed, folder)
    assert (probe.status_code, probe.json()) == (200, {"status": "ready"})
    plain = requests.get(f"{followed.url}/fr/", headers={"Host": HOST}, allow_redirects=False, timeout=60)
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://{HOST}/fr/")

    investor = Visitor(followed.url, HOST)
    home = investor.get("/")
    assert investor.path == "/fr/"
    for address in sorted(set(re.findall(r'<(?:a|link|script)[^>]* (?:href|src)="(/[^"#]*)"', home))):
        answer = investor.session.get(followed.url + address, timeout=60, allow_redirects=False)
        assert answer.status_code == 200, address

    started = time.monotonic()
    investor.get("/fr/implantation/")
    investor.post(investor.path, {"message": "Un atelier de menuiserie.", "project": "settle", "activity": "craft"})
    investor.post(investor.path, {"place": "94081", "premises": "activity", "area_min": "600", "area_max": "900"})
    investor.post(investor.path, {"headcount": "1-9", "origin": "territory", "company": "Menuiserie Exemple"})
    investor.post(investor.path, {"name": "Ada Martin", "email": "ada@investor.test", "language": "fr"})
    assert investor.path == "/fr/implantation/relire/"
    key = re.search(r'name="key" value="([^"]+)"', investor.page)
    assert key is not None
    time.sleep(max(0, A_PERSON_S_PACE - (time.monotonic() - started)))
    answer = investor.post(investor.path, {"key": key[1]})
    reference = re.search(r"GO-\d{4}-\d{6}", answer)
    assert reference is not None
    assert "EPT Grand-Orly Seine Bièvre" in answer
    assert "Ce partenaire coordonne le partenariat" in answer

    followed.wait_for_mail("ada@investor.test", reference[0])
    told = followed.wait_for_mail("dominique.petit@ept.partners.test", reference[0]).get_body(("plain",))
    invitation = followed.wait_for_mail("dominique.petit@ept.partners.test", "/password_reset/").get_body(("plain",))
    assert told is not None
    assert invitation is not None
    officer = Visitor(followed.url, HOST)
    officer.get(path_of(invitation.get_content(), "password_reset"))
    officer.post(officer.path, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    officer.get("/admin/login/")
    officer.post("/admin/login/", {"username": "dominique.petit@ept.partners.test", "password": PASSWORD})
    assert "Menuiserie Exemple" in officer.get(path_of(told.get_content(), "admin"))

    again = [line.removeprefix("python manage.py ") for line in [*CRON, "python manage.py setup --from partners.toml"]]
    in_one_process = f"python manage.py shell -v 0 -c {shlex.quote(CALL_ALL.format(commands=again))}"
    shell(folder, dict(followed.environment), [*ENVIRONMENT, in_one_process])
    assert ready(followed, folder).json() == {"status": "ready"}
    errors = re.findall(r"^Traceback.*|^.* ERROR .*", (folder / "services.log").read_text(), re.M)
    assert not errors


def path_of(text: str, word: str) -> str:
    """The path of the first link of a mail that holds a word."""
    found = re.search(rf"https://{HOST}(/\S*{word}\S*)", text)
    assert found is not None, text
    return found[1]
