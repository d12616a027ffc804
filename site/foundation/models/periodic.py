"""Schedule of the periodic jobs."""

from django.db import models

from foundation.models.owed import OwedRow


class PeriodicRun(OwedRow):
    """Next run of a job of `foundation.periodic`, by job name; `done_at` is the end of the last run."""

    name = models.CharField(max_length=60, unique=True)
    done_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
