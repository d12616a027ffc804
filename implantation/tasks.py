"""A task only wakes the sweep: what must not be lost is the row of a notice, not the task."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from implantation.notices import LEASE, next_try_at, sweep_notices


@task()
def wake_sweep() -> None:
    """Send what is owed now, and come back when the next try falls due.

    A worker that is killed while it sends leaves its task running for ever and its notice leased: so, before anything
    is sent, somebody is already bound to come back once the lease is over.
    """
    if _due(next_try_at()):
        _come_back(timezone.now() + LEASE)
        sweep_notices()
    later = next_try_at()
    if later is not None:
        _come_back(later)


def _due(moment: datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()


def _come_back(moment: datetime) -> None:
    """Make sure that a task wakes by that moment; `get_date_max()` is how the backend writes "at once"."""
    waiting = DBTaskResult.objects.filter(task_path=wake_sweep.module_path, status=TaskResultStatus.READY)
    if not waiting.filter(Q(run_after__lte=moment) | Q(run_after=get_date_max())).exists():
        wake_sweep.using(run_after=moment).enqueue()
