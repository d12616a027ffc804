"""Versions of the routing table, approvals by partners, history, and stored decisions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.by_language import TextByLanguage, TextByLanguageField, required_text
from implantation.mails import OwedMail
from implantation.routing.choices import (
    DATED_STATES,
    ApprovalState,
    ContributionPart,
    Fallback,
    TableEventKind,
    TableMailKind,
    TableState,
)
from territory.models import Axis, Partner


class RoutingTable(models.Model):
    """Version of the rules. One version is in force; each decision keeps its own version.

    A `scheduled` table takes over at `in_force_from` without a write: ask `deciding.table_in_force()`, never the state.
    """

    version = models.PositiveIntegerField(_("version"), unique=True)
    state = models.CharField(
        pgettext_lazy("of progress", "state"), max_length=10, choices=TableState.choices, default=TableState.DRAFT
    )
    note = models.CharField(pgettext_lazy("noun", "note"), max_length=200, blank=True)
    # Optimistic lock: raised by each change, so that the second of two concurrent editors is refused.
    edition = models.PositiveIntegerField(_("edition"), default=1)
    # Raised when partners are asked: answers of an earlier round no longer count.
    round = models.PositiveSmallIntegerField(_("round of approvals"), default=0)
    compared_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proved against")
    )
    in_force_from = models.DateTimeField(_("in force from"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("routing table")
        verbose_name_plural = _("routing tables")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state=TableState.IN_FORCE), name="one_table_in_force"
            ),
            models.CheckConstraint(
                name="table_in_force_has_its_date",
                condition=models.Q(in_force_from__isnull=False) | ~models.Q(state__in=DATED_STATES),
            ),
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state=TableState.SCHEDULED), name="one_table_scheduled"
            ),
            models.CheckConstraint(name="table_state_known", condition=models.Q(state__in=TableState.values)),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class Rule(models.Model):
    """Rule of a decision table: conditions (fact to list of values; a missing fact means any), lead, and reason."""

    table = models.ForeignKey(RoutingTable, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in an order", "position"))
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    lead = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="rules", verbose_name=_("partner"))
    axis = models.ForeignKey(
        Axis, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("axis served")
    )
    reason = TextByLanguageField(_("why"), max_length=240, every_language=True)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "position"], name="rule_position_once"),
            required_text("reason", "rule_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.table}, {self.position}"


class Proof(models.Model):
    """Result of the last proof of a table, with the fingerprint of its inputs; see `routing.proof.keeping`.

    `problems` maps each language to its messages, all empty for a proved table.
    """

    table = models.OneToOneField(RoutingTable, on_delete=models.CASCADE, related_name="proof")
    fingerprint = models.CharField(max_length=64)
    problems = models.JSONField()
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")

    def __str__(self) -> str:
        return f"{self.table}, {self.made_at:%Y-%m-%d %H:%M}"


class Contribution(models.Model):
    """Contribution of a partner to a rule led by another."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="contributions")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in an order", "position"))
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("partner")
    )
    part = models.CharField(_("part"), max_length=12, choices=ContributionPart.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "partner", "part"], name="contribution_once"),
            models.CheckConstraint(
                name="contribution_part_known", condition=models.Q(part__in=ContributionPart.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.partner} {self.part}"


class Decision(models.Model):
    """Stored routing decision of an enquiry, with its reasons.

    `facts` maps each fact to its value. `earlier` lists the earlier rules in order, as
    `{"position": int, "misses": [{"fact", "value", "expected": [..]}]}`. `fallback` is the reason for not following a
    rule's partner (`Fallback`), empty otherwise; `deciding.Standing.responsible` names the partner. Without a usable
    table `rule` is null; without a table in force also `table`.
    """

    enquiry = models.OneToOneField("implantation.Enquiry", on_delete=models.PROTECT, related_name="decision")
    table = models.ForeignKey(RoutingTable, on_delete=models.PROTECT, null=True, related_name="decisions")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, null=True, related_name="decisions")
    facts = models.JSONField()
    earlier = models.JSONField()
    fallback = models.CharField(max_length=20, choices=Fallback.choices, blank=True)
    decided_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                name="decision_by_rule_or_fallback",
                condition=models.Q(rule__isnull=False, table__isnull=False) | ~models.Q(fallback=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enquiry}: {self.rule or self.fallback}"

    @property
    def reason(self) -> TextByLanguage | str:
        """Reason for the partner in one sentence for the investor, in the active language."""
        if self.fallback or self.rule is None:
            return str(Fallback(self.fallback).label)
        reason: TextByLanguage = self.rule.reason
        return reason


class Approval(models.Model):
    """Approval asked of a partner with a changed share. `before` and `after` are shares of the fact space, 0 to 1.

    Only approvals of the table's present round count; earlier rounds are its history.
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
    """Event in a table's history. `data` holds the details, such as the rules before a change."""

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


class TableMail(OwedMail):
    """Mail owed for an event of a table."""

    event = models.ForeignKey(TableEvent, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20, choices=TableMailKind.choices)

    class Meta:
        verbose_name = _("mail about a table")
        verbose_name_plural = _("mails about tables")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "kind", "recipient"], name="table_mail_once")]

    def __str__(self) -> str:
        return f"{self.event}: {self.kind}"
