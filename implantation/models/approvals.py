"""What the partners answered about a table, and what happened to it, append-only."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from implantation.choices import ApprovalState, TableEventKind
from implantation.models.tables import RoutingTable
from territory.models import Partner


class Approval(models.Model):
    """The answer asked of a partner whose share changes. `before` and `after` are its shares of the space, 0 to 1.

    Only the answers of the table's current round count; earlier ones are its history.
    """

    table = models.ForeignKey(RoutingTable, on_delete=models.CASCADE, related_name="approvals")
    round = models.PositiveSmallIntegerField(_("round of approvals"))
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="approvals", verbose_name=_("partner"))
    state = models.CharField(
        pgettext_lazy("of progress", "state"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.ASKED
    )
    before = models.FloatField(_("share before"))
    after = models.FloatField(_("share after"))
    asked_at = models.DateTimeField(_("asked at"))
    due = models.DateField(_("answer due"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-round", "partner"]
        constraints = [
            models.UniqueConstraint(fields=["table", "round", "partner"], name="approval_asked_once"),
            models.CheckConstraint(
                name="approval_answered_has_its_date",
                condition=models.Q(state=ApprovalState.ASKED, answered_at__isnull=True)
                | (~models.Q(state=ApprovalState.ASKED) & models.Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="approval_no_has_its_reason",
                condition=~models.Q(state__in=[ApprovalState.REFUSED, ApprovalState.OVERRIDDEN]) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}, {self.partner}: {self.get_state_display()}"


class TableEvent(models.Model):
    """One line of a table's history. `data` keeps what tells it again, such as the rules before a change."""

    table = models.ForeignKey(RoutingTable, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=TableEventKind.choices)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("event of a table")
        verbose_name_plural = _("events of tables")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.table} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the history of a table is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the history of a table is append-only")
