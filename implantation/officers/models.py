"""Absences of officers."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from territory.models import Officer


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Filter to absences covering `day`."""
        return self.filter(first__lte=day, last__gte=day)


class Absence(models.Model):
    """Absence of an officer from `first` to `last`, both included; colleagues get the notices meanwhile."""

    officer = models.ForeignKey(
        Officer, on_delete=models.CASCADE, related_name="absences", verbose_name=_("who is away")
    )
    first = models.DateField(_("first day away"))
    last = models.DateField(_("last day away"))

    wagtail_reference_index_ignore = True

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="absence_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.officer}: {self.first} – {self.last}"
