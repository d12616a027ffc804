"""Preparing the next routing table: a draft is a copy of the rules in force that the coordinator edits."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from implantation.choices import TableState
from implantation.models import RoutingTable, Rule
from implantation.services.errors import Refused
from implantation.services.tables import table_in_force
from territory.choices import OfficerRole
from territory.models import Axis, Officer, Partner

_ASIDE = 10_000  # added to positions while rules are renumbered, since a position is taken once


@dataclass(frozen=True)
class RuleText:
    """A rule as the coordinator writes it; `conditions` maps facts to the values that satisfy them."""

    conditions: dict[str, list[str]]
    lead: Partner
    axis: Axis | None
    reason_fr: str
    reason_en: str


def draft_table() -> RoutingTable | None:
    """The draft being prepared: the latest one."""
    return RoutingTable.objects.filter(state=TableState.DRAFT).first()


def _coordinator_only(actor: User) -> None:
    if not Officer.objects.filter(user=actor, role=OfficerRole.COORDINATOR, user__is_active=True).exists():
        raise Refused(_("Only the coordinator prepares routing rules."))


def _locked(table: RoutingTable) -> RoutingTable:
    table = RoutingTable.objects.select_for_update().get(pk=table.pk)
    if table.state != TableState.DRAFT:
        raise Refused(_("These rules are in force or were: start a new draft to change them."))
    return table


@transaction.atomic
def start_draft(*, actor: User) -> RoutingTable:
    """The draft being prepared, or a new one with the rules in force."""
    _coordinator_only(actor)
    versions = list(RoutingTable.objects.select_for_update().order_by("-version"))
    draft = draft_table()
    if draft is not None:
        return draft
    draft = RoutingTable.objects.create(version=versions[0].version + 1 if versions else 1)
    current = table_in_force()
    rules = list(current.rules.all()) if current else []
    for rule in rules:
        rule.pk, rule.table = None, draft
    Rule.objects.bulk_create(rules)
    return draft


@transaction.atomic
def keep_rule(*, table: RoutingTable, actor: User, position: int, text: RuleText, rule: Rule | None = None) -> Rule:
    """Write a rule of a draft at a position (1 is the first); the others make room."""
    _coordinator_only(actor)
    table = _locked(table)
    kept = rule or Rule(table=table)
    for name, value in vars(text).items():
        setattr(kept, name, value)
    if rule is None:
        kept.position = _ASIDE - 1
    kept.save()
    others = list(table.rules.exclude(pk=kept.pk))
    others.insert(max(position, 1) - 1, kept)
    _renumber(table, others)
    kept.refresh_from_db()
    return kept


@transaction.atomic
def drop_rule(*, rule: Rule, actor: User) -> None:
    """Take a rule out of a draft."""
    _coordinator_only(actor)
    table = _locked(rule.table)
    table.rules.filter(pk=rule.pk).delete()
    _renumber(table, list(table.rules.all()))


@transaction.atomic
def discard_draft(*, table: RoutingTable, actor: User) -> None:
    """Throw a draft away; what is in force is untouched."""
    _coordinator_only(actor)
    _locked(table).delete()


def _renumber(table: RoutingTable, rules: list[Rule]) -> None:
    for offset in (_ASIDE, 0):
        for position, rule in enumerate(rules, start=1):
            Rule.objects.filter(pk=rule.pk, table=table).update(position=position + offset)
