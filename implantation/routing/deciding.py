"""The stored table that decides at an instant, as a pure one, and the partner it names for the facts of an enquiry."""

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
    """The closed list of each fact, with the communes and the partners of today."""
    communes = Commune.objects.values_list("insee", flat=True)
    return closed_lists(communes=communes, partners=Partner.objects.values_list("slug", flat=True))


def closed_lists(*, communes: Iterable[str], partners: Iterable[str]) -> decision_table.Domain:
    """The closed list of each fact, with these communes (INSEE codes) and partners (slugs)."""
    communes, partners = list(communes), list(partners)
    return {key: fact.closed_list(communes=communes, partners=partners) for key, fact in FACTS.items()}


def pure(stored: RoutingTable) -> decision_table.Table:
    """The table as `implantation.routing` decides with it. Raises `routing.InvalidTable`."""
    rules = [
        decision_table.Rule(
            position=rule.position,
            lead=rule.lead.slug,
            conditions=tuple((fact, frozenset(values)) for fact, values in sorted(rule.conditions.items())),
        )
        for rule in stored.rules.select_related("lead")
    ]
    return decision_table.table(rules, domain())


def table_in_force(at: datetime | None = None) -> RoutingTable | None:
    """The version that decides at an instant (now): a scheduled table takes over by itself when its own has come."""
    due = Q(state=TableState.SCHEDULED, in_force_from__lte=at or timezone.now())
    dated = RoutingTable.objects.filter(Q(state=TableState.IN_FORCE) | due)
    return dated.order_by("-in_force_from", "-version").first()


@dataclass(frozen=True)
class Standing:
    """What decides on a day: the version in force, none when there is none; `table` is none when it cannot decide."""

    stored: RoutingTable | None
    table: decision_table.Table | None
    on: date

    def decide(self, facts: dict[str, str]) -> Decision:
        """The decision on facts, not saved; with the reason of a fallback when no rule can give them to a partner."""
        if self.stored is None:
            logger.error("no routing table is in force: the coordinator takes every enquiry")
            return Decision(facts=facts, earlier=[], fallback=Fallback.NO_TABLE)
        try:
            outcome = self.table.decide(facts) if self.table else None
        except ValueError as error:  # a partner or a commune that a fact names is gone
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
        """The partner that a decision of this day makes responsible."""
        if decision.rule and not decision.fallback:
            return decision.rule.lead
        return self.last_resort if decision.fallback == Fallback.NOT_A_MEMBER else self.coordinator

    def partner(self, lead: str) -> Partner:
        """Who answers for a lead: whom the last rule names, when it is not a member that day."""
        return self.members.get(lead, self.last_resort)

    @cached_property
    def members(self) -> dict[str, Partner]:
        """The partners of the day by their identifier, in their order."""
        return {partner.slug: partner for partner in Partner.objects.members_on(self.on)}

    @cached_property
    def last_resort(self) -> Partner:
        """Who takes what a rule gives to a partner that left: the lead of the last rule, else the coordinator."""
        last = self.stored.rules.select_related("lead").order_by("position").last() if self.stored else None
        return last.lead if last and last.lead.is_member(self.on) else self.coordinator

    @cached_property
    def coordinator(self) -> Partner:
        """What no rule gives to a partner is its own."""
        return Partner.objects.coordinator()


def standing(on: date | None = None) -> Standing:
    """What decides now, with the partners of a day (today)."""
    stored = table_in_force()
    table = None
    if stored is not None:
        try:
            table = pure(stored)
        except decision_table.InvalidTable as error:  # a partner or a commune that a rule names is gone
            logger.error("routing table %s cannot decide, the coordinator takes every enquiry: %s", stored, error)
    return Standing(stored, table, on or timezone.localdate())
