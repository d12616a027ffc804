"""A task only wakes the sweep: what must not be lost is the row of a notice, not the task."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from foundation.waking import come_back
from implantation.notices import LEASE, next_try_at, sweep_notices


@task()
def wake_sweep() -> None:
    """Send what is owed now, and come back when the next try falls due.

    A worker that is killed while it sends leaves its task running for ever and its notice leased: so, before anything
    is sent, somebody is already bound to come back once the lease is over.
    """
    if _due(next_try_at()):
        come_back(wake_sweep, timezone.now() + LEASE)
        sweep_notices()
    later = next_try_at()
    if later is not None:
        come_back(wake_sweep, later)


def _due(moment: datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()
