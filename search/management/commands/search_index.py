"""`manage.py search_index rebuild | sync | status | verify`: the index of the premises."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from properties.models import Property
from search import services
from search.engines import engine_in_force
from search.engines.database import table


class Command(BaseCommand):
    help = "Rebuild or repair the index of the premises, tell its state, or compare it with the offering."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild", help="write every row anew")
        actions.add_parser("sync", help="write anew the rows that differ from their property")
        actions.add_parser("status", help="the engine in force and the number of rows")
        actions.add_parser("verify", help="compare every row with its property; exit 1 on a difference")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "rebuild":
            self.stdout.write(f"{services.rebuild_index()} properties indexed")
        elif action == "sync":
            self.stdout.write(f"{len(services.sync_index())} properties repaired")
        elif action == "status":
            self.stdout.write(f"engine: {engine_in_force().name}")
            self.stdout.write(f"{Property.objects.public().count()} public properties, {len(table.keys())} rows")
        elif different := services.index_differences():
            references = dict(Property.objects.filter(pk__in=different).values_list("pk", "reference"))
            for key in different:
                self.stdout.write(f"{references.get(key, f'row {key}, no such property')}: differs")
            raise CommandError(f"{len(different)} differences; `search_index sync` repairs them")
        else:
            self.stdout.write("0 differences")
