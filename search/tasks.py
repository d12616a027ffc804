"""A task only wakes who looks after an index: what must not be lost is a row (of what is owed, or of how the index is
packed), not the task."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from foundation.waking import come_back
from search import services
from search.elastic import client
from search.elastic.indexing.worker import QUEUE
from search.engines.database import table

# Another release may still write, or be the one to rebuild: looked at again after so long.
_PACKING = timedelta(minutes=1)


@task()
def keep_index() -> None:
    """Write what is owed to the index now, and come back when the next try falls due."""
    if client.is_configured():
        QUEUE.run(keep_index)


def wake() -> None:
    """Have what is owed written as soon as this transaction is committed."""
    transaction.on_commit(lambda: come_back(keep_index, timezone.now()), robust=True)


@task()
def pack_index() -> None:
    """Rebuild the database's index once another release has packed rows of it; come back until all are of one layout.

    Somebody is bound to come back before anything is written: a worker that is killed leaves its task running for ever.
    The release that is not to rebuild leaves it to
    the worker of the one that is.
    """
    if not table.is_current():
        come_back(pack_index, timezone.now() + _PACKING)
        services.pack_index_anew()


def wake_packing() -> None:
    """Have the rows of the database's index packed anew after this transaction, when they are of two layouts now."""
    if not table.is_current():
        transaction.on_commit(lambda: come_back(pack_index, timezone.now()), robust=True)
