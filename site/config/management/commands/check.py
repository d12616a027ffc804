"""manage.py check, which also reads the database."""

from typing import Any

from django.core.management.commands import check
from django.db import connections


class Command(check.Command):
    """Django's `check`, with every database unless one is named: a site that is not set up says so by itself."""

    def handle(self, *app_labels: Any, **options: Any) -> None:
        options["databases"] = options["databases"] or list(connections)
        super().handle(*app_labels, **options)
