"""Two routing tables side by side, exactly, over the whole product of facts. Pure.

A combination of facts is taken by one rule of each table. Combinations are counted together as long as the same rules
may still take them, so the work follows the number of distinct sets of rules, not the product of facts. A region is a
box: for each fact, the values it may have; those given are maximal, grown fact by fact in the order of the lists.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod

from implantation.routing import Domain, Rule, Table

Region = dict[str, frozenset[str]]
MOST_REGIONS = 12


@dataclass(frozen=True)
class Crossing:
    """What the rule at index `before` of one table and that at index `after` of the other both take: how many
    combinations, and the first of them."""

    before: int
    after: int
    number: int
    example: dict[str, str]


def size(domain: Domain) -> int:
    """How many combinations of facts there are."""
    return prod(len(values) for values in domain.values())


def crossings(before: Table, after: Table) -> list[Crossing]:
    """Every pair of rules that takes some combination together, in order."""
    return list(_crossings(before.rules, after.rules, after.domain))


def _crossings(before: Sequence[Rule], after: Sequence[Rule], domain: Domain) -> Iterator[Crossing]:
    rules, width = [*before, *after], len(before)
    low = (1 << width) - 1
    alive: dict[int, tuple[int, tuple[str, ...]]] = {(1 << len(rules)) - 1: (1, ())}
    facts = list(domain)
    for place, fact in enumerate(facts):
        to_come = set(facts[place + 1 :])
        settled = _bitmap(not any(name in to_come for name, _values in rule.conditions) for rule in rules)
        masks: dict[int, tuple[int, str]] = {}
        for value in sorted(domain[fact]):
            mask = _bitmap(all(value in wanted for name, wanted in rule.conditions if name == fact) for rule in rules)
            number, first = masks.get(mask, (0, value))
            masks[mask] = (number + 1, first)
        counted: dict[int, tuple[int, tuple[str, ...]]] = {}
        for bitmap, (number, example) in alive.items():
            for mask, (many, value) in masks.items():
                left = bitmap & mask
                # Nothing behind a rule that matches whatever the other facts are can still take anything.
                left = _first_settled(left & low, settled) | _first_settled(left >> width, settled >> width) << width
                known, shown = counted.get(left, (0, (*example, value)))
                counted[left] = (known + number * many, shown)
        alive = counted
    pairs: dict[tuple[int, int], tuple[int, tuple[str, ...]]] = {}
    for bitmap, (number, example) in alive.items():
        pair = (_lowest(bitmap & low), _lowest(bitmap >> width))
        known, shown = pairs.get(pair, (0, example))
        pairs[pair] = (known + number, min(shown, example))
    for (one, other), (number, example) in sorted(pairs.items()):
        yield Crossing(one, other, number, dict(zip(facts, example, strict=True)))


def region_of(crossing: Crossing, before: Table, after: Table) -> Region:
    """A maximal region around the example of a crossing, all of it taken by the same two rules."""
    inside = [before.rules[crossing.before], after.rules[crossing.after]]
    avoid = [*before.rules[: crossing.before], *after.rules[: crossing.after]]
    return _grown(crossing.example, inside, avoid, after.domain)


@dataclass(frozen=True)
class Residual:
    """What no rule but the last takes: at most `MOST_REGIONS` regions, and how many combinations none of them holds."""

    regions: list[Region] = field(default_factory=list)
    rest: int = 0


def residual(table: Table, *, beyond: Table | None = None) -> Residual:
    """The residual of a table, greedy and deterministic; with `beyond`, only what that other table does not leave to
    its last rule."""
    rules, found = list(table.rules[:-1]), list[Region]()
    others = list(beyond.rules) if beyond else [Rule(0, "")]
    left_by_other = len(others) - 1 if beyond else -1
    while True:
        covered = [Rule(0, "", tuple(region.items())) for region in found]
        here = _crossings(others, [*rules, *covered, Rule(0, "")], table.domain)
        last = len(rules) + len(covered)
        new = [one for one in here if one.after == last and one.before != left_by_other]
        if not new or len(found) == MOST_REGIONS:
            return Residual(found, sum(one.number for one in new))
        found.append(_grown(new[0].example, [others[new[0].before]], rules, table.domain))


def shadowed(table: Table) -> dict[int, list[int]]:
    """The rules, by index, that take nothing, each with the earlier ones that take what it would. Not the last rule: it
    is there for what nobody thought of, and may well be left nothing."""
    reached = {one.after for one in _crossings([Rule(0, "")], table.rules, table.domain)}
    found = {}
    for place, rule in enumerate(table.rules[:-1]):
        if place not in reached:
            inside = dict(table.domain) | {fact: wanted & table.domain[fact] for fact, wanted in rule.conditions}
            takers = _crossings([Rule(0, "")], table.rules[:place], inside)
            found[place] = sorted({one.after for one in takers})
    return found


def _grown(cell: dict[str, str], inside: Iterable[Rule], avoid: Iterable[Rule], domain: Domain) -> Region:
    region: Region = {fact: frozenset({value}) for fact, value in cell.items()}
    allowed = dict(domain)
    for rule in inside:
        for fact, wanted in rule.conditions:
            allowed[fact] &= wanted
    walls = [dict(rule.conditions) for rule in avoid]
    for fact in domain:
        for value in sorted(allowed[fact] - region[fact]):
            wider = region | {fact: region[fact] | {value}}
            if all(any(not wanted & wider[name] for name, wanted in wall.items()) for wall in walls):
                region = wider
    return region


def _bitmap(bits: Iterable[bool]) -> int:
    return sum(1 << place for place, bit in enumerate(bits) if bit)


def _lowest(bitmap: int) -> int:
    return (bitmap & -bitmap).bit_length() - 1


def _first_settled(bitmap: int, settled: int) -> int:
    certain = bitmap & settled
    return bitmap & ((certain & -certain) << 1) - 1 if certain else bitmap
