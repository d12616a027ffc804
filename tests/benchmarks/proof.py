"""What the proof of a routing table costs as rules and facts grow: `PYTHONPATH=site:. .venv/bin/python -m
tests.benchmarks.proof`, with `--bitmaps` beside the former way (one bit a combination, the oracle of the tests; an
eighth fact takes it 700 MB).

Each table in a process of its own, on its processor's time: `kept` is what is proved and kept with the table in force
(rules that never decide); `shown` adds what a draft's page shows of it alone (what is left to the last rule);
`compared` is that draft against the table in force (what moves, twelve regions of it, what more is left). `memory` is
the most that the process held, beyond what it held before. Ten facts are the territory's seven and three of five to
seven values.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from math import prod
from types import ModuleType
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from implantation.routing.proof import comparing
from implantation.routing.table import Domain, Table, TableRule, table
from tests.benchmarks.routing import AREAS, DOMAIN, IN_91, IN_94, PARTNERS, changed, some_values
from tests.implantation import bitmaps

SEED, RULES = 20261130, 100
# Budgets of a hundred rules over ten facts.
MOST_SECONDS, MOST_MEMORY = 2, 200


def lists(facts: int) -> Domain:
    """The territory's closed lists, and made-up facts up to so many."""
    more = {f"more_{at}": frozenset("abcdefg"[: 5 + at % 3]) for at in range(facts - len(DOMAIN))}
    return DOMAIN | more


def demonstration(pick: random.Random, domain: Domain) -> Table:
    """The conditions of the demonstration's twenty rules."""
    in_94, in_91 = frozenset([*IN_94, "several_94"]), frozenset([*IN_91, "several_91"])
    craft, trade = frozenset({"craft", "craft_and_trade"}), frozenset({"trade_or_services"})
    industry, found = frozenset({"industry_or_logistics"}), frozenset({"create", "take_over"})
    rules: list[tuple[str, dict[str, frozenset[str]]]] = [
        *((slug, {"property_partner": frozenset({slug})}) for slug in PARTNERS),
        ("ept", {"premises": frozenset({"land"})}),
        ("ept", {"project": frozenset({"develop_land"})}),
        ("essonne-developpement", {"origin": frozenset({"france", "abroad"}), "place": in_91}),
        ("ept", {"headcount": frozenset({"250+"})}),
        ("cma-94", {"activity": craft, "project": found, "place": in_94}),
        ("cma-94", {"activity": craft, "place": in_94}),
        ("cma-91", {"activity": craft, "place": in_91}),
        ("cci-94", {"activity": trade, "project": found, "place": in_94}),
        ("cci-91", {"activity": trade, "project": found, "place": in_91}),
        ("cci-94", {"activity": trade, "place": in_94}),
        ("cci-91", {"activity": trade, "place": in_91}),
        ("cci-94", {"activity": industry, "place": in_94}),
        ("cci-91", {"activity": industry, "place": in_91}),
        ("ept", {}),
    ]
    return table([TableRule(at, lead, tuple(box.items())) for at, (lead, box) in enumerate(rules, start=1)], domain)


def written(pick: random.Random, domain: Domain) -> Table:
    """A hundred rules as people write them: the partner of the premises first, then one to four conditions each."""
    facts = [fact for fact in domain if fact not in ("place", "property_partner")]
    boxes = []
    for _ in range(RULES - len(PARTNERS) - 1):
        box = {fact: some_values(pick, sorted(domain[fact]), 3) for fact in pick.sample(facts, pick.randint(1, 3))}
        if pick.random() < 0.8:
            area = pick.choice(AREAS)
            box["place"] = frozenset(area) if pick.random() < 0.6 else some_values(pick, area, 6)
        boxes.append(box)
    own = [{"property_partner": frozenset({slug})} for slug in PARTNERS]
    return _table(pick, [*own, *sorted(boxes, key=len, reverse=True)], domain)


