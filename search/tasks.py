"""A task only wakes the worker of the index: what must not be lost is the row of what is owed, not the task."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from foundation.waking import come_back
from search.elastic import client, outbox, worker


@task()
def keep_index() -> None:
    """Write what is owed to the index now, and come back when the next try falls due.

    Before anything is written, somebody is already bound to come back once the lease is over: a worker that is killed
    leaves its task running for ever.
    """
    if not client.is_configured():
        return
    now, due = timezone.now(), outbox.next_due()
    if due is not None and due <= now:
        come_back(keep_index, now + outbox.LEASE)
        worker.sweep()
    later = outbox.next_due()
    if later is not None:
        # What is still due is so because the index does not answer: not again at once.
        come_back(keep_index, max(later, timezone.now() + outbox.FIRST_WAIT))


def wake() -> None:
    """Have what is owed written as soon as this transaction is committed."""
    transaction.on_commit(lambda: come_back(keep_index, timezone.now()), robust=True)
