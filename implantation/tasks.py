"""A task only wakes the sweep: what must not be lost is the row of a notice, not the task."""

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from implantation.notices import next_try_at, sweep_notices


@task()
def wake_sweep() -> None:
    """Send what is owed now, and come back when the next try falls due."""
    sweep_notices()
    later = next_try_at()
    if (
        later is not None
        and not DBTaskResult.objects.filter(
            task_path=wake_sweep.module_path, status=TaskResultStatus.READY, run_after__gte=later
        ).exists()
    ):
        wake_sweep.using(run_after=later).enqueue()
