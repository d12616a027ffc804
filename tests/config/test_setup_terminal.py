"""Without a file: questions on a terminal, and a way out where nobody can answer."""

import os
import pty
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.management.commands.setup import operator_language
from territory.models import Commune
from tests.databases import ROOT, copied

pytestmark = pytest.mark.django_db


class TerminalDouble(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_GB"}, "en"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "de_DE"}, "fr"),
        ({}, "fr"),
    ],
)
def test_the_operator_is_spoken_to_in_the_language_of_the_terminal(environment: dict[str, str], language: str) -> None:
    assert operator_language(environment) == language


@pytest.mark.any_database
def test_a_person_on_a_terminal_is_asked_until_each_answer_is_right(tmp_path: Path) -> None:
    typed = [
        "", "EPT Grand-Orly Seine Bièvre", "moi@example.org", "agent@partners.test", "agent@partners.test",
        "adjoint@partners.test", "pas une adresse", "agent@partners.test",
    ]  # fmt: skip
    with copied({"ENGINE": "sqlite3"}) as database:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "DATABASE_URL": f"sqlite:///{database}",
            "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}",
            "LC_ALL": "fr_FR.UTF-8",
        }
        terminal, line = pty.openpty()
        os.write(terminal, "\n".join([*typed, ""]).encode())
        done = subprocess.run(
            [sys.executable, "manage.py", "setup"],
            cwd=ROOT,
            env=environment,
            stdin=line,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # The invitations are owed: the worker sends them.
        subprocess.run([sys.executable, "manage.py", "db_worker", "--batch"], cwd=ROOT, env=environment, check=True)
    assert done.returncode == 0, done.stdout
    for words in ("Il faut un nom.", "est un exemple", "deux personnes", " valide.", "partenaire : EPT Grand-Orly"):
        assert words in done.stdout
    mails = "".join(path.read_text() for path in (tmp_path / "mail").iterdir())
    assert {"agent@partners.test", "adjoint@partners.test"} == set(re.findall(r"^To: (\S+)", mails, re.M))


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "personne ne peut répondre"), ("en", "Nobody can be asked here")]
)
def test_without_a_terminal_or_a_file_the_operator_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match=f"{said}.*--from") as error:
        call_command("setup")
    assert error.value.returncode == 1
    assert not Commune.objects.exists()


def test_whoever_stops_answering_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(question: str) -> str:
        raise EOFError

    monkeypatch.setenv("LC_ALL", "fr_FR")
    monkeypatch.setattr("sys.stdin", TerminalDouble())
    monkeypatch.setattr("builtins.input", stop)
    with pytest.raises(CommandError, match="Rien n’a été enregistré"):
        call_command("setup", stdout=StringIO())
    assert not Commune.objects.exists()
