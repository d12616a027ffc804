"""The demonstration's rules say what TERRITORY.md says, and always something."""

import itertools
import json
import math
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.routing import publish_routing_table
from implantation.routing.choices import TableState
from implantation.routing.deciding import domain, pure, standing
from implantation.routing.facts import completed
from implantation.routing.models import RoutingTable
from implantation.routing.proof.comparing import coverage, crossings
from implantation.routing.proof.judgement import judge
from implantation.routing.table import TableRule
from implantation.routing.table import table as pure_table
from tests.examples import examples
from tests.implantation.factories import committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(territory):
    """The coordinator who drafts the rules, and the officers who approve them."""
    committee()


@pytest.fixture
def demo_table(accounts):
    return pure(publish_routing_table())


def lead(table, **facts):
    return table.decide(completed(facts)).rule.lead


@pytest.mark.parametrize(
    ("expected", "facts"),
    [
        ("cma-91", {"activity": "craft", "place": "91027"}),  # a craft firm in Athis-Mons
        ("ept", {"activity": "industry_or_logistics", "origin": "abroad"}),  # logistics, undecided on place
        ("cma-94", {"activity": "craft_and_trade", "place": "94081"}),
        ("cma-94", {"activity": "craft", "place": "several_94", "project": "create"}),
        ("cci-94", {"activity": "trade_or_services", "place": "94076"}),
        ("cci-91", {"activity": "industry_or_logistics", "place": "91687"}),
        ("essonne-developpement", {"origin": "abroad", "place": "91479"}),
        ("essonne-developpement", {"origin": "france", "place": "several_91", "activity": "trade_or_services"}),
        ("cci-94", {"origin": "abroad", "place": "94065", "activity": "trade_or_services"}),
        ("ept", {"premises": "land", "activity": "craft", "place": "91027"}),
        ("ept", {"project": "develop_land", "place": "91027"}),
        ("ept", {"activity": "liberal", "place": "94054"}),
        ("ept", {"activity": "craft", "place": "both_departments"}),
        ("cci-91", {"property_partner": "cci-91", "premises": "land", "place": "94081"}),
        ("ept", {}),
    ],
)
def test_who_does_what(demo_table, expected, facts):
    assert lead(demo_table, **facts) == expected


def test_there_are_about_twenty_rules_and_each_can_decide(demo_table):
    assert len(demo_table.rules) == 20
    deciding = set()
    for rule in demo_table.rules:
        facts = completed({fact: min(values) for fact, values in rule.conditions})
        deciding.add(demo_table.decide(facts).rule.position)
    assert deciding == {rule.position for rule in demo_table.rules}


def test_every_partner_may_answer_somebody_who_has_said_nothing_yet(demo_table):
    assert demo_table.possible_leads({}) == {"ept", "cci-94", "cci-91", "cma-94", "cma-91", "essonne-developpement"}
    assert demo_table.possible_leads({"property_partner": "none", "activity": "craft", "place": "91027"}) == {
        "ept", "cma-91", "essonne-developpement"
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(200))
@given(data=st.data())
def test_whatever_the_facts_somebody_answers(demo_table, data):
    facts = {fact: data.draw(st.sampled_from(sorted(values))) for fact, values in demo_table.domain.items()}
    outcome = demo_table.decide(facts)
    assert outcome.rule.lead in demo_table.domain["property_partner"]
    known = {fact: facts[fact] for fact in data.draw(st.sets(st.sampled_from(sorted(facts))))}
    assert outcome.rule.lead in demo_table.possible_leads(known)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_a_stored_decision_replays_to_itself_once_its_table_is_superseded(demo_table, data):
    facts = {fact: data.draw(st.sampled_from(sorted(values))) for fact, values in demo_table.domain.items()}
    stored = standing().decide(facts)
    with transaction.atomic():
        RoutingTable.objects.update(state=TableState.SUPERSEDED)
        assert standing().stored is None
        kept = json.loads(json.dumps({"facts": stored.facts, "earlier": stored.earlier}))
        again = pure(stored.table).decide(kept["facts"])
        transaction.set_rollback(True)
    assert (again.rule.position, again.rule.lead) == (stored.rule.position, stored.rule.lead.slug)
    assert kept["earlier"] == [
        {"position": rule.position, "misses": [miss._asdict() | {"expected": sorted(miss.expected)} for miss in misses]}
        for rule, misses in again.earlier
    ]


