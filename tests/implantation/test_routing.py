"""The table always decides, once, and says why: against a naive oracle, on small domains and on the real one."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implantation.routing.table import InvalidTableError, TableRule, check_facts, table

DOMAIN = {
    "project": frozenset({"create", "move", "unknown"}),
    "activity": frozenset({"craft", "liberal", "unknown"}),
    "place": frozenset({"94081", "91027", "several_94", "unknown"}),
}
LEADS = ["ept", "cci", "cma"]


@st.composite
def conditions(draw):
    facts = draw(st.sets(st.sampled_from(sorted(DOMAIN)), max_size=3))
    return tuple(
        (fact, frozenset(draw(st.sets(st.sampled_from(sorted(DOMAIN[fact])), min_size=1)))) for fact in sorted(facts)
    )


@st.composite
def tables(draw):
    rules = [
        TableRule(position, draw(st.sampled_from(LEADS)), draw(conditions()))
        for position in range(1, draw(st.integers(1, 7)))
    ]
    return table([*rules, TableRule(len(rules) + 1, draw(st.sampled_from(LEADS)))], DOMAIN)


facts_strategy = st.fixed_dictionaries({fact: st.sampled_from(sorted(values)) for fact, values in DOMAIN.items()})
partial_strategy = st.fixed_dictionaries(
    {}, optional={fact: st.sampled_from(sorted(values)) for fact, values in DOMAIN.items()}
)


def naive(rules, facts):
    """Word for word: the first rule none of whose conditions is broken."""
    for rule in rules:
        wanted = dict(rule.conditions)
        if all(facts[fact] in wanted[fact] for fact in wanted):
            return rule
    return None


def every_combination():
    for values in itertools.product(*DOMAIN.values()):
        yield dict(zip(DOMAIN, values, strict=True))


@given(tables(), facts_strategy)
def test_one_rule_decides_and_it_is_the_first_that_holds(rules, facts):
    outcome = rules.decide(facts)
    assert outcome.rule == naive(rules.rules, facts)
    assert outcome.rule.lead in LEADS


@given(tables(), facts_strategy)
def test_the_same_facts_give_the_same_decision(rules, facts):
    assert rules.decide(facts) == rules.decide(dict(reversed(facts.items())))


@given(tables(), facts_strategy)
def test_every_earlier_rule_is_explained_by_what_was_wanted(rules, facts):
    outcome = rules.decide(facts)
    assert [rule for rule, _ in outcome.earlier] == list(rules.rules[: rules.rules.index(outcome.rule)])
    for rule, misses in outcome.earlier:
        assert misses
        for miss in misses:
            assert miss.value == facts[miss.fact]
            assert miss.value not in miss.expected
            assert (miss.fact, miss.expected) in rule.conditions
        # What is not listed as a miss did hold: mending the misses alone makes the rule match.
        mended = facts | {miss.fact: min(miss.expected) for miss in misses}
        assert not rule.misses(mended)


@settings(max_examples=60)
@given(tables(), partial_strategy)
def test_possible_leads_are_exactly_those_of_the_completions(rules, known):
    expected = {
        naive(rules.rules, facts).lead for facts in every_combination() if all(facts[k] == v for k, v in known.items())
    }
    assert rules.possible_leads(known) == expected


@settings(max_examples=60)
@given(tables(), partial_strategy, st.sampled_from(sorted(DOMAIN)))
def test_values_that_go_together_are_never_told_apart(rules, known, fact):
    known = {name: value for name, value in known.items() if name != fact}
    groups = rules.alike(fact, known)
    assert sorted(value for group in groups for value in group) == sorted(DOMAIN[fact])
    for group in groups:
        for facts in every_combination():
            if all(facts[name] == value for name, value in known.items()):
                assert len({naive(rules.rules, facts | {fact: value}).position for value in group}) == 1


def test_order_decides_between_two_rules_that_hold():
    craft = (("activity", frozenset({"craft"})),)
    vitry = (("place", frozenset({"94081"})),)
    facts = {"project": "create", "activity": "craft", "place": "94081"}
    first = table([TableRule(1, "cma", craft), TableRule(2, "cci", vitry), TableRule(3, "ept")], DOMAIN)
    second = table([TableRule(2, "cma", craft), TableRule(1, "cci", vitry), TableRule(3, "ept")], DOMAIN)
    assert first.decide(facts).rule.lead == "cma"
    assert second.decide(facts).rule.lead == "cci"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([], "at least one rule"),
        ([TableRule(1, "ept", (("colour", frozenset({"red"})),)), TableRule(2, "ept")], "“colour” is not a fact"),
        ([TableRule(1, "ept", (("place", frozenset({"75056"})),)), TableRule(2, "ept")], "“75056” is not a value"),
        ([TableRule(1, "ept", (("place", frozenset()),)), TableRule(2, "ept")], "has no value"),
        ([TableRule(1, "ept", (("place", frozenset({"94081"})),))], "last rule must have no condition"),
        ([TableRule(1, "ept"), TableRule(1, "cci")], "Two rules have the position 1"),
    ],
)
def test_a_table_that_could_not_decide_is_refused_in_words(rules, said, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(InvalidTableError, match=said):
        table(rules, DOMAIN)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"project": "create", "activity": "craft"}, "has no value"),
        ({"project": "create", "activity": "craft", "place": "75056"}, "“75056”"),
        ({"project": "create", "activity": "craft", "place": "94081", "colour": "red"}, "is not a fact"),
    ],
)
def test_facts_outside_the_closed_lists_are_refused(facts, said, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(ValueError, match=said):
        check_facts(facts, DOMAIN)
