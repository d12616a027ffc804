"""The routing table: ordered rules over closed lists of facts, first match wins. Pure.

A fact is a name of `implantation.choices.Fact`; a domain gives for each fact its closed list of values. A rule holds
when every one of its conditions does; the last rule has none, so it takes whatever is left. Deciding explains itself:
for each earlier rule, which facts kept it from matching.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
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
    """The rule that matched, and for each earlier rule the conditions that did not hold."""

    rule: Rule
    earlier: tuple[tuple[Rule, tuple[Miss, ...]], ...]


@dataclass(frozen=True)
class Table:
    """Rules in order; made by `table()`, which refuses what could not decide."""

    domain: Domain
    rules: tuple[Rule, ...]

    def decide(self, facts: Facts) -> Outcome:
        """The first rule that matches, with the reason each earlier one did not. Raises `ValueError` on bad facts."""
        check_facts(facts, self.domain)
        earlier: list[tuple[Rule, tuple[Miss, ...]]] = []
        for rule in self.rules:
            misses = rule.misses(facts)
            if not misses:
                return Outcome(rule, tuple(earlier))
            earlier.append((rule, misses))
        raise AssertionError("the last rule matches all")

    def possible_leads(self, known: Facts) -> frozenset[str]:
        """Exactly the leads that may still answer when only some facts are known.

        A set of rules is a bitmap; each unknown fact splits it by what its values satisfy. Values that satisfy the
        same rules give the same bitmap, so the work follows the number of distinct bitmaps, not the product of facts.
        """
        alive = {(1 << len(self.rules)) - 1}
        for fact, values in self.domain.items():
            considered = {known[fact]} if fact in known else values
            satisfied = {self._satisfied(fact, value) for value in considered}
            alive = {bitmap & mask for bitmap in alive for mask in satisfied}
        return frozenset(self.rules[(bitmap & -bitmap).bit_length() - 1].lead for bitmap in alive)

    def _satisfied(self, fact: str, value: str) -> int:
        """Bitmap of the rules that this value of this fact does not exclude."""
        bitmap = 0
        for place, rule in enumerate(self.rules):
            if all(value in expected for name, expected in rule.conditions if name == fact):
                bitmap |= 1 << place
        return bitmap


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
