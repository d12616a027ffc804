"""Tasks that wake the index workers.

Durable state lives in rows (outbox, packed layout), so a lost task loses no work.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from foundation.waking import come_back
from search import services
from search.elastic import client
from search.elastic.indexing.worker import QUEUE
from search.engines.database import table

# Delay before another look: another release may still write rows, or be due to rebuild them.
_PACKING = timedelta(minutes=1)


@task()
def keep_index() -> None:
    """Drain the outbox now; reschedule for the next retry."""
    if client.is_configured():
        QUEUE.run(keep_index)


def wake() -> None:
    """Enqueue `keep_index` on commit."""
    transaction.on_commit(lambda: come_back(keep_index, timezone.now()), robust=True)


@task()
def pack_index() -> None:
    """Rebuild the database index packed by another release; reschedule until its layout is uniform.

    The next run is scheduled before the rebuild: a killed worker leaves its task marked as running for ever. Only the
    release that migrated or rebuilt last rebuilds (`table.is_ours_to_pack`); the other leaves the rows to its worker.
    """
    if not table.is_current():
        come_back(pack_index, timezone.now() + _PACKING)
        services.pack_index_anew()


def wake_packing() -> None:
    """Enqueue `pack_index` on commit while rows of two layouts are mixed."""
    if not table.is_current():
        transaction.on_commit(lambda: come_back(pack_index, timezone.now()), robust=True)
