"""Work on an imported file in the background: a worker that is killed leaves a run that may be started again."""

from django_tasks import task

from properties.importing.runs import work


# Somebody waits before the screen: ahead of what Wagtail indexes.
@task(priority=50)
def work_on(pk: int) -> None:
    """Check or apply the run of this key."""
    work(pk=pk)
