"""manage.py remind"""

from typing import Any

from django.core.management.base import BaseCommand

from implantation.enquiries import notices
from implantation.enquiries.digests import owe_digests


class Command(BaseCommand):
    help = (
        "For cron, every working morning: one mail to each officer of what is late or due today; when it goes on, to "
        "the deputy, then to the coordinator. Once a day, however often it runs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        owed = owe_digests()
        self.stdout.write(f"{owed} digests owed, {notices.QUEUE.sweep()} mails sent")
