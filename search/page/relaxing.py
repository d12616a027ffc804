"""Nothing found: the smallest change of each criterion that gives results, with how many.

Where the answer already tells the count nothing is asked of the engine; each other change costs one question, and there
are at most twelve of them, as long as there is time.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.wording import day
from search.criteria import MANY, RANGES, Criteria
from search.engines.base import Engine, Nearest
from search.engines.results import Results
from search.labels import PARAMETERS, number, unit, value_label
from search.vocabulary import AVAILABLE_VALUES, PRICE_BANDS, RENT_BANDS, SURFACE_BANDS, UNKNOWN, WALKS, Vocabulary

# Each costs the engine one search.
MOST_COUNTS = 12
# Values in their order: the nearest is fewest steps away.
_ORDERED = {
    "surface": tuple(SURFACE_BANDS),
    "rent": tuple(RENT_BANDS),
    "price": tuple(PRICE_BANDS),
    "available": AVAILABLE_VALUES[:-1],
}
# A criterion given up is farther from what was asked than any that is only moved.
_GIVEN_UP = 1_000.0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change of one criterion: `name` it, `before` as asked, `after` in its place (empty: given up), the search
    with that change, and how many properties it gives."""

    name: str
    before: str
    after: str
    criteria: Criteria
    total: int


