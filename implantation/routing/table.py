"""Routing as a decision table: ordered rules over closed lists of facts, hit policy FIRST. Pure.

A fact is a key of `implantation.routing.facts.FACTS`; a domain maps each fact to its closed list of values. A rule
matches when all its conditions hold; the last rule has no condition and takes the rest. Each decision is explained by
the mismatches of earlier rules.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

Facts = Mapping[str, str]
Domain = Mapping[str, frozenset[str]]


class InvalidTableError(ValueError):
    """Invalid table, unable to decide; the message names the rule and the fault."""


class Miss(NamedTuple):
    """Mismatch of a condition: the fact, its value, and the values expected by the rule."""

    fact: str
    value: str
    expected: frozenset[str]


@dataclass(frozen=True)
class TableRule:
    """Rule of the table. `conditions` pairs facts with their accepted values; a missing fact means any value."""

    position: int
    lead: str
    conditions: tuple[tuple[str, frozenset[str]], ...] = ()

    def misses(self, facts: Facts) -> tuple[Miss, ...]:
        """Return the mismatches; empty when the rule matches."""
        return tuple(
            [Miss(fact, facts[fact], expected) for fact, expected in self.conditions if facts[fact] not in expected]
        )


@dataclass(frozen=True)
class Outcome:
    """Rule matched by these facts, with the rules before."""

    rule: TableRule
    facts: Facts
    _before: tuple[TableRule, ...]

    @cached_property
    def earlier(self) -> tuple[tuple[TableRule, tuple[Miss, ...]], ...]:
        """Earlier rules with their mismatches, computed lazily."""
        return tuple([(rule, rule.misses(self.facts)) for rule in self._before])


@dataclass(frozen=True)
class Table:
    """Valid rules in order, built by `table()`."""

    domain: Domain
    rules: tuple[TableRule, ...]

    def decide(self, facts: Facts) -> Outcome:
        """Return the first matching rule with the mismatches of earlier rules. Raises `ValueError` on invalid facts."""
        check_facts(facts, self.domain)
        for place, rule in enumerate(self.rules):
            for fact, expected in rule.conditions:
                if facts[fact] not in expected:
                    break
            else:
                return Outcome(rule, dict(facts), self.rules[:place])
        raise AssertionError("the last rule matches all")

    def possible_leads(self, known: Facts) -> frozenset[str]:
        """Return exactly the leads still possible when only some facts are known."""
        leads: set[str] = set()
        for place, rule in enumerate(self.rules):
            if rule.lead not in leads and self._may_decide(place, known):
                leads.add(rule.lead)
        return frozenset(leads)

    def alike(self, fact: str, known: Facts) -> list[frozenset[str]]:
        """Group the values of a fact treated alike by every rule, given the known facts."""
        open_rules = self._everything
        for name, value in known.items():
            open_rules &= self._satisfied[name][value]
        groups: dict[int, set[str]] = {}
        for value, satisfied in self._satisfied[fact].items():
            groups.setdefault(satisfied & open_rules, set()).add(value)
        return [frozenset(group) for group in groups.values()]

    def _may_decide(self, place: int, known: Facts) -> bool:
        """Return True when the rule at `place` can be the first match for some values of the unknown facts.

        Search over facts with a bitmap of the earlier rules still matching, until none is left; values excluding most
        rules come first, and visited states are skipped.
        """
        mine = 1 << place
        choices: list[tuple[str, list[int]]] = []
        for fact, satisfied in self._satisfied.items():
            values = [known[fact]] if fact in known else self.domain[fact]
            masks = {satisfied[value] & (mine - 1) for value in values if satisfied[value] & mine}
            if not masks:
                return False
            choices.append((fact, sorted(masks, key=int.bit_count)))
        choices.sort(key=lambda choice: len(choice[1]))
        # For each step, the rules no later fact can exclude.
        settled = [self._everything]
        for fact, _kept in reversed(choices[1:]):
            settled.append(settled[-1] & self._free[fact])
        settled.reverse()
        tried: set[tuple[int, int]] = set()
        to_try = [(0, mine - 1)]
        while to_try:
            turn, left = to_try.pop()
            if not left:
                return True
            if turn == len(choices):
                continue
            for mask in reversed(choices[turn][1]):
                state = (turn + 1, left & mask)
                if state not in tried and not left & mask & settled[turn]:
                    tried.add(state)
                    to_try.append(state)
        return False

    @property
    def _everything(self) -> int:
        return (1 << len(self.rules)) - 1

    @cached_property
    def _free(self) -> dict[str, int]:
        """Bitmap of the rules without a condition on each fact."""
        return {
            fact: sum(1 << place for place, rule in enumerate(self.rules) if fact not in dict(rule.conditions))
            for fact in self.domain
        }

    @cached_property
    def _satisfied(self) -> dict[str, dict[str, int]]:
        """Bitmap of the rules accepting each value of each fact."""
        excluded = {fact: dict.fromkeys(values, 0) for fact, values in self.domain.items()}
        for place, rule in enumerate(self.rules):
            for fact, expected in rule.conditions:
                for value in self.domain[fact] - expected:
                    excluded[fact][value] |= 1 << place
        return {
            fact: {value: self._everything & ~rules for value, rules in values.items()}
            for fact, values in excluded.items()
        }


def check_facts(facts: Facts, domain: Domain) -> None:
    """Check for exactly one value of its closed list for every fact; raises `ValueError` otherwise."""
    for fact, values in domain.items():
        if fact not in facts:
            raise ValueError(_("The fact “%(fact)s” has no value.") % {"fact": fact})
        if facts[fact] not in values:
            raise ValueError(
                _("“%(value)s” is not a value of the fact “%(fact)s”.") % {"value": facts[fact], "fact": fact}
            )
    if unknown := set(facts) - set(domain):
        raise ValueError(_("“%(fact)s” is not a fact.") % {"fact": min(unknown)})


def table(rules: list[TableRule], domain: Domain) -> Table:
    """Build a table able to decide on all facts. Raises `InvalidTableError` naming the rule at fault."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.position))
    if not ordered:
        raise InvalidTableError(_("A table has at least one rule."))
    for before, after in itertools.pairwise(ordered):
        if before.position == after.position:
            raise InvalidTableError(_("Two rules have the position %(position)s.") % {"position": after.position})
    for rule in ordered:
        for fact, expected in rule.conditions:
            if fact not in domain:
                raise InvalidTableError(
                    _("Rule %(position)s: “%(fact)s” is not a fact.") % {"position": rule.position, "fact": fact}
                )
            if not expected:
                raise InvalidTableError(
                    _("Rule %(position)s: the condition on “%(fact)s” has no value; tick one or remove it.")
                    % {"position": rule.position, "fact": fact}
                )
            if strange := expected - domain[fact]:
                raise InvalidTableError(
                    _("Rule %(position)s: “%(value)s” is not a value of “%(fact)s”.")
                    % {"position": rule.position, "value": min(strange), "fact": fact}
                )
    if ordered[-1].conditions:
        raise InvalidTableError(_("The last rule must have no condition, so that every enquiry has a partner."))
    return Table(domain, ordered)
