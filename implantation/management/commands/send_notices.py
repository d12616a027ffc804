"""manage.py send_notices"""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.accounts import mails
from implantation.notices import sweep_notices
from implantation.services import return_expired_transfers
from implantation.services.departures import return_what_departed_hold


class Command(BaseCommand):
    help = (
        "For cron: return transfers nobody answered in time, give to the coordinator what departed partners hold, and "
        "send the mails that are owed now."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        returned = return_expired_transfers()
        if moved := return_what_departed_hold():
            self.stdout.write(f"{moved} enquiries of departed partners went to the coordinator")
        self.stdout.write(f"{returned} transfers returned, {sweep_notices() + mails.QUEUE.sweep()} mails sent")
