"""manage.py import_properties PATH [--source NAME] [--partner SLUG] [--constant FIELD=VALUE] [--complete] [--dry-run]

On a terminal the command checks the file first, prints the changes and asks for confirmation, unless --yes; elsewhere
the file is applied at once.
"""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from properties.importing.constants import BadConstantError, partner_of, read_constants
from properties.importing.progress import Bar
from properties.importing.reading import UnreadableFileError, count_lines
from properties.importing.report import OutOfDateError, Report, TooManyWithdrawalsError
from properties.importing.service import import_file
from properties.importing.sources import UnknownPartnerError, source_for
from properties.models import ImportSource


class Command(BaseCommand):
    help = "Import business premises from a CSV, XLSX or JSON file. Exit 1 when a row is rejected; the others are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--source", default="file", help="whose file it is: a row is known by source and reference")
        parser.add_argument("--partner", default="", help="the partner that a new source belongs to")
        parser.add_argument(
            "--constant",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help="one value for every row, read as a cell of that column is; may be repeated; the file may not have the"
            " column too",
        )
        parser.add_argument("--complete", action="store_true", help="withdraw what the source has and the file lacks")
        parser.add_argument("--allow-withdrawals", action="store_true", help="even more than a fifth of it")
        parser.add_argument("--yes", action="store_true", help="do not ask on a terminal")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        try:
            options["constants"] = read_constants(options["constant"])
            source = source_for(
                slug=options["source"],
                path=path,
                partner=options["partner"] or partner_of(options["constants"]),
                complete=options["complete"],
            )
            asks = not dry_run and not options["yes"] and sys.stdin.isatty()
            report = self._import(path, source, options, dry_run=dry_run or asks)
            if asks:
                self._tell(report, dry_run=True)
                if input(_("Apply this? Type yes: ")).strip().lower() not in {"yes", "y", "oui", "o"}:
                    self.stdout.write(_("Nothing was written."))
                    return
                report = self._import(path, source, options, dry_run=False, expected=report.digest)
        except (BadConstantError, UnreadableFileError, UnknownPartnerError, OutOfDateError) as error:
            raise CommandError(str(error)) from None
        except TooManyWithdrawalsError as refusal:
            for reference in refusal.report.missing.values():
                self.stderr.write(reference)
            raise CommandError(_("%(why)s Allow it with --allow-withdrawals.") % {"why": refusal}) from None
        if not dry_run and source.pk is None:
            source.save()
        self._tell(report, dry_run=dry_run)
        if report.rejections:
            raise SystemExit(1)

    def _import(
        self, path: Path, source: ImportSource, options: dict[str, Any], *, dry_run: bool, expected: str = ""
    ) -> Report:
        with self._bar(path) as progress:
            return import_file(
                path=path,
                source=source.slug,
                partner=source.partner,
                mapping=source.mapping,
                constants=options["constants"],
                complete=source.is_complete or options["complete"],
                allow_withdrawals=options["allow_withdrawals"],
                expected=expected,
                dry_run=dry_run,
                progress=progress,
            )

    def _bar(self, path: Path) -> AbstractContextManager[Bar | None]:
        """Return a progress bar on a terminal; a file or a pipe gets the report alone."""
        return Bar(self._draw, count_lines(path)) if self.stderr.isatty() else nullcontext()

    def _draw(self, text: str) -> None:
        self.stderr.write(text, style_func=str, ending="")
        self.stderr.flush()

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        if report.unknown:
            self.stdout.write(_("columns left out: %(columns)s") % {"columns": ", ".join(report.unknown)})
        for reference, fields in report.differences.items():
            for name, (before, after) in sorted(fields.items()):
                self.stdout.write(f"{reference}: {name}, {before or '-'} → {after or '-'}")
        for reference in report.missing.values():
            self.stdout.write(_("%(reference)s: missing from the file, withdrawn") % {"reference": reference})
        for rejection in report.rejections:
            self.stderr.write(str(rejection))
        self.stdout.write(
            _("%(created)s created, %(changed)s changed, %(unchanged)s unchanged, %(rejected)s rejected")
            % {
                "created": len(report.created),
                "changed": len(report.differences),
                "unchanged": len(report.unchanged),
                "rejected": len(report.rejections),
            }
            + (_(" (dry run, nothing written)") if dry_run else "")
        )
