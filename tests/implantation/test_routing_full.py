"""A hundred rules over the whole product of facts, against a naive reading of them on combinations drawn at random."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implantation.routing.proof.comparing import coverage, crossings, residual
from implantation.routing.table import TableRule, table
from tests.benchmarks.routing import DOMAIN, changed, realistic, some_facts


def naive(one, facts):
    """Word for word: the index of the first rule none of whose conditions is broken."""
    for place, rule in enumerate(one.rules):
        if all(facts[fact] in wanted for fact, wanted in rule.conditions):
            return place
    raise AssertionError("no rule")


@pytest.fixture(scope="module")
def world():
    pick = random.Random(6)
    one = realistic(pick)
    draft = changed(pick, one)
    return one, draft, coverage(one), coverage(draft), [some_facts(pick) for _ in range(200)]


def cell(facts):
    return {fact: frozenset({value}) for fact, value in facts.items()}


def test_each_combination_is_taken_by_the_rule_that_a_naive_reading_finds(world):
    one, _draft, cover, _other, drawn = world
    assert sum(cover.numbers) == cover.size == 3_759_966
    for facts in drawn:
        place = naive(one, facts)
        assert cover.takers(cell(facts)) == [place]
        outcome = one.decide(facts)
        assert outcome.rule is one.rules[place]
        assert [rule for rule, _misses in outcome.earlier] == list(one.rules[:place])
        assert all(misses for _rule, misses in outcome.earlier)


def test_what_changes_partner_is_counted_whole_and_each_example_is_true(world):
    one, draft, cover, other, drawn = world
    pairs = {(crossing.before, crossing.after): crossing for crossing in crossings(cover, other)}
    assert sum(crossing.number for crossing in pairs.values()) == cover.size
    for facts in drawn:
        assert (naive(one, facts), naive(draft, facts)) in pairs
    for pair in random.Random(6).sample(sorted(pairs), 40):
        example = pairs[pair].example
        assert (naive(one, example), naive(draft, example)) == pair


def test_what_is_left_is_left_by_a_naive_reading(world):
    one, _draft, cover, _other, drawn = world
    found, pick = residual(cover), random.Random(6)
    for region in found.regions:
        for _ in range(20):
            facts = {fact: pick.choice(sorted(values)) for fact, values in region.items()}
            assert naive(one, facts) == len(one.rules) - 1
    if not found.rest:
        for facts in drawn:
            inside = any(all(facts[fact] in region[fact] for fact in region) for region in found.regions)
            assert inside == (naive(one, facts) == len(one.rules) - 1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_who_may_still_answer_holds_whoever_a_naive_reading_finds(seed):
    pick = random.Random(seed)
    one, facts = realistic(pick, rules=40), some_facts(pick)
    known = {fact: facts[fact] for fact in pick.sample(sorted(facts), pick.randint(0, 7))}
    leads = one.possible_leads(known)
    for _ in range(20):
        assert one.rules[naive(one, some_facts(pick) | known)].lead in leads
    # Each lead that is named has a rule that decides on some of what remains.
    cover = coverage(one)
    assert leads == {one.rules[place].lead for place in cover.takers(cell(known))}


def test_every_rule_given_to_another_partner_is_found_with_an_enquiry_that_moves(world):
    """The mutants that change a lead: each one whose rule takes something is found, with all that it takes."""
    one, _draft, cover, _other, _drawn = world
    found = silent = 0
    for place in range(0, len(one.rules), 9):
        rule = one.rules[place]
        lead = "ept" if rule.lead != "ept" else "cci-94"
        mutant = table(
            [*one.rules[:place], TableRule(rule.position, lead, rule.conditions), *one.rules[place + 1 :]], DOMAIN
        )
        moved = [
            crossing
            for crossing in crossings(cover, coverage(mutant))
            if one.rules[crossing.before].lead != mutant.rules[crossing.after].lead
        ]
        assert sum(crossing.number for crossing in moved) == cover.numbers[place]
        for crossing in moved:
            example = crossing.example
            assert one.rules[naive(one, example)].lead != mutant.rules[naive(mutant, example)].lead
        found, silent = found + bool(moved), silent + (not moved)
    assert found > 0
    assert found + silent == 12
