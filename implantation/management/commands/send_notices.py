"""manage.py send_notices"""

from typing import Any

from django.core.management.base import BaseCommand

from implantation.notices import sweep_notices
from implantation.services import return_expired_transfers


class Command(BaseCommand):
    help = "For cron: return transfers nobody answered in time, and send the mails that are owed now."

    def handle(self, *args: Any, **options: Any) -> None:
        returned = return_expired_transfers()
        self.stdout.write(f"{returned} transfers returned, {sweep_notices()} mails sent")
