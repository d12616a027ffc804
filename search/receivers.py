"""Signal receivers: index updates in the transaction of the change to the offering or its places."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import m2m_changed, post_migrate, post_save, pre_delete, pre_save
from django.dispatch import receiver

from properties.models import NearbyStation, Property
from properties.signals import offering_changed, tell
from search.elastic.indexing import outbox
from search.engines.database.table import is_current
from search.models import Owed
from search.services import index, rebuild_index
from search.signals import synonyms_changed
from search.tasks import wake, wake_packing
from territory.models import Commune, Line, Station

# Commune fields copied into the search index.
_OF_COMMUNE = ("name", "department", "postcodes")


@receiver(offering_changed, dispatch_uid="search.database_index")
def keep_index(*, ids: Iterable[int], **kwargs: Any) -> None:
    """Update the database index in the transaction of the change."""
    index(ids=ids)
    wake_packing()


@receiver(post_migrate, sender=apps.get_app_config("search"), dispatch_uid="search.packing")
def pack_for_this_release(*, using: str, verbosity: int = 0, stdout: Any = None, **kwargs: Any) -> None:
    """Rebuild the database index after a migration when its packed layout is another release's.

    Skipped until the last migration has run: the tables of the offering may not exist before.
    """
    executor = MigrationExecutor(connections[using])
    if using != DEFAULT_DB_ALIAS or executor.migration_plan(executor.loader.graph.leaf_nodes()) or is_current():
        return
    number = rebuild_index()
    if verbosity:
        print(f"  Search index packed anew for this release: {number} properties.", file=stdout)


@receiver(offering_changed, dispatch_uid="search.outbox")
def owe_to_elasticsearch(*, ids: Iterable[int], **kwargs: Any) -> None:
    """Write the changed properties to the outbox and wake a worker."""
    if outbox.owe(ids):
        wake()


@receiver(synonyms_changed, dispatch_uid="search.outbox_of_synonyms")
def owe_synonyms(**kwargs: Any) -> None:
    """Write the synonym set to the outbox and wake a worker."""
    if outbox.owe([Owed.SYNONYMS]):
        wake()


@receiver(pre_save, sender=Commune, dispatch_uid="search.commune_before")
def see_commune(*, instance: Commune, **kwargs: Any) -> None:
    """Record before the save whether searched fields change; the old values are lost afterwards."""
    stored = Commune.objects.filter(pk=instance.pk).values_list(*_OF_COMMUNE).first()
    changes = stored is not None and stored != tuple(getattr(instance, name) for name in _OF_COMMUNE)
    instance.__dict__["_search_changes"] = changes


@receiver(post_save, sender=Commune, dispatch_uid="search.commune_after")
def follow_commune(*, instance: Commune, **kwargs: Any) -> None:
    """Re-index the properties of a commune whose searched fields changed."""
    if instance.__dict__.pop("_search_changes", False):
        tell(Property.objects.filter(commune=instance).values_list("pk", flat=True))


@receiver(m2m_changed, sender=Station.lines.through, dispatch_uid="search.lines")
def follow_lines(*, action: str, instance: Any, reverse: bool, pk_set: set[str] | None, **kwargs: Any) -> None:
    """Re-index the properties near a station when its lines change."""
    if not action.startswith("post_"):
        return
    near = NearbyStation.objects.all()
    if not reverse:
        near = near.filter(station=instance)
    elif pk_set is not None:
        near = near.filter(station__in=pk_set)
    tell(near.values_list("property", flat=True))


@receiver(pre_delete, sender=Line, dispatch_uid="search.line_gone")
def leave_line(*, instance: Line, **kwargs: Any) -> None:
    """Re-index the properties near the stations of a deleted line."""
    instance.stations.clear()
