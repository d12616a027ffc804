"""Boxes against bitmaps: on any small product of facts, both say the same of any two tables."""

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from implantation.routing.proof import comparing
from implantation.routing.proof.boxes import count_first, count_outside, first_outside, leaves_some, size
from implantation.routing.table import TableRule, table
from tests.benchmarks.routing import DOMAIN, realistic, some_facts
from tests.examples import examples
from tests.implantation import bitmaps

LEADS = ["ept", "cci", "cma"]


@st.composite
def domains(draw):
    """Two to five facts of two to four values; facts and values are not named in alphabetical order."""
    names = draw(st.permutations("pqrst"))[: draw(st.integers(2, 5))]
    return {name: frozenset("abcd"[: draw(st.integers(2, 4))]) for name in names}


@st.composite
def boxes(draw, domain):
    facts = draw(st.sets(st.sampled_from(sorted(domain))))
    return {fact: frozenset(draw(st.sets(st.sampled_from(sorted(domain[fact])), min_size=1))) for fact in sorted(facts)}


@st.composite
def two_tables(draw):
    """Two tables of up to eight rules over one domain, the second often made from the first."""
    domain = draw(domains())
    first = draw(st.lists(boxes(domain), max_size=7))
    others = st.sampled_from(first) | boxes(domain) if first else boxes(domain)
    return tuple(
        table(
            [TableRule(at, draw(st.sampled_from(LEADS)), tuple(box.items())) for at, box in enumerate([*rules, {}])],
            domain,
        )
        for rules in (first, draw(st.lists(others, max_size=7)))
    )


def combinations(domain, box):
    lists = [sorted(values & box.get(fact, values)) for fact, values in domain.items()]
    return [dict(zip(domain, values, strict=True)) for values in itertools.product(*lists)]


def holds(box, facts):
    return all(facts[fact] in values for fact, values in box.items())


@settings(max_examples=examples(150), deadline=None)
@given(two_tables())
def test_crossings_their_examples_and_regions_are_those_of_the_bitmaps(tables):
    found = comparing.crossings(*map(comparing.coverage, tables))
    expected = bitmaps.crossings(*map(bitmaps.coverage, tables))
    assert [(one.before, one.after, one.number) for one in found] == [
        (one.before, one.after, one.number) for one in expected
    ]
    assert [one.example for one in found] == [one.example for one in expected]
    assert [one.region for one in found] == [one.region for one in expected]


@settings(max_examples=examples(150), deadline=None)
@given(two_tables())
def test_what_each_rule_takes_and_the_shadowed_ones_are_those_of_the_bitmaps(tables):
    for one in tables:
        found, expected = comparing.coverage(one), bitmaps.coverage(one)
        assert found.size == expected.grid.size
        assert found.numbers == [taken.bit_count() for taken in expected.taken]
        assert comparing.shadowed(found) == bitmaps.shadowed(expected)


@settings(max_examples=examples(150), deadline=None)
@given(two_tables(), st.integers(1, 3))
def test_the_residual_shown_and_the_rest_are_those_of_the_bitmaps(tables, most):
    was, would = map(comparing.coverage, tables)
    before, after = map(bitmaps.coverage, tables)
    kept = comparing.MOST_REGIONS, bitmaps.MOST_REGIONS
    comparing.MOST_REGIONS = bitmaps.MOST_REGIONS = most
    try:
        for found, expected in (
            (comparing.residual(would), bitmaps.residual(after)),
            (comparing.residual(would, beyond=was), bitmaps.residual(after, beyond=before)),
        ):
            assert (found.regions, found.rest) == (expected.regions, expected.rest)
    finally:
        comparing.MOST_REGIONS, bitmaps.MOST_REGIONS = kept


@settings(max_examples=examples(150), deadline=None)
@given(st.data())
def test_boxes_are_counted_and_searched_as_going_through_the_combinations_does(data):
    domain = data.draw(domains())
    walls, inside = (data.draw(st.lists(boxes(domain), max_size=6)) for _ in range(2))
    within = data.draw(boxes(domain))
    here = combinations(domain, within)
    assert size(domain, within) == len(here)
    free = [facts for facts in here if not any(holds(wall, facts) for wall in walls)]
    assert leaves_some(domain, walls, within=within) == bool(free)
    aimed = [facts for facts in free if any(holds(box, facts) for box in inside)]
    assert first_outside(domain, walls, within=within, inside=inside) == (aimed[0] if aimed else None)
    assert first_outside(domain, walls, within=within) == (free[0] if free else None)
    everywhere = combinations(domain, {})
    assert count_outside(domain, walls) == sum(not any(holds(wall, facts) for wall in walls) for facts in everywhere)
    counted = {}
    for facts in here:
        firsts = tuple(
            next((at for at, box in enumerate(one) if holds(box, facts)), len(one)) for one in (walls, inside)
        )
        counted[firsts] = counted.get(firsts, 0) + 1
    assert count_first(domain, walls, inside, within=within) == counted


@settings(max_examples=examples(20), deadline=None)
@given(st.integers(0, 2**32))
def test_over_the_real_lists_what_each_rule_takes_is_what_deciding_says_of_facts_drawn(seed):
    pick = random.Random(seed)
    one = realistic(pick, rules=40)
    cover = comparing.coverage(one)
    assert sum(cover.numbers) == cover.size
    hidden, left = comparing.shadowed(cover), comparing.residual(cover)
    for _ in range(30):
        facts = some_facts(pick)
        place = one.rules.index(one.decide(facts).rule)
        assert cover.takers({fact: frozenset({value}) for fact, value in facts.items()}) == [place]
        assert cover.numbers[place] > 0
        assert place not in hidden
        if not left.rest:
            assert any(holds(region, facts) for region in left.regions) == (place == len(one.rules) - 1)
    for region in left.regions:
        facts = {fact: pick.choice(sorted(values)) for fact, values in region.items()}
        assert one.decide(facts).rule is one.rules[-1]


def test_a_ninth_and_a_tenth_fact_that_no_rule_names_multiply_every_count():
    pick = random.Random(8)
    one = realistic(pick)
    wider = DOMAIN | {"ninth": frozenset("abcdefgh"), "tenth": frozenset("abc")}
    more = table(list(one.rules), wider)
    assert comparing.coverage(more).numbers == [24 * number for number in comparing.coverage(one).numbers]
    assert comparing.residual(comparing.coverage(more)).regions == [
        region | {"ninth": wider["ninth"], "tenth": wider["tenth"]}
        for region in comparing.residual(comparing.coverage(one)).regions
    ]
