"""Exact comparison of two routing tables over the whole product of facts. Pure.

A rule takes its box minus the combinations taken by earlier rules. A region is a box of allowed values for each fact;
returned regions are maximal, grown fact by fact in the order of the lists.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from implantation.routing.proof.boxes import Box, count_first, count_outside, first_outside, leaves_some, size
from implantation.routing.table import Domain, Table, TableRule

Region = dict[str, frozenset[str]]
MOST_REGIONS = 12


@dataclass(frozen=True, eq=False)
class Coverage:
    """Coverage of a table: the combinations taken by each rule, counted lazily."""

    table: Table

    @cached_property
    def size(self) -> int:
        """Number of combinations in the table's domain."""
        return size(self.table.domain)

    @cached_property
    def boxes(self) -> list[Box]:
        """Conditions of each rule as a box."""
        return [dict(rule.conditions) for rule in self.table.rules]

    @cached_property
    def numbers(self) -> list[int]:
        """Number of combinations taken by each rule."""
        counted = count_first(self.table.domain, self.boxes)
        return [counted.get((place,), 0) for place in range(len(self.boxes))]

    def takers(self, within: Box) -> list[int]:
        """Return the indices of the rules taking any combination of a box."""
        return sorted(place for (place,) in count_first(self.table.domain, self.boxes, within=within))


@dataclass(frozen=True)
class Crossing:
    """Combinations taken both by the rule at index `before` of one table and at index `after` of the other.

    `number` is their count.
    """

    before: int
    after: int
    number: int
    tables: tuple[Coverage, Coverage] = field(repr=False, compare=False)

    @property
    def example(self) -> dict[str, str]:
        """First of these combinations."""
        was, would = self.tables
        walls = [*was.boxes[: self.before], *would.boxes[: self.after]]
        combination = first_outside(
            was.table.domain, walls, within=was.boxes[self.before], inside=[would.boxes[self.after]]
        )
        assert combination is not None  # `number` is above zero
        return combination

    @property
    def region(self) -> Region:
        """Maximal region around the example, taken as a whole by the same two rules."""
        before, after = (table_coverage.table.rules for table_coverage in self.tables)
        avoid = [*before[: self.before], *after[: self.after]]
        return _grown(self.example, [before[self.before], after[self.after]], avoid, self.tables[1].table.domain)


@dataclass(frozen=True)
class Residual:
    """Residual, taken by the last rule only: at most `MOST_REGIONS` regions; `rest` counts the combinations outside."""

    regions: list[Region] = field(default_factory=list)
    rest: int = 0


def coverage(table: Table) -> Coverage:
    """Return the coverage of a table over the whole product of its domain."""
    return Coverage(table)


def crossings(before: Coverage, after: Coverage) -> list[Crossing]:
    """Return every pair of rules with a common combination, in order; both tables must share a domain."""
    counted = count_first(before.table.domain, before.boxes, after.boxes)
    return [
        Crossing(place_before, place_after, counted[place_before, place_after], (before, after))
        for place_before, place_after in sorted(counted)
    ]


def residual(one: Coverage, *, beyond: Coverage | None = None) -> Residual:
    """Return the residual of a table, greedy and deterministic; `beyond` excludes the residual of another table."""
    table, walls, regions = one.table, one.boxes[:-1], list[Region]()
    inside: Sequence[Box] = [{}] if beyond is None else beyond.boxes[:-1]
    while example := first_outside(table.domain, [*walls, *regions], inside=inside):
        if len(regions) == MOST_REGIONS:
            return Residual(regions, _left(one, beyond) - _together(regions, table.domain))
        decisive_rules = [beyond.table.decide(example).rule] if beyond else []
        regions.append(_grown(example, decisive_rules, table.rules[:-1], table.domain))
    return Residual(regions)


def shadowed(one: Coverage) -> dict[int, list[int]]:
    """Return the shadowed rules, by index, each with the earlier rules taking its combinations.

    The last rule is not included: the catch-all for unforeseen cases may well be left with nothing.
    """
    boxes, domain = one.boxes, one.table.domain
    return {
        place: one.takers(within=box)
        for place, box in enumerate(boxes[:-1])
        if not leaves_some(domain, boxes[:place], within=box)
    }


def _left(one: Coverage, beyond: Coverage | None) -> int:
    """Count the combinations of the residual; with `beyond`, without the residual common to both tables."""
    walls, domain = one.boxes[:-1], one.table.domain
    left = count_outside(domain, walls)
    return left - count_outside(domain, [*walls, *beyond.boxes[:-1]]) if beyond else left


def _together(regions: Sequence[Region], domain: Domain) -> int:
    """Count the combinations in the union of regions."""
    return size(domain) - count_outside(domain, regions)


def _grown(cell: dict[str, str], inside: Iterable[TableRule], avoid: Iterable[TableRule], domain: Domain) -> Region:
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
