"""manage.py send_notices"""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.accounts import mails as account_mails
from implantation.enquiries import notices
from implantation.enquiries.custody import return_expired_transfers, return_what_departed_hold
from implantation.routing import mails as table_mails


class Command(BaseCommand):
    help = (
        "For cron: return transfers nobody answered in time, give to the coordinator what departed partners hold, and "
        "send the mails that are owed now."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        returned = return_expired_transfers()
        if moved := return_what_departed_hold():
            self.stdout.write(f"{moved} enquiries of departed partners went to the coordinator")
        sent = sum(queue.sweep() for queue in (notices.QUEUE, table_mails.QUEUE, account_mails.QUEUE))
        self.stdout.write(f"{returned} transfers returned, {sent} mails sent")
