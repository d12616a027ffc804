"""Questions to a partner about its listings: still available, under offer, or gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import OwedRow
from properties.choices import CheckAnswer
from properties.models.property import Property


class Confirmation(OwedRow):
    """Outbox row for a question about one listing, open until answered or overtaken by another check.

    `asked_at`: the time the question fell due; `sent_at`: the time the mail left.
    """

    property = models.ForeignKey(Property, on_delete=models.CASCADE, related_name="confirmations")
    asked_at = models.DateTimeField(_("asked at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    answer = models.CharField(_("answer"), max_length=12, choices=CheckAnswer.choices, blank=True)

    class Meta:
        verbose_name = _("confirmation of a listing")
        verbose_name_plural = _("confirmations of listings")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["property"], condition=models.Q(closed_at__isnull=True), name="confirmation_one_open"
            ),
            models.CheckConstraint(
                name="confirmation_answered_is_closed",
                condition=models.Q(answer="") | models.Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property_id} {self.asked_at:%Y-%m-%d}"
