"""manage.py check_premises: daily freshness cycle, for cron."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from properties.freshness import cycle


class Command(BaseCommand):
    help = "Ask partners about listings nobody checked lately, mark what stays unanswered, take off what expired."

    def handle(self, *args: Any, **options: Any) -> None:
        day = cycle.run()
        self.stdout.write(
            _(
                "%(asked)s to ask about, %(sent)s asked by mail, %(marked)s marked “to confirm”, "
                "%(gone)s taken off the site"
            )
            % {"asked": day.asked, "marked": day.marked, "gone": day.gone, "sent": day.sent}
        )
