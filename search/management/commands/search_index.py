"""`manage.py search_index rebuild | sync | status | verify`: maintain the indices of both engines."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from properties.models import Property
from search import services
from search.elastic import client
from search.elastic.indexing import comparing, indices, rebuilding, state, worker
from search.engines.database import table
from search.models import Owed
from search.services import engine_in_force


class Command(BaseCommand):
    help = "Rebuild or repair the indices of the premises, tell their state, or compare them with the offering."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        rebuild = actions.add_parser("rebuild", help="write every property anew; searches go on meanwhile")
        rebuild.add_argument("--back", action="store_true", help="put the former Elasticsearch index in force again")
        sync = actions.add_parser("sync", help="write what waits, then what differs from its property (cron, nightly)")
        sync.add_argument("--waiting", action="store_true", help="only what waits (cron, every few minutes)")
        actions.add_parser("status", help="the engine in force, what it holds, and what waits for it")
        actions.add_parser("verify", help="compare every property with its index; exit 1 on a difference")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, action)(**options)
        except rebuilding.RebuildError as reason:
            raise CommandError(f"searches are answered as before: {reason}") from reason
        except indices.NoIndexError as reason:
            raise CommandError(str(reason)) from reason
        except client.ERRORS as error:
            raise CommandError(f"Elasticsearch failed; run this again: {type(error).__name__}: {error}") from error

    def rebuild(self, *, back: bool, **options: Any) -> None:
        if back:
            self.stdout.write(f"in force again: {rebuilding.go_back()}")
            self.sync(waiting=False)
            return
        self.stdout.write(f"database: {services.rebuild_index()} properties indexed")
        if client.is_configured():
            name = rebuilding.rebuild(self.stdout.write)
            self.stdout.write(f"elasticsearch: {name} is in force")

    def sync(self, *, waiting: bool, **options: Any) -> None:
        if not waiting:
            self.stdout.write(f"database: {len(services.sync_index())} properties repaired")
        if client.is_configured():
            written = worker.QUEUE.sweep()
            self.stdout.write(f"elasticsearch: {written} waiting changes written")
            if not waiting:
                self.stdout.write(f"elasticsearch: {len(comparing.sync())} properties repaired")

    def status(self, **options: Any) -> None:
        self.stdout.write(f"engine: {engine_in_force().name}")
        self.stdout.write(f"{Property.objects.public().count()} public properties, {len(table.keys())} rows")
        if not table.is_current():
            self.stdout.write("rows of another release: nothing is counted beside the filters until `rebuild`")
        if client.is_configured():
            for line in state.lines():
                self.stdout.write(line)

    def verify(self, **options: Any) -> None:
        different = [("database", key) for key in services.index_differences()]
        if client.is_configured():
            different += [("elasticsearch", key) for key in comparing.differences()]
        keys = {key for _engine, key in different}
        references = dict(Property.objects.filter(pk__in=keys).values_list("pk", "reference"))
        for engine, key in different:
            name = references.get(key) or (f"row {key}, no such property" if key != Owed.SYNONYMS else "synonyms")
            self.stdout.write(f"{engine}: {name}: differs")
        if different:
            raise CommandError(f"{len(different)} differences; `search_index sync` repairs them")
        self.stdout.write("0 differences")
