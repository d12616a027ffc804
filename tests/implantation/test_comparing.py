"""Two tables compared exactly: against every combination of facts of small domains, and on the real one."""

import itertools

from hypothesis import given

from implantation.routing.proof.comparing import MOST_REGIONS, coverage, crossings, residual, shadowed
from implantation.routing.table import TableRule, table
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
    found = crossings(coverage(before), coverage(after))
    assert {(one.before, one.after): one.number for one in found} == counted
    assert sum(one.number for one in found) == coverage(before).size
    for one in found:
        assert (taken(before, one.example), taken(after, one.example)) == (one.before, one.after)


@given(tables(), tables())
def test_a_region_is_all_taken_by_the_same_two_rules_and_cannot_grow(before, after):
    for one in crossings(coverage(before), coverage(after)):
        region = one.region
        pair = (one.before, one.after)
        assert one.example in list(combinations(region))
        assert all((taken(before, facts), taken(after, facts)) == pair for facts in combinations(region))
        for fact, values in region.items():
            for value in DOMAIN[fact] - values:
                wider = region | {fact: frozenset({value})}
                assert any((taken(before, facts), taken(after, facts)) != pair for facts in combinations(wider))


def key(facts):
    return tuple(sorted(facts.items()))


def left(rules):
    return {key(facts) for facts in every_combination() if taken(rules, facts) == len(rules.rules) - 1}


def assert_exact(found, expected):
    """The regions are in the set, each is maximal in it, and what they leave out is counted."""
    shown = {key(facts) for region in found.regions for facts in combinations(region)}
    assert shown <= expected
    assert found.rest == len(expected - shown)
    assert not found.rest or len(found.regions) == MOST_REGIONS


@given(tables())
def test_the_residual_is_what_only_the_last_rule_takes(rules):
    found = residual(coverage(rules))
    assert_exact(found, left(rules))
    assert residual(coverage(rules)) == found
    for region in found.regions:
        for fact, values in region.items():
            for value in DOMAIN[fact] - values:
                wider = region | {fact: frozenset({value})}
                assert any(key(facts) not in left(rules) for facts in combinations(wider))


@given(tables(), tables())
def test_what_is_newly_left_is_left_by_one_and_taken_by_the_other(before, after):
    assert_exact(residual(coverage(after), beyond=coverage(before)), left(after) - left(before))


def test_beyond_twelve_regions_the_rest_is_counted(monkeypatch):
    monkeypatch.setattr("implantation.routing.proof.comparing.MOST_REGIONS", 1)
    craft = (("activity", frozenset({"craft"})), ("place", frozenset({"94081"})))
    found = residual(coverage(table([TableRule(1, "cma", craft), TableRule(2, "ept")], DOMAIN)))
    assert len(found.regions) == 1
    assert found.rest > 0


@given(tables())
def test_a_rule_is_shadowed_when_it_takes_nothing_by_those_that_take_what_it_would(rules):
    expected = {}
    for place, rule in enumerate(rules.rules[:-1]):
        inside = [facts for facts in every_combination() if not rule.misses(facts)]
        takers = {taken(rules, facts) for facts in inside}
        if place not in takers:
            expected[place] = sorted(takers)
    assert shadowed(coverage(rules)) == expected


def test_nothing_moves_between_a_table_and_itself():
    one = table([TableRule(1, "cma", (("activity", frozenset({"craft"})),)), TableRule(2, "ept")], DOMAIN)
    assert all(crossing.before == crossing.after for crossing in crossings(coverage(one), coverage(one)))
    assert residual(coverage(one), beyond=coverage(one)).regions == []
