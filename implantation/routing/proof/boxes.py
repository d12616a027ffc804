"""Boxes of combinations of facts, counted and searched without enumerating the combinations. Pure.

A box maps facts to their allowed values; an unnamed fact may have any value. Facts are decided in sequence, as in an
ordered decision diagram: after some facts, only the set of boxes still possible matters. This set, an integer with a
bit for each box, is the state; only one level of states is in memory, each with its number of combinations. Values of a
fact allowed by the same boxes form one class. The number of states grows with the overlapping boxes and not with the
product of facts; no bound holds for every list of boxes, since counting is #P-hard.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate

from implantation.routing.table import Domain

Box = Mapping[str, frozenset[str]]

_EVERYTHING: Box = {}


def size(domain: Domain, box: Box = _EVERYTHING) -> int:
    """Count the combinations of a domain in a box."""
    return math.prod(len(values & box.get(fact, values)) for fact, values in domain.items())


def count_first(domain: Domain, *lists: Sequence[Box], within: Box = _EVERYTHING) -> dict[tuple[int, ...], int]:
    """Count the combinations in the box `within` by the first matching box of each list.

    Keys are tuples of indices, one for each list; a list's length stands for no match. Values are above zero.
    """
    # Sentinel: each list ends with a box of everything, the first match when no other box matches.
    boxes = [box for box_list in lists for box in (*box_list, _EVERYTHING)]
    ends = list(accumulate(len(box_list) + 1 for box_list in lists))
    starts = [0, *ends[:-1]]
    sections = [(1 << end) - (1 << start) for start, end in zip(starts, ends, strict=True)]
    classes = _classes(domain, boxes, within)
    order = _order(classes, len(boxes))
    states = {(1 << len(boxes)) - 1: 1}
    for position, fact in enumerate(order):
        settled = _settled(boxes, order[position + 1 :])
        # A box certain to match ends its list: later boxes are never first.
        cuts = [(section & settled, ~section) for section in sections]
        choices = [(mask, len(values)) for mask, values in classes[fact].items()]
        reached: dict[int, int] = {}
        for state, number in states.items():
            for mask, width in choices:
                left = state & mask
                for ending, elsewhere in cuts:
                    if sure := left & ending:
                        left &= elsewhere | ((sure & -sure) << 1) - 1
                reached[left] = reached.get(left, 0) + number * width
        states = reached
    counts: dict[tuple[int, ...], int] = {}
    for state, number in states.items():
        firsts = tuple(_lowest(state & section) - start for section, start in zip(sections, starts, strict=True))
        counts[firsts] = counts.get(firsts, 0) + number
    return counts


def count_outside(domain: Domain, walls: Sequence[Box]) -> int:
    """Count the combinations outside all walls."""
    classes = _classes(domain, walls, _EVERYTHING)
    order = _order(classes, len(walls))
    states = {(1 << len(walls)) - 1: 1}
    for position, fact in enumerate(order):
        settled = _settled(walls, order[position + 1 :])
        choices = [(mask, len(values)) for mask, values in classes[fact].items()]
        reached: dict[int, int] = {}
        for state, number in states.items():
            for mask, width in choices:
                left = state & mask
                if not left & settled:
                    reached[left] = reached.get(left, 0) + number * width
        states = reached
    return sum(states.values())


def first_outside(
    domain: Domain, walls: Sequence[Box], *, within: Box = _EVERYTHING, inside: Sequence[Box] = (_EVERYTHING,)
) -> dict[str, str] | None:
    """Return the first combination in `within`, in any of `inside` and outside all walls; None without any.

    Order: facts as in the domain, values alphabetically.
    """
    search = _Search(domain, walls, inside, within)
    facts = tuple(domain)
    state = search.start
    if not search.reaches(state, facts):
        return None
    combination: dict[str, str] = {}
    for position, fact in enumerate(facts, start=1):
        for mask, values in search.classes[fact].items():
            if search.reaches(state & mask, facts[position:]):
                state &= mask
                combination[fact] = values[0]
                break
    return combination


def leaves_some(domain: Domain, walls: Sequence[Box], *, within: Box) -> bool:
    """Return True when some combination of the box `within` is outside all walls."""
    search = _Search(domain, walls, [_EVERYTHING], within)
    return search.reaches(search.start, tuple(domain))


class _Search:
    """Search for a combination outside all walls and inside a target, after some facts are decided.

    In a state the walls have the low bits, the targets the high bits.
    """

    def __init__(self, domain: Domain, walls: Sequence[Box], targets: Sequence[Box], within: Box) -> None:
        # Boxes disjoint from `within` are left out: every target still possible can then be reached.
        near, sought = ([box for box in boxes if _meet(domain, box, within)] for boxes in (walls, targets))
        self.boxes = [*near, *sought]
        self.classes = _classes(domain, self.boxes, within)
        self.order = _order(self.classes, len(self.boxes))
        self.start = (1 << len(self.boxes)) - 1
        self.walls = (1 << len(near)) - 1
        self.targets = self.start ^ self.walls
        self.turns: dict[Sequence[str], list[tuple[int, list[int]]]] = {}

    def reaches(self, state: int, open_facts: Sequence[str]) -> bool:
        """Return True when some values of the open facts lead from a state into a target, outside all walls."""
        if open_facts not in self.turns:
            order = [fact for fact in self.order if fact in open_facts]
            self.turns[open_facts] = [
                (_settled(self.boxes, order[position:]) & self.walls, list(self.classes[fact]))
                for position, fact in enumerate(order)
            ] + [(self.walls, [])]
        turns = self.turns[open_facts]
        # Depth-first search, values leaving the fewest walls first; visited states are skipped.
        tried: set[tuple[int, int]] = set()
        to_try = [(0, state)]
        while to_try:
            turn, left = to_try.pop()
            barred, masks = turns[turn]
            if left & barred or not left & self.targets:
                continue
            if not left & self.walls:
                return True
            reached = {(turn + 1, left & mask) for mask in masks} - tried
            tried |= reached
            to_try += sorted(reached, key=lambda one: -(one[1] & self.walls).bit_count())
        return False


def _meet(domain: Domain, one: Box, other: Box) -> bool:
    """Return True when two boxes intersect."""
    return all(one.get(fact, values) & other.get(fact, values) for fact, values in domain.items())


def _classes(domain: Domain, boxes: Sequence[Box], within: Box) -> dict[str, dict[int, list[str]]]:
    """Group each fact's values of `within` by the boxes allowing them: {fact: {bits of the boxes: values in order}}."""
    everything = (1 << len(boxes)) - 1
    classes: dict[str, dict[int, list[str]]] = {}
    for fact, values in domain.items():
        allowed = dict.fromkeys(sorted(values & within.get(fact, values)), everything)
        for place, box in enumerate(boxes):
            if fact in box:
                for value in allowed.keys() - box[fact]:
                    allowed[value] ^= 1 << place
        classes[fact] = {}
        for value, mask in allowed.items():
            classes[fact].setdefault(mask, []).append(value)
    return classes


def _order(classes: Mapping[str, Mapping[int, Sequence[str]]], boxes: int) -> list[str]:
    """Order the facts by the boxes they exclude relative to their number of classes, highest first.

    On random and realistic rules this order keeps the fewest states among the static orders measured (most conditions,
    fewest classes, soonest settled).
    """

    def gain(fact: str) -> float:
        if len(classes[fact]) < 2:
            return math.inf
        width = sum(len(values) for values in classes[fact].values())
        remaining_share = sum(mask.bit_count() * len(values) for mask, values in classes[fact].items()) / width / boxes
        return -math.log(remaining_share) / math.log(len(classes[fact])) if remaining_share else math.inf

    return sorted(classes, key=gain, reverse=True)


def _settled(boxes: Sequence[Box], later: Sequence[str]) -> int:
    """Return the bits of the boxes without conditions on later facts: if still possible, they are certain to match."""
    coming = frozenset(later)
    return sum(1 << place for place, box in enumerate(boxes) if coming.isdisjoint(box))


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
