"""The demonstration's rules say what TERRITORY.md says, and always something."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.routing import publish_routing_table
from implantation.comparing import coverage, crossings
from implantation.models import RoutingTable
from implantation.routing import Rule
from implantation.routing import table as pure_table
from implantation.services import pure
from implantation.services.tables import domain

pytestmark = pytest.mark.django_db

NOTHING = {
    "project": "unknown",
    "activity": "unknown",
    "place": "unknown",
    "headcount": "unknown",
    "premises": "unknown",
    "origin": "unknown",
    "property_partner": "none",
}


@pytest.fixture
def demo_table(territory):
    return pure(publish_routing_table())


def lead(table, **facts):
    return table.decide(NOTHING | facts).rule.lead


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
        facts = NOTHING | {fact: min(values) for fact, values in rule.conditions}
        deciding.add(demo_table.decide(facts).rule.position)
    assert deciding == {rule.position for rule in demo_table.rules}


def test_every_partner_may_answer_somebody_who_has_said_nothing_yet(demo_table):
    assert demo_table.possible_leads({}) == {"ept", "cci-94", "cci-91", "cma-94", "cma-91", "essonne-developpement"}
    assert demo_table.possible_leads({"property_partner": "none", "activity": "craft", "place": "91027"}) == {
        "ept", "cma-91", "essonne-developpement"
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_whatever_the_facts_somebody_answers(demo_table, data):
    facts = {fact: data.draw(st.sampled_from(sorted(values))) for fact, values in demo_table.domain.items()}
    outcome = demo_table.decide(facts)
    assert outcome.rule.lead in demo_table.domain["property_partner"]
    known = {fact: facts[fact] for fact in data.draw(st.sets(st.sampled_from(sorted(facts))))}
    assert outcome.rule.lead in demo_table.possible_leads(known)


def test_publishing_again_changes_nothing_and_sentences_are_in_both_languages(territory):
    table = publish_routing_table()
    assert publish_routing_table() == table
    assert RoutingTable.objects.count() == 1
    for rule in table.rules.all():
        assert rule.reason_fr.endswith((".", "!"))
        assert rule.reason_en.endswith((".", "!"))
        assert rule.reason_fr != rule.reason_en


def test_the_closed_lists_are_those_of_the_territory(territory):
    lists = domain()
    assert len(lists["place"]) == 24 + 5
    assert len(lists["property_partner"]) == 6 + 1
    assert all("unknown" in values for fact, values in lists.items() if fact != "property_partner")
    assert pure_table(list(pure(publish_routing_table()).rules), lists)


def mutants(rules):
    """Every table with a rule dropped, two neighbours swapped, or a value taken out of a condition; with the rule that
    the change is about."""
    last = len(rules) - 1
    for place in range(last):
        rule = rules[place]
        yield [*rules[:place], *rules[place + 1 :]], rule
        if place + 1 < last:
            other = rules[place + 1]
            swapped = [
                Rule(other.position, rule.lead, rule.conditions),
                Rule(rule.position, other.lead, other.conditions),
            ]
            yield [*rules[:place], *swapped, *rules[place + 2 :]], rule
        for fact, values in rule.conditions:
            if len(values) > 1:
                narrowed = {**dict(rule.conditions), fact: values - {min(values)}}
                narrow = Rule(rule.position, rule.lead, tuple(narrowed.items()))
                yield [*rules[:place], narrow, *rules[place + 1 :]], rule


def test_every_mutant_that_moves_an_enquiry_is_found_with_one_that_moves(demo_table):
    now, found, silent = coverage(demo_table), 0, 0
    pick = random.Random(1)
    for rules, changed in mutants(list(demo_table.rules)):
        mutant = pure_table(rules, demo_table.domain)
        moved = [
            one
            for one in crossings(now, coverage(mutant))
            if demo_table.rules[one.before].lead != mutant.rules[one.after].lead
        ]
        for one in moved:
            assert demo_table.decide(one.example).rule.lead != mutant.decide(one.example).rule.lead
        if moved:
            found += 1
            continue
        silent += 1
        inside = dict(demo_table.domain) | dict(changed.conditions)
        for _ in range(50):
            facts = {fact: pick.choice(sorted(values)) for fact, values in inside.items()}
            assert demo_table.decide(facts).rule.lead == mutant.decide(facts).rule.lead
    # The silent ones swap or drop rules of one partner, or rules that never meet.
    assert (found, silent) == (30, 24)
