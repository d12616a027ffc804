"""manage.py purge_personal_data [--dry-run]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from foundation.accounts import services as accounts
from implantation.enquiries.privacy import purge_openings, purge_personal_data


class Command(BaseCommand):
    help = (
        "For cron: anonymise every enquiry whose last contact is older than ENQUIRY_RETENTION_YEARS; forget what the "
        "access log kept for ACCESS_LOG_DAYS."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="name the enquiries, write nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for reference in (references := purge_personal_data(dry_run=dry_run)):
            self.stdout.write(reference)
        self.stdout.write(f"{len(references)} {'to anonymise' if dry_run else 'anonymised'}")
        if not dry_run:
            now = timezone.now()
            self.stdout.write(f"{accounts.purge(at=now) + purge_openings(at=now)} lines of the access log deleted")