def test_publishing_again_changes_nothing_and_sentences_are_in_both_languages(accounts):
    table = publish_routing_table()
    assert publish_routing_table() == table
    assert RoutingTable.objects.count() == 1
    for rule in table.rules.all():
        assert rule.reason["fr"].endswith((".", "!"))
        assert rule.reason["en"].endswith((".", "!"))
        assert rule.reason["fr"] != rule.reason["en"]


def test_the_closed_lists_are_those_of_the_territory(accounts):
    lists = domain()
    assert len(lists["place"]) == 24 + 5
    assert len(lists["property_partner"]) == 6 + 1
    assert all("unknown" in values for fact, values in lists.items() if fact != "property_partner")
    assert pure_table(list(pure(publish_routing_table()).rules), lists)


def mutants(rules):
    """The rules with one dropped, two neighbours swapped, or a value taken out of a condition."""
    last = len(rules) - 1
    for place in range(last):
        rule = rules[place]
        yield [*rules[:place], *rules[place + 1 :]]
        if place + 1 < last:
            other = rules[place + 1]
            swapped = [
                TableRule(other.position, rule.lead, rule.conditions),
                TableRule(rule.position, other.lead, other.conditions),
            ]
            yield [*rules[:place], *swapped, *rules[place + 2 :]]
        for fact, values in rule.conditions:
            if len(values) > 1:
                narrowed = {**dict(rule.conditions), fact: values - {min(values)}}
                narrow = TableRule(rule.position, rule.lead, tuple(narrowed.items()))
                yield [*rules[:place], narrow, *rules[place + 1 :]]


def naive(rules, facts):
    """Word for word: the lead of the first rule none of whose conditions is broken."""
    return next(rule.lead for rule in rules if all(facts[fact] in wanted for fact, wanted in rule.conditions))


def kinds(fact, values, tables):
    """The values of a fact that the same conditions of these tables name, one for all with how many they are."""
    alike = {}
    for value in sorted(values):
        named = tuple(value in dict(rule.conditions).get(fact, values) for rules in tables for rule in rules)
        alike.setdefault(named, []).append(value)
    return [(group[0], len(group)) for group in alike.values()]


def every_kind(domain, *tables):
    """One enquiry of each kind that these tables may tell apart, with how many combinations of facts are of it."""
    lists = [kinds(fact, values, tables) for fact, values in domain.items()]
    for chosen in itertools.product(*lists):
        facts = {fact: value for fact, (value, _number) in zip(domain, chosen, strict=True)}
        yield facts, math.prod(number for _value, number in chosen)


def test_what_each_partner_and_the_last_rule_receive_is_what_a_count_by_hand_gives(accounts):
    table = publish_routing_table()
    rules, lists = pure(table).rules, domain()
    received, left, everything = Counter(), 0, math.prod(map(len, lists.values()))
    for facts, number in every_kind(lists, rules):
        received[naive(rules, facts)] += number
        left += number * (not any(not rule.misses(facts) for rule in rules[:-1]))
    assert received.total() == everything
    judgement = judge(table)
    assert {share.partner.slug: round(share.after * everything) for share in judgement.shares} == received
    assert round(judgement.left_share * everything) == left
    shown = [math.prod(map(len, region.values())) for region in judgement.left.regions]
    assert max(shown) <= left <= sum(shown) + judgement.left.rest


def test_every_mutant_that_moves_an_enquiry_is_found_with_one_that_moves(demo_table):
    """Every rule dropped, swapped with the next or narrowed: none that moves an enquiry is missed, and what moves is
    counted exactly."""
    now, before = coverage(demo_table), demo_table.rules
    found = missed = harmless = 0
    for rules in mutants(list(before)):
        mutant = pure_table(rules, demo_table.domain)
        moves = [
            one for one in crossings(now, coverage(mutant)) if before[one.before].lead != mutant.rules[one.after].lead
        ]
        for one in moves:
            assert naive(before, one.example) != naive(mutant.rules, one.example)
        truly = sum(
            number
            for facts, number in every_kind(demo_table.domain, before, mutant.rules)
            if naive(before, facts) != naive(mutant.rules, facts)
        )
        assert sum(one.number for one in moves) == truly
        found, missed, harmless = found + bool(moves), missed + (truly > 0 and not moves), harmless + (not truly)
    # The harmless ones swap or drop rules of one partner, or rules that never meet.
    assert (found, missed, harmless) == (30, 0, 24)
