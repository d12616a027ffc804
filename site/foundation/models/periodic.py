"""What is done at its hours, by whichever worker is there."""

from django.db import models

from foundation.models.owed import OwedRow


class PeriodicRun(OwedRow):
    """The next run of a job of `foundation.periodic`, by the job's name; `done_at`, the end of the last one."""

    name = models.CharField(max_length=60, unique=True)
    done_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
