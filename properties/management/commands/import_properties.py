"""manage.py import_properties PATH [--source NAME] [--dry-run]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from properties.importing.reading import UnreadableFile
from properties.importing.service import import_file


class Command(BaseCommand):
    help = "Import business premises from a CSV, XLSX or JSON file. Exit 1 when a row is rejected; the others are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--source", default="file", help="whose file it is: a row is known by source and reference")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")

    def handle(self, *args: Any, path: Path, source: str, dry_run: bool, **options: Any) -> None:
        try:
            report = import_file(path=path, source=source, dry_run=dry_run)
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        for reference, fields in report.changed.items():
            self.stdout.write(f"{reference}: {', '.join(sorted(fields))}")
        for rejection in report.rejections:
            self.stderr.write(str(rejection))
        self.stdout.write(
            _("%(created)s created, %(changed)s changed, %(unchanged)s unchanged, %(rejected)s rejected")
            % {
                "created": len(report.created),
                "changed": len(report.changed),
                "unchanged": len(report.unchanged),
                "rejected": len(report.rejections),
            }
            + (_(" (dry run, nothing written)") if dry_run else "")
        )
        if report.rejections:
            raise SystemExit(1)
