"""The routing table: ordered rules over closed lists of facts, first match wins. Pure.

A fact is a key of `implantation.routing.facts.FACTS`; a domain gives for each fact its closed list of values. A rule
holds when every one of its conditions does; the last rule has none, so it takes whatever is left. Deciding explains
itself: for each earlier rule, which facts kept it from matching.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

Facts = Mapping[str, str]
Domain = Mapping[str, frozenset[str]]


class InvalidTable(ValueError):
    """A table that may not decide anything; the message says which rule and why."""


class Miss(NamedTuple):
    """A condition that did not hold: the fact, its value, and the values the rule wanted."""

    fact: str
    value: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """`conditions` maps facts to the values that satisfy them; an absent fact may have any value."""

    position: int
    lead: str
    conditions: tuple[tuple[str, frozenset[str]], ...] = ()

    def misses(self, facts: Facts) -> tuple[Miss, ...]:
        """The conditions that do not hold; none when the rule matches."""
        return tuple(
            [Miss(fact, facts[fact], expected) for fact, expected in self.conditions if facts[fact] not in expected]
        )


@dataclass(frozen=True)
class Outcome:
    """The rule that matched on these facts, and those before it."""

    rule: Rule
    facts: Facts
    _before: tuple[Rule, ...]

    @cached_property
    def earlier(self) -> tuple[tuple[Rule, tuple[Miss, ...]], ...]:
        """Each earlier rule with the conditions that did not hold; worked out when it is read."""
        return tuple([(rule, rule.misses(self.facts)) for rule in self._before])


@dataclass(frozen=True)
class Table:
    """Rules in order; made by `table()`, which refuses what could not decide."""

    domain: Domain
    rules: tuple[Rule, ...]

    def decide(self, facts: Facts) -> Outcome:
        """The first rule that matches, with the reason each earlier one did not. Raises `ValueError` on bad facts."""
        check_facts(facts, self.domain)
        for place, rule in enumerate(self.rules):
            for fact, expected in rule.conditions:
                if facts[fact] not in expected:
                    break
            else:
                return Outcome(rule, dict(facts), self.rules[:place])
        raise AssertionError("the last rule matches all")

    def possible_leads(self, known: Facts) -> frozenset[str]:
        """Exactly the leads that may still answer when only some facts are known."""
        found: set[str] = set()
        for place, rule in enumerate(self.rules):
            if rule.lead not in found and self._may_decide(place, known):
                found.add(rule.lead)
        return frozenset(found)

    def alike(self, fact: str, known: Facts) -> list[frozenset[str]]:
        """The values of a fact, those together that no rule tells apart once the known facts are as they are."""
        open_rules = self._everything
        for name, value in known.items():
            open_rules &= self._satisfied[name][value]
        groups: dict[int, set[str]] = {}
        for value, satisfied in self._satisfied[fact].items():
            groups.setdefault(satisfied & open_rules, set()).add(value)
        return [frozenset(group) for group in groups.values()]

    def _may_decide(self, place: int, known: Facts) -> bool:
        """Whether the facts that are not known may be such that a rule holds and none before it does.

        A set of earlier rules is a bitmap: what each value of each fact leaves of it. Fact after fact, the values that
        leave the least first, until nothing is left; what was already tried is not tried again.
        """
        mine = 1 << place
        choices: list[tuple[str, list[int]]] = []
        for fact, satisfied in self._satisfied.items():
            values = [known[fact]] if fact in known else self.domain[fact]
            kept = {satisfied[value] & (mine - 1) for value in values if satisfied[value] & mine}
            if not kept:
                return False
            choices.append((fact, sorted(kept, key=int.bit_count)))
        choices.sort(key=lambda choice: len(choice[1]))
        # For each turn, the rules that no fact after it can exclude.
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
        """For each fact, the bitmap of the rules that say nothing about it."""
        return {
            fact: sum(1 << place for place, rule in enumerate(self.rules) if fact not in dict(rule.conditions))
            for fact in self.domain
        }

    @cached_property
    def _satisfied(self) -> dict[str, dict[str, int]]:
        """For each value of each fact, the bitmap of the rules that it does not exclude."""
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
    """Every fact has exactly one value of its closed list; raises `ValueError` otherwise."""
    for fact, values in domain.items():
        if fact not in facts:
            raise ValueError(_("The fact “%(fact)s” has no value.") % {"fact": fact})
        if facts[fact] not in values:
            raise ValueError(
                _("“%(value)s” is not a value of the fact “%(fact)s”.") % {"value": facts[fact], "fact": fact}
            )
    if unknown := set(facts) - set(domain):
        raise ValueError(_("“%(fact)s” is not a fact.") % {"fact": min(unknown)})


def table(rules: list[Rule], domain: Domain) -> Table:
    """A table that always decides. Raises `InvalidTable` naming the rule at fault."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.position))
    if not ordered:
        raise InvalidTable(_("A table has at least one rule."))
    for before, after in itertools.pairwise(ordered):
        if before.position == after.position:
            raise InvalidTable(_("Two rules have the position %(position)s.") % {"position": after.position})
    for rule in ordered:
        for fact, expected in rule.conditions:
            if fact not in domain:
                raise InvalidTable(
                    _("Rule %(position)s: “%(fact)s” is not a fact.") % {"position": rule.position, "fact": fact}
                )
            if not expected:
                raise InvalidTable(
                    _("Rule %(position)s: the condition on “%(fact)s” has no value; tick one or remove it.")
                    % {"position": rule.position, "fact": fact}
                )
            if strange := expected - domain[fact]:
                raise InvalidTable(
                    _("Rule %(position)s: “%(value)s” is not a value of “%(fact)s”.")
                    % {"position": rule.position, "value": min(strange), "fact": fact}
                )
    if ordered[-1].conditions:
        raise InvalidTable(_("The last rule must have no condition, so that every enquiry has a partner."))
    return Table(domain, ordered)
