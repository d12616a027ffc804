"""Two tables compared exactly: against every combination of facts of small domains, and on the real one."""

import itertools

from hypothesis import given

from implantation.comparing import crossings, region_of, residual, size
from implantation.routing import Rule, table
from tests.implantation.test_routing import DOMAIN, every_combination, tables


def taken(rules, facts):
    return rules.rules.index(rules.decide(facts).rule)


def combinations(region):
    for values in itertools.product(*region.values()):
        yield dict(zip(region, values, strict=True))


@given(tables(), tables())
def test_crossings_count_every_combination_once(before, after):
    counted = {}
    for facts in every_combination():
        pair = (taken(before, facts), taken(after, facts))
        counted[pair] = counted.get(pair, 0) + 1
    found = crossings(before, after)
    assert {(one.before, one.after): one.number for one in found} == counted
    assert sum(one.number for one in found) == size(DOMAIN)
    for one in found:
        assert (taken(before, one.example), taken(after, one.example)) == (one.before, one.after)


@given(tables(), tables())
def test_a_region_is_all_taken_by_the_same_two_rules_and_cannot_grow(before, after):
    for one in crossings(before, after):
        region = region_of(one, before, after)
        pair = (one.before, one.after)
        assert one.example in list(combinations(region))
        assert all((taken(before, facts), taken(after, facts)) == pair for facts in combinations(region))
        for fact, values in region.items():
            for value in DOMAIN[fact] - values:
                wider = region | {fact: frozenset({value})}
                assert any((taken(before, facts), taken(after, facts)) != pair for facts in combinations(wider))


def key(facts):
    return tuple(sorted(facts.items()))


@given(tables())
def test_the_residual_is_what_only_the_last_rule_takes(rules):
    last = len(rules.rules) - 1
    expected = {key(facts) for facts in every_combination() if taken(rules, facts) == last}
    regions = residual(rules)
    assert {key(facts) for region in regions for facts in combinations(region)} == expected
    assert residual(rules) == regions


@given(tables(), tables())
def test_what_is_newly_left_is_left_by_one_and_taken_by_the_other(before, after):
    def left(rules):
        return {key(facts) for facts in every_combination() if taken(rules, facts) == len(rules.rules) - 1}

    regions = residual(after, beyond=before)
    assert {key(facts) for region in regions for facts in combinations(region)} == left(after) - left(before)


def test_nothing_moves_between_a_table_and_itself():
    one = table([Rule(1, "cma", (("activity", frozenset({"craft"})),)), Rule(2, "ept")], DOMAIN)
    assert all(crossing.before == crossing.after for crossing in crossings(one, one))
    assert residual(one, beyond=one) == []
