"""`manage.py migrate`, refusing databases older than the first release."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from config.releases import forgotten_migrations


class Command(migrate.Command):
    """Django's `migrate`; a database with forgotten migrations is left untouched."""

    def handle(self, *args: Any, **options: Any) -> None:
        if forgotten := forgotten_migrations(connections[options["database"]]):
            raise CommandError(
                "This database was made before the first release, whose migrations start over: it cannot be brought "
                f"up to date. Nothing was changed in it. It knows {', '.join(forgotten[:3])} and "
                f"{max(0, len(forgotten) - 3)} more. Keep it, and name an empty database in DATABASE_URL."
            )
        super().handle(*args, **options)
