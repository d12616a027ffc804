"""Routing decision: the stored table in force as a pure decision table, and the responsible partner."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from implantation.routing import table as decision_table
from implantation.routing.choices import Fallback, TableState
from implantation.routing.facts import FACTS
from implantation.routing.models import Decision, RoutingTable
from territory.models import Commune, Partner

logger = logging.getLogger(__name__)


def domain() -> decision_table.Domain:
    """Return the closed list of each fact, with today's communes and partners."""
    communes = Commune.objects.values_list("insee", flat=True)
    return closed_lists(communes=communes, partners=Partner.objects.values_list("slug", flat=True))


def closed_lists(*, communes: Iterable[str], partners: Iterable[str]) -> decision_table.Domain:
    """Return the closed list of each fact, with these communes (INSEE codes) and partners (slugs)."""
    communes, partners = list(communes), list(partners)
    return {key: fact.closed_list(communes=communes, partners=partners) for key, fact in FACTS.items()}


def pure(stored: RoutingTable) -> decision_table.Table:
    """Convert a stored table to a pure `routing.table.Table`. Raises `InvalidTable`."""
    rules = [
        decision_table.TableRule(
            position=rule.position,
            lead=rule.lead.slug,
            conditions=tuple((fact, frozenset(values)) for fact, values in sorted(rule.conditions.items())),
        )
        for rule in stored.rules.select_related("lead")
    ]
    return decision_table.table(rules, domain())


def table_in_force(at: datetime | None = None) -> RoutingTable | None:
    """Return the version in force at an instant (default now); a scheduled table takes over when its date comes."""
    due = Q(state=TableState.SCHEDULED, in_force_from__lte=at or timezone.now())
    dated = RoutingTable.objects.filter(Q(state=TableState.IN_FORCE) | due)
    return dated.order_by("-in_force_from", "-version").first()


@dataclass(frozen=True)
class Standing:
    """Routing state of a day. `stored` is the version in force, or None; `table` is None when unable to decide."""

    stored: RoutingTable | None
    table: decision_table.Table | None
    on: date

    def decide(self, facts: dict[str, str]) -> Decision:
        """Return the decision on facts, not saved; with a `fallback` when no rule gives the facts to a member."""
        if self.stored is None:
            logger.error("no routing table is in force: the coordinator takes every enquiry")
            return Decision(facts=facts, earlier=[], fallback=Fallback.NO_TABLE)
        try:
            outcome = self.table.decide(facts) if self.table else None
        except ValueError as error:  # a partner or a commune among the facts was removed
            logger.error("routing table %s cannot decide on %s: %s", self.stored, facts, error)
            outcome = None
        if outcome is None:
            return Decision(table=self.stored, facts=facts, earlier=[], fallback=Fallback.UNUSABLE_TABLE)
        rule = self.stored.rules.select_related("lead", "axis").get(position=outcome.rule.position)
        earlier = [
            {
                "position": earlier.position,
                "misses": [
                    {"fact": miss.fact, "value": miss.value, "expected": sorted(miss.expected)} for miss in misses
                ],
            }
            for earlier, misses in outcome.earlier
        ]
        fallback = "" if rule.lead.is_member(self.on) else Fallback.NOT_A_MEMBER
        return Decision(table=self.stored, rule=rule, facts=facts, earlier=earlier, fallback=fallback)

    def responsible(self, decision: Decision) -> Partner:
        """Return the partner made responsible by a decision of this day."""
        if decision.rule and not decision.fallback:
            return decision.rule.lead
        return self.last_resort if decision.fallback == Fallback.NOT_A_MEMBER else self.coordinator

    def partner(self, lead: str) -> Partner:
        """Return the partner answering for a lead; fallback: the last resort, for a non-member on the day."""
        return self.members.get(lead, self.last_resort)

    @cached_property
    def members(self) -> dict[str, Partner]:
        """Members on the day, by slug, in their order."""
        return {partner.slug: partner for partner in Partner.objects.members_on(self.on)}

    @cached_property
    def last_resort(self) -> Partner:
        """Fallback for a rule naming a former member: the lead of the last rule, else the coordinator."""
        last = self.stored.rules.select_related("lead").order_by("position").last() if self.stored else None
        return last.lead if last and last.lead.is_member(self.on) else self.coordinator

    @cached_property
    def coordinator(self) -> Partner:
        """Fallback for enquiries without a deciding rule."""
        return Partner.objects.coordinator()


def standing(on: date | None = None) -> Standing:
    """Return the routing state: the table in force now, with the members on a day (default today)."""
    stored = table_in_force()
    table = None
    if stored is not None:
        try:
            table = pure(stored)
        except decision_table.InvalidTableError as error:  # a partner or a commune named by a rule was removed
            logger.error("routing table %s cannot decide, the coordinator takes every enquiry: %s", stored, error)
    return Standing(stored, table, on or timezone.localdate())
