"""Transfers of custody between partners. Until acceptance the holder keeps the enquiry."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from implantation.enquiries.choices import TransferState
from implantation.enquiries.models.enquiries import Enquiry
from territory.models import Partner


class Transfer(models.Model):
    """Proposed transfer from the holder to another partner; at most one open for each enquiry (constraint)."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="transfers")
    from_partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    to_partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="proposed_transfers")
    state = models.CharField(
        pgettext_lazy("of progress", "state"),
        max_length=10,
        choices=TransferState.choices,
        default=TransferState.PROPOSED,
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"))
    due = models.DateField(_("answer due"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=models.Q(state=TransferState.PROPOSED), name="one_open_transfer"
            ),
            models.CheckConstraint(
                name="transfer_answered_once_closed",
                condition=models.Q(state=TransferState.PROPOSED, answered_at__isnull=True)
                | (~models.Q(state=TransferState.PROPOSED) & models.Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="transfer_changes_partner", condition=~models.Q(from_partner=models.F("to_partner"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry}: {self.from_partner} → {self.to_partner}"
