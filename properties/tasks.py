"""Work on an imported file in the background: a worker that is killed leaves a run that may be started again."""

from django_tasks import task

from properties.importing.runs import work


@task()
def work_on(pk: int) -> None:
    """Check or apply the run of this key."""
    work(pk=pk)
