"""Publication of the demonstration: `manage.py demo [--properties N] [--enquiries N] [--seed S]`."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import premises
from demo.accounts import PASSWORD, create_accounts
from demo.enquiries import seed_enquiries
from demo.offering import offer
from demo.publishing import publish
from demo.routing import publish_routing_table
from demo.synonyms import seed_synonyms
from implantation.routing.proof.keeping import prove_current
from territory.services import load

_ADDRESSES = [("/fr/", "site en français"), ("/en/", "site in English"), ("/admin/", "administration")]


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Silence a logger's info lines, one per published page."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


class Command(BaseCommand):
    help = "Publish the demonstration territory in French and English. May be run again; keeps what editors changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--properties", type=int, default=premises.NUMBER, help="fictional premises")
        parser.add_argument("--enquiries", type=int, default=40, help="fictional past enquiries")
        parser.add_argument("--seed", type=int, default=premises.SEED)

    def handle(self, *args: Any, properties: int, enquiries: int, seed: int, **options: Any) -> None:
        if properties < 0 or enquiries < 0:
            raise CommandError("--properties and --enquiries cannot be negative.")
        with _quiet("wagtail"):
            self._step("territory", load)
            self._step("premises", lambda: self._premises(properties, seed))
            self._step("synonyms", seed_synonyms)
            self._step("pages in both languages", publish)
            logins = create_accounts()
            self._step("routing table", publish_routing_table)
            prove_current()
            self._step("past enquiries", lambda: seed_enquiries(enquiries, seed=seed))
        folder = getattr(settings, "EMAIL_FILE_PATH", None)
        mails = [(os.path.relpath(folder), "mails sent, as files")] if folder else []
        rows = [
            *((settings.SITE_URL + path, description) for path, description in _ADDRESSES),
            *mails,
            ("", ""),
            *((login.username, login.does) for login in logins),
            ("", ""),
            ("password", f"{PASSWORD} (for all of them)"),
        ]
        width = max(len(left) for left, _right in rows)
        for left, right in rows:
            self.stdout.write(f"  {left:<{width}}  {right}".rstrip())

    def _step(self, what: str, do: Any) -> None:
        self.stdout.write(f"{what} ...", ending=" ")
        self.stdout.flush()
        do()
        self.stdout.write("done")

    def _premises(self, number: int, seed: int) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "premises.csv"
            if (number, seed) == (premises.NUMBER, premises.SEED):
                path = premises.CSV
            else:
                premises.write_csv(path, number, seed)
            report = offer(path)
        for rejection in report.rejections:
            raise CommandError(str(rejection))
