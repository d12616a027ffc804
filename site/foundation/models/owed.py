"""The columns of what is owed: any app's table of work that must not be lost."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models

# Work that waits longer than this past its time has no worker.
NEGLECTED = timedelta(minutes=15)


class OwedQuerySet(models.QuerySet[Any]):
    def due(self, at: datetime) -> Self:
        """Rows to be worked on at `at`, the longest due first."""
        return self.filter(due_at__lte=at).order_by("due_at", "pk")

    def troubled(self, at: datetime) -> Self:
        """Rows that failed at least once, or that no worker took."""
        return self.filter(models.Q(attempts__gt=0) | models.Q(due_at__lt=at - NEGLECTED))


class OwedRow(models.Model):
    """One piece of work, written in the transaction that owes it and worked on by `foundation.queue.Queue`.

    - `due_at`: the next try; the end of the lease while a worker has the row; None when it is not tried by itself:
      done and kept, or set aside.
    - `lease`: the claim of the worker that has it. Whoever changes the row meanwhile sets it to None, and the worker
      then leaves the row as it finds it.
    - `attempts`: tries that failed. `error`: the last one's, without personal data.
    """

    due_at = models.DateTimeField(null=True, db_index=True)
    lease = models.UUIDField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        abstract = True