@dataclass(frozen=True, slots=True)
class Relaxations:
    """Those that were found, nearest first; `complete` when there are no others."""

    found: tuple[Relaxation, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Change:
    """A change to weigh: `total` is None until it is counted; `distance` is from what was asked, 0 is no change."""

    name: str
    before: str
    after: str
    criteria: Criteria
    distance: float
    total: int | None = None


class _Counting:
    """Asks the engine, as long as there are counts and time left; `complete` until one is refused."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, seconds: float) -> None:
        self._engine, self._vocabulary, self._left = engine, vocabulary, MOST_COUNTS
        self._deadline = time.monotonic() + seconds
        self.complete = True

    def total(self, criteria: Criteria) -> int:
        """How many there are; 0 when no count is left."""
        return self._engine.count(criteria, self._vocabulary) if self._take() else 0

    def nearest(self, criteria: Criteria, bound: str) -> Nearest | None:
        """What the engine says; None when no count is left."""
        return self._engine.nearest(criteria, self._vocabulary, bound) if self._take() else None

    def _take(self) -> bool:
        self._left -= 1
        self.complete &= self._left >= 0 and time.monotonic() < self._deadline
        return self.complete


def relaxations(
    criteria: Criteria, results: Results, vocabulary: Vocabulary, engine: Engine, *, seconds: float = math.inf
) -> Relaxations:
    """For each criterion its smallest change that gives results, nearest first: bounds moved and choices widened by how
    far they go, then criteria given up, those that leave fewest results first. For a search that found nothing.

    No question is put to the engine after so many seconds: it may be busy, or another may answer in its place.
    """
    found: list[tuple[float, Relaxation]] = []
    counting = _Counting(engine, vocabulary, seconds)
    for change in _changes(criteria, results, vocabulary, counting):
        total = counting.total(change.criteria) if change.total is None else change.total
        if total:
            shown = Relaxation(change.name, change.before, change.after, change.criteria, total)
            found.append((change.distance, shown))
    found.sort(key=lambda item: (item[0], item[1].total, item[1].name))
    return Relaxations(tuple(shown for _distance, shown in found), counting.complete)


def _changes(criteria: Criteria, results: Results, vocabulary: Vocabulary, counting: _Counting) -> Iterator[_Change]:
    for bounds in RANGES.values():
        for bound in bounds:
            if getattr(criteria, bound) is not None:
                yield _moved(bound, criteria, results, counting)
    if criteria.available_by:
        yield _moved("available_by", criteria, results, counting)
    if criteria.walk_max:
        yield _longer_walk(criteria, results, vocabulary)
    for name in MANY:
        if name == "feature":
            yield from _features(criteria, results, vocabulary)
        elif getattr(criteria, name):
            yield _widened(name, criteria, results, vocabulary)
    if criteria.q:
        yield _given_up(criteria, ("q",), _("“%(words)s”") % {"words": criteria.q})
    if criteria.bbox:
        yield _given_up(criteria, ("bbox",), _("the zone shown"))


def _given_up(criteria: Criteria, names: tuple[str, ...], before: str, total: int | None = None) -> _Change:
    return _Change(str(PARAMETERS[names[0]]), before, "", criteria.without(*names), _GIVEN_UP, total)


def _moved(bound: str, criteria: Criteria, results: Results, counting: _Counting) -> _Change:
    """A bound moved to the nearest value on offer; given up where none is: offers that do not say may be left."""
    value = getattr(criteria, bound)
    before = _amount(bound, value)
    nearest = counting.nearest(criteria, bound)
    if nearest is None:
        # Between two bounds, the other one asks for an amount too: without this one there is as little.
        between = any(bound in bounds and criteria.only(bounds) is None for bounds in RANGES.values())
        return _given_up(criteria, (bound,), before, 0 if between else results.without.get(bound))
    if isinstance(nearest.value, date):
        distance = (nearest.value - value).days / 365
    else:
        distance = float(abs(nearest.value - value) / max(value, Decimal(1)))
    moved, after = _with(criteria, {bound: nearest.value}), _amount(bound, nearest.value)
    return _Change(str(PARAMETERS[bound]), before, after, moved, min(distance, _GIVEN_UP - 1), nearest.total)


def _amount(bound: str, value: Decimal | date) -> str:
    if isinstance(value, date):
        return day(value)
    return f"{number(value)} {unit(bound.partition('_')[0])}"


def _longer_walk(criteria: Criteria, results: Results, vocabulary: Vocabulary) -> _Change:
    counts = results.facets.get("walk_max", {})
    before = value_label("walk_max", str(criteria.walk_max), vocabulary)
    asked = criteria.walk_max if isinstance(criteria.walk_max, int) else WALKS[-1]
    for minutes in WALKS:
        if minutes > asked and (total := counts.get(str(minutes))):
            after = value_label("walk_max", str(minutes), vocabulary)
            longer = _with(criteria, {"walk_max": minutes})
            return _Change(str(PARAMETERS["walk_max"]), before, after, longer, (minutes - asked) / asked, total)
    return _given_up(criteria, ("walk_max",), before, results.without.get("walk_max"))


def _widened(name: str, criteria: Criteria, results: Results, vocabulary: Vocabulary) -> _Change:
    """A choice among ordered values with the nearest one that gives results added, any other choice given up."""
    chosen, counts = getattr(criteria, name), results.facets.get(name, {})
    before = ", ".join(value_label(name, value, vocabulary) for value in chosen)
    order = _ORDERED.get(name, ())
    places = [order.index(value) for value in chosen if value in order]
    offered = [
        (min(abs(order.index(value) - place) for place in places), order.index(value), value)
        for value in order
        if places and value not in chosen and counts.get(value)
    ]
    if not offered:
        return _given_up(criteria, (name,), before, results.without.get(name))
    # The values already chosen give nothing: with one more, what is found is what that one gives.
    steps, _place, value = min(offered)
    wider = _with(criteria, {name: tuple(sorted((*chosen, value)))})
    after = value_label(name, value, vocabulary)
    return _Change(str(PARAMETERS[name]), before, after, wider, float(steps), counts[value])


def _features(criteria: Criteria, results: Results, vocabulary: Vocabulary) -> Iterator[_Change]:
    """Offers that do not say, where there are some: they may have it. Else the feature given up."""
    counts = results.facets.get("feature", {})
    for feature, stated in criteria.features.items():
        values = tuple(f"{feature}:{answer}" for answer in stated)
        before = ", ".join(value_label("feature", value, vocabulary) for value in values)
        silent = f"{feature}:{UNKNOWN}"
        if silent not in values and counts.get(silent):
            wider = _with(criteria, {"feature": tuple(sorted((*criteria.feature, silent)))})
            yield _Change(str(PARAMETERS["feature"]), before, _("or not stated"), wider, 0.5, counts[silent])
            continue
        total = results.without.get(f"feature:{feature}")
        left = _with(criteria, {"feature": tuple(value for value in criteria.feature if value not in values)})
        yield _Change(str(PARAMETERS["feature"]), before, "", left, _GIVEN_UP, total)


def _with(criteria: Criteria, changed: dict[str, Any]) -> Criteria:
    return replace(criteria, **changed, page=1)
