"""Versions of the routing table, and the decisions they took."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from implantation.choices import Fallback, TableState
from implantation.models.enquiries import Enquiry
from territory.languages import InLanguage
from territory.models import Axis, Partner


class RoutingTable(models.Model):
    """A version of the rules. One is in force; a decision keeps pointing to the version that took it."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=TableState.choices, default=TableState.DRAFT)
    note = models.CharField(_("note"), max_length=200, blank=True)
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
                condition=models.Q(state=TableState.DRAFT) | models.Q(in_force_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class Rule(models.Model):
    """One rule: conditions (fact to list of values; none of a fact means any), a lead, and a sentence that says why."""

    table = models.ForeignKey(RoutingTable, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(_("position"))
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    lead = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="rules", verbose_name=_("partner"))
    axis = models.ForeignKey(
        Axis, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("axis served")
    )
    reason_fr = models.CharField(_("why, in French"), max_length=240)
    reason_en = models.CharField(_("why, in English"), max_length=240)
    reason = InLanguage("reason")

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["table", "position"], name="rule_position_once")]

    def __str__(self) -> str:
        return f"{self.table}, {self.position}"


class Decision(models.Model):
    """Why an enquiry went where it went.

    `facts` maps each fact to its value. `earlier` lists, for each earlier rule in order,
    `{"position": int, "misses": [{"fact", "value", "expected": [..]}]}`. `fallback` says why no rule could give the
    enquiry to its partner, when none could (there may then be no rule, or no table); the coordinator then holds it.
    """

    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="decision")
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
    def reason(self) -> str:
        """One sentence for the investor, in the active language: why this partner."""
        if self.fallback or self.rule is None:
            return str(Fallback(self.fallback).label)
        return str(self.rule.reason)
