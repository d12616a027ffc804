"""Oracle of `routing.proof.comparing`: the same answers with one bit a combination of facts, as the site once had them.

It is short and plain to check, and its memory grows with the product of facts: for domains of up to some millions.
A set of combinations of facts is one long integer, a bit for each combination: what a rule takes is its box less what
earlier rules took. A region is a box: for each fact, the values it may have; those given are maximal, grown fact by
fact in the order of the lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod

from implantation.routing.table import Domain, Table, TableRule

Region = dict[str, frozenset[str]]
MOST_REGIONS = 12

_Lists = tuple[tuple[str, tuple[str, ...]], ...]


class Grid:
    """The combinations of a domain, numbered: the last fact turns fastest."""

    def __init__(self, lists: _Lists) -> None:
        self.lists = lists
        self.size = prod(len(values) for _fact, values in lists)
        self.everything = (1 << self.size) - 1
        self._sets: dict[tuple[str, str], int] = {}
        width = self.size
        for fact, values in lists:
            period, width = width, width // len(values)
            for place, value in enumerate(values):
                self._sets[fact, value] = _repeated(((1 << width) - 1) << (place * width), period, self.size // period)

    def box(self, conditions: Iterable[tuple[str, frozenset[str]]]) -> int:
        """The combinations that satisfy every condition."""
        found = self.everything
        for fact, values in conditions:
            wanted = 0
            for value in values:
                wanted |= self._sets[fact, value]
            found &= wanted
        return found

    def first(self, combinations: int) -> dict[str, str]:
        """The first combination of a set that has one."""
        place = (combinations & -combinations).bit_length() - 1
        found = {}
        for fact, values in reversed(self.lists):
            place, digit = divmod(place, len(values))
            found[fact] = values[digit]
        return {fact: found[fact] for fact, _values in self.lists}


@dataclass(frozen=True, eq=False)
class Coverage:
    """A table with what each of its rules takes."""

    table: Table
    grid: Grid
    boxes: list[int]
    taken: list[int]


@dataclass(frozen=True)
class Crossing:
    """What the rule at index `before` of one table and that at index `after` of the other both take: how many
    combinations."""

    before: int
    after: int
    number: int
    tables: tuple[Coverage, Coverage] = field(repr=False, compare=False)

    @property
    def example(self) -> dict[str, str]:
        """The first of these combinations."""
        was, would = self.tables
        return was.grid.first(was.taken[self.before] & would.taken[self.after])

    @property
    def region(self) -> Region:
        """A maximal region around the example, all of it taken by the same two rules."""
        before, after = (one.table.rules for one in self.tables)
        avoid = [*before[: self.before], *after[: self.after]]
        return _grown(self.example, [before[self.before], after[self.after]], avoid, self.tables[1].table.domain)


@dataclass(frozen=True)
class Residual:
    """What no rule but the last takes: at most `MOST_REGIONS` regions, and how many combinations none of them holds."""

    regions: list[Region] = field(default_factory=list)
    rest: int = 0


def coverage(table: Table) -> Coverage:
    """What each rule of a table takes, over the whole product of its domain."""
    grid = _grid(tuple((fact, tuple(sorted(values))) for fact, values in table.domain.items()))
    boxes, taken, free = [], [], grid.everything
    for rule in table.rules:
        box = grid.box(rule.conditions)
        mine = box & free
        boxes.append(box)
        taken.append(mine)
        free ^= mine
    return Coverage(table, grid, boxes, taken)


def crossings(before: Coverage, after: Coverage) -> list[Crossing]:
    """Every pair of rules that takes some combination together, in order; both tables have the same domain."""
    found = []
    for one, mine in enumerate(before.taken):
        left = mine
        for other, theirs in enumerate(after.taken):
            if not left:
                break
            if both := left & theirs:
                left ^= both
                found.append(Crossing(one, other, both.bit_count(), (before, after)))
    return found


def residual(one: Coverage, *, beyond: Coverage | None = None) -> Residual:
    """The residual of a table, greedy and deterministic; with `beyond`, only what that other table does not leave to
    its last rule."""
    table, grid, left, found = one.table, one.grid, one.taken[-1], list[Region]()
    if beyond is not None:
        left &= grid.everything ^ beyond.taken[-1]
    while left and len(found) < MOST_REGIONS:
        example = grid.first(left)
        inside = [beyond.table.decide(example).rule] if beyond else []
        region = _grown(example, inside, table.rules[:-1], table.domain)
        found.append(region)
        left &= grid.everything ^ grid.box(region.items())
    return Residual(found, left.bit_count())


def shadowed(one: Coverage) -> dict[int, list[int]]:
    """The rules, by index, that take nothing, each with the earlier ones that take what it would. Not the last rule: it
    is there for what nobody thought of, and may well be left nothing."""
    return {
        place: [earlier for earlier in range(place) if one.boxes[place] & one.taken[earlier]]
        for place in range(len(one.taken) - 1)
        if not one.taken[place]
    }


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


# The sets of the territory's domain take some thirty megabytes.
@lru_cache(maxsize=1)
def _grid(lists: _Lists) -> Grid:
    return Grid(lists)


def _repeated(bits: int, period: int, times: int) -> int:
    """A pattern of `period` bits, so many times over."""
    found, done = 0, 0
    for digit in f"{times:b}":
        found |= found << (done * period)
        done *= 2
        if digit == "1":
            found = found << period | bits
            done += 1
    return found
