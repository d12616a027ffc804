"""Base model of an outbox: work owed by any app, never lost."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models

# Delay past the due time after which no worker seems to run.
NEGLECTED = timedelta(minutes=15)


class OwedQuerySet(models.QuerySet[Any]):
    def due(self, at: datetime) -> Self:
        """Filter rows due at `at`, the longest due first."""
        return self.filter(due_at__lte=at).order_by("due_at", "pk")

    def troubled(self, at: datetime) -> Self:
        """Filter rows with a failed try, or overdue without a worker."""
        return self.filter(models.Q(attempts__gt=0) | models.Q(due_at__lt=at - NEGLECTED))


class OwedRow(models.Model):
    """Outbox row, written in the transaction of its cause and worked on by `foundation.queue.Queue`.

    - `due_at`: next try; end of the lease while claimed; None without automatic retry: done and kept, or set aside.
    - `lease`: claim of the current worker. A concurrent change sets None, and the worker then leaves the row untouched.
    - `attempts`: number of failed tries. `error`: the last failure, without personal data.
    """

    due_at = models.DateTimeField(null=True, db_index=True)
    lease = models.UUIDField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        abstract = True
