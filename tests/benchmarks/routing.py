"""How long routing takes with a hundred rules over the full product of facts (about 3.8 million combinations).

    PYTHONPATH=site:. .venv/bin/python -m tests.benchmarks.routing

Prints p50 and p95 of the processor's time over random realistic tables, with the budget where there is one. The
domain is that of the territory: 24 communes and 5 wider places, 6 partners. No database is read.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from math import prod
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from implantation.routing.facts import Activity, Headcount, Origin, Premises, Project, WiderPlace
from implantation.routing.proof.comparing import MOST_REGIONS, coverage, crossings, residual, shadowed
from implantation.routing.table import Domain, Facts, Table, TableRule, table

TABLES = 25
PARTNERS = ["ept", "cci-94", "cci-91", "cma-94", "cma-91", "essonne-developpement"]
IN_94, IN_91 = [f"940{number:02}" for number in range(1, 19)], [f"910{number:02}" for number in range(1, 7)]
AREAS = [[*IN_94, "several_94"], [*IN_91, "several_91"]]
DOMAIN: Domain = {
    "project": frozenset(Project.values),
    "activity": frozenset(Activity.values),
    "place": frozenset([*IN_94, *IN_91, *WiderPlace.values]),
    "headcount": frozenset(Headcount.values),
    "premises": frozenset(Premises.values),
    "origin": frozenset(Origin.values),
    "property_partner": frozenset(["none", *PARTNERS]),
}


def realistic(pick: random.Random, rules: int = 100) -> Table:
    """Rules as people write them: the partner of the premises first, then one to four conditions each, on a department,
    a few communes or none, the narrow ones before the wide ones."""
    own = [TableRule(at, slug, (("property_partner", frozenset({slug})),)) for at, slug in enumerate(PARTNERS, start=1)]
    drawn = sorted((_conditions(pick) for _ in range(rules - len(own) - 1)), key=len, reverse=True)
    others = [
        TableRule(at, pick.choice(PARTNERS), conditions) for at, conditions in enumerate(drawn, start=len(own) + 1)
    ]
    return table([*own, *others, TableRule(rules, "ept")], DOMAIN)


def _conditions(pick: random.Random) -> tuple[tuple[str, frozenset[str]], ...]:
    facts = pick.sample(["project", "activity", "headcount", "premises", "origin"], pick.randint(1, 3))
    found = {fact: some_values(pick, sorted(DOMAIN[fact]), 3) for fact in facts}
    if pick.random() < 0.8:
        area = pick.choice(AREAS)
        found["place"] = frozenset(area) if pick.random() < 0.6 else some_values(pick, area, 6)
    return tuple(sorted(found.items()))


def some_values(pick: random.Random, values: list[str], most: int) -> frozenset[str]:
    """At least one of these values and at most so many, never all."""
    return frozenset(pick.sample(values, pick.randint(1, min(most, len(values) - 1))))


def changed(pick: random.Random, one: Table) -> Table:
    """A draft as coordinators make them: five rules given to another partner, two dropped, two that change places."""
    rules = list(one.rules[:-1])
    for place in pick.sample(range(len(rules)), 5):
        rules[place] = replace(rules[place], lead=pick.choice(PARTNERS))
    for _ in range(2):
        rules.pop(pick.randrange(len(rules)))
    at = pick.randrange(len(rules) - 1)
    rules[at : at + 2] = rules[at + 1], rules[at]
    drafted = [*rules, one.rules[-1]]
    return table([replace(rule, position=place) for place, rule in enumerate(drafted, start=1)], one.domain)


def some_facts(pick: random.Random) -> dict[str, str]:
    """One value of each fact."""
    return {fact: pick.choice(sorted(values)) for fact, values in DOMAIN.items()}


def explained(one: Table, facts: Facts) -> object:
    """A decision and why each earlier rule did not match."""
    return one.decide(facts).earlier


def prove(one: Table) -> None:
    """All that is shown of a table: what covers a rule, what each rule takes, what is left."""
    cover = coverage(one)
    shadowed(cover)
    assert cover.numbers
    residual(cover)


def compare(before: Table, after: Table) -> None:
    """A draft against the table in force: what moves, where it is, what more is left."""
    was, would = coverage(before), coverage(after)
    moves = [one for one in crossings(was, would) if before.rules[one.before].lead != after.rules[one.after].lead]
    for one in sorted(moves, key=lambda move: -move.number)[:MOST_REGIONS]:
        assert one.region
    residual(would, beyond=was)


def main() -> None:
    pick = random.Random(20261123)
    tables = [realistic(pick) for _ in range(TABLES)]
    combinations = prod(len(values) for values in DOMAIN.values())
    line(f"{combinations:,} combinations, {len(tables[0].rules)} rules, {TABLES} tables")
    last = [(one, left) for one in tables for left in [residual(coverage(one)).regions[:1]] if left]
    worst = [(one, {fact: min(values) for fact, values in left[0].items()}) for one, left in last] * 20
    some = [(one, some_facts(pick)) for one in tables for _ in range(100)]
    for name, drawn in (("drawn at random", some), ("by the last rule", worst)):
        said(f"a decision, facts {name}", [partial(one.decide, facts) for one, facts in drawn], 1e6, "µs", 100)
        said("  with its explanation", [partial(explained, one, facts) for one, facts in drawn], 1e6, "µs")
    said("who may still answer, nothing known", [partial(one.possible_leads, {}) for one in tables], 1e3, "ms")
    half = [(one, dict(list(some_facts(pick).items())[:3])) for one in tables for _ in range(10)]
    said(
        "who may still answer, three facts known",
        [partial(one.possible_leads, known) for one, known in half],
        1e3,
        "ms",
    )
    said("the proof of a table", [partial(prove, one) for one in tables], 1e3, "ms", 2000)
    pairs = [(one, changed(pick, one)) for one in tables]
    said("a draft against the table in force", [partial(compare, *pair) for pair in pairs], 1e3, "ms", 2000)


def said(what: str, calls: list[Callable[[], object]], scale: float, unit: str, most: float | None = None) -> None:
    """Print how long each call took, median and 95th percentile."""
    cuts = quantiles(_durations(calls), n=20)
    budget = f"  (at most {most} {unit})" if most else ""
    line(f"{what:<48}p50 {scale * cuts[9]:7.1f} {unit}  p95 {scale * cuts[18]:7.1f} {unit}{budget}")


def line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _durations(calls: list[Callable[[], object]]) -> Iterator[float]:
    for call in calls:
        began = time.process_time()
        call()
        yield time.process_time() - began


if __name__ == "__main__":
    main()
