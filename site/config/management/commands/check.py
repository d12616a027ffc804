"""`manage.py check`, database checks included."""

from typing import Any

from django.core.management.commands import check
from django.db import connections


class Command(check.Command):
    """Django's `check` on every database by default, so that an incomplete setup is reported."""

    def handle(self, *app_labels: Any, **options: Any) -> None:
        options["databases"] = options["databases"] or list(connections)
        super().handle(*app_labels, **options)
