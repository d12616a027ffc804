"""First start of a site: `manage.py setup [--from FILE] [--print-links]`."""

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _

from config.questions import Questionnaire
from implantation.errors import RefusedError
from implantation.routing.activation import missing, open_routing
from implantation.routing.proof.keeping import prove_current
from pages.first_pages.publishing import publish_first_pages
from territory.founding.document import BadFileError, Document, Founding
from territory.founding.reading import parse, read
from territory.founding.services import Added, found, invitation_link, never_signed_in
from territory.founding.staff import has_administrator
from territory.services import load_places

EXAMPLE = "docs/partners.example.toml"


class Command(BaseCommand):
    help = (
        "First start of a site: territory, administrator, partners with their officers, first rules and pages. May be "
        "run again, also with a longer file: it adds what is missing and changes nothing else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="path", metavar="FILE", help=f"a TOML file of partners, such as {EXAMPLE}; asks without one"
        )
        parser.add_argument(
            "--print-links",
            action="store_true",
            help="print, for each account nobody has entered yet, the link to choose its password: for a site whose "
            "mail does not work; whoever reads a link may use it, once",
        )

    def handle(self, *args: Any, path: str | None, print_links: bool, **options: Any) -> None:
        with translation.override(operator_language()), _quiet("wagtail"):
            _refuse_unmigrated()
            try:
                document = parse(_content(path)) if path else self._answers()
                founding, added, table = _write(document)
            except BadFileError as error:
                raise CommandError("\n".join([_("Nothing was written:"), *error.problems])) from None
            except RefusedError as error:
                raise CommandError(f"{_('Nothing was written:')} {error}") from None
            pages = publish_first_pages()
            self._report(added, table=table, pages=pages)
            if print_links:
                self._print_links(founding)

    def _answers(self) -> Document:
        if not missing() and has_administrator():
            return {}
        if not sys.stdin.isatty():
            raise CommandError(
                _(
                    "Nobody can be asked here: run this on a terminal, or name a file of partners with --from "
                    "(copy %(example)s)."
                )
                % {"example": EXAMPLE}
            )
        try:
            return Questionnaire(ask=input, say=self.stdout.write).document()
        except (EOFError, KeyboardInterrupt):
            raise CommandError(_("Nothing was written.")) from None

    def _report(self, added: Added, *, table: bool, pages: int) -> None:
        lines = [_("partner: %(name)s") % {"name": partner} for partner in added.partners]
        lines += [_("account: %(email)s, invited by mail") % {"email": user.email} for user in added.accounts]
        lines += [_("rules: one, every request goes to the partner that coordinates")] if table else []
        lines += [_("pages: %(number)s published") % {"number": pages}] if pages else []
        for line in lines or [_("Nothing was missing, nothing has changed.")]:
            self.stdout.write(line)
        if added.accounts:
            self.stdout.write(
                _("Invitations leave with the mails of the site; if none arrives, run this again with --print-links.")
            )
        if pages:
            self.stdout.write(_("Left to you: what the legal pages leave blank. The admin lists it on its home page."))

    def _print_links(self, founding: Founding) -> None:
        for user in never_signed_in(founding):
            self.stdout.write(f"{user.get_username()}: {invitation_link(user)}")


def _refuse_unmigrated() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(_("The database is not up to date: run manage.py migrate first."))


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = {"path": path, "reason": error.strerror}
        raise CommandError(_("%(path)s cannot be read: %(reason)s.") % reason) from None


@transaction.atomic
def _write(document: Document) -> tuple[Founding, Added, bool]:
    """Write all but the pages, atomically.

    Returns the founding document, the additions, and whether a routing table was opened.
    """
    load_places()
    founding = read(document)
    added = found(founding)
    opened = open_routing() is not None
    prove_current()
    return founding, added, opened


def operator_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the terminal's language (LC_ALL, LC_MESSAGES, LANG), with fallback to the site's default."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    code = locale[:2].lower()
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


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