def drawn(fewest: int, most: int, narrow: float, wide: float) -> Callable[[random.Random, Domain], Table]:
    """A hundred rules at random: so many conditions each, on such a share of a fact's values."""

    def draw(pick: random.Random, domain: Domain) -> Table:
        boxes = []
        for _ in range(RULES - 1):
            box = {}
            for fact in pick.sample(sorted(domain), pick.randint(fewest, most)):
                number = round(len(domain[fact]) * pick.uniform(narrow, wide))
                values = sorted(domain[fact])
                box[fact] = frozenset(pick.sample(values, max(1, min(number, len(values) - 1))))
            boxes.append(box)
        return _table(pick, boxes, domain)

    return draw


def _table(pick: random.Random, boxes: list[dict[str, frozenset[str]]], domain: Domain) -> Table:
    rules = [TableRule(at, pick.choice(PARTNERS), tuple(sorted(box.items()))) for at, box in enumerate(boxes, start=1)]
    return table([*rules, TableRule(len(rules) + 1, "ept")], domain)


CASES: dict[str, tuple[int, Callable[[random.Random, Domain], Table]]] = {
    "the demonstration's": (7, demonstration),
    "as people write them, 7 facts": (7, written),
    "as people write them, 8 facts": (8, written),
    "as people write them, 9 facts": (9, written),
    "as people write them, 10 facts": (10, written),
    "random, 1 to 6 conditions, 20-60 %": (10, drawn(1, 6, 0.2, 0.6)),
    "random, 2 to 4 conditions, 10-30 %": (10, drawn(2, 4, 0.1, 0.3)),
    "random, 3 conditions, 10-40 %": (10, drawn(3, 3, 0.1, 0.4)),
    "random, 4 conditions, 40-80 %": (10, drawn(4, 4, 0.4, 0.8)),
    "random, 5 conditions, 20-50 %": (10, drawn(5, 5, 0.2, 0.5)),
    "random, 6 conditions, 30-60 %": (10, drawn(6, 6, 0.3, 0.6)),
    "random, 10 conditions, 30-60 %": (10, drawn(10, 10, 0.3, 0.6)),
}


def run(case: str, way: ModuleType) -> dict[str, Any]:
    """Seconds of each part and megabytes, of one table and a draft of it, in this process."""
    pick = random.Random(SEED)
    facts, make = CASES[case]
    before = make(pick, lists(facts))
    after = changed(pick, before)
    held = _held()
    kept = _seconds(lambda: way.shadowed(way.coverage(before)))
    left = _seconds(lambda: way.residual(way.coverage(before)))
    compared = _seconds(lambda: _compare(before, after, way))
    combinations = prod(len(values) for values in before.domain.values())
    return {
        "rules": len(before.rules),
        "combinations": combinations,
        "kept": kept,
        "shown": kept + left,
        "compared": compared,
        "memory": _held() - held,
    }


def _compare(before: Table, after: Table, way: ModuleType) -> None:
    was, would = way.coverage(before), way.coverage(after)
    moves = [one for one in way.crossings(was, would) if before.rules[one.before].lead != after.rules[one.after].lead]
    for one in sorted(moves, key=lambda move: -move.number)[: way.MOST_REGIONS]:
        assert one.region
    way.residual(would, beyond=was)


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--bitmaps", action="store_true", help="the former way too, on the cases of at most eight facts"
    )
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--way", choices=["boxes", "bitmaps"], default="boxes", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        print(json.dumps(run(options.case, bitmaps if options.way == "bitmaps" else comparing)))
        return
    print(f"{'rules':<38}{'number':>7}{'combinations':>16}{'kept':>8}{'shown':>8}{'compared':>10}{'memory':>9}")
    for case, (facts, _make) in CASES.items():
        for way in ["boxes", "bitmaps"] if options.bitmaps and facts <= 8 else ["boxes"]:
            command = [sys.executable, "-m", "tests.benchmarks.proof", "--case", case, "--way", way]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            name = case if way == "boxes" else f"  {way}"
            times = f"{found['kept']:6.2f} s{found['shown']:6.2f} s{found['compared']:8.2f} s"
            counts = f"{found['rules']:>7}{found['combinations']:>16,}"
            print(f"{name:<38}{counts}{times}{found['memory']:6.0f} MB", flush=True)
    print(f"at most, for 100 rules over 10 facts: {MOST_SECONDS} s, {MOST_MEMORY} MB")


if __name__ == "__main__":
    main()
