"""Query relaxation for an empty result: the smallest change of each criterion that yields results, with its total.

Changes whose total the answer already holds cost nothing; each other change costs one engine query, at most
`MOST_COUNTS` within the time limit.
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

# Engine queries per page; each costs one search.
MOST_COUNTS = 12
# Ordinal facets: the distance of two values is their number of steps.
_ORDERED = {
    "surface": tuple(SURFACE_BANDS),
    "rent": tuple(RENT_BANDS),
    "price": tuple(PRICE_BANDS),
    "available": AVAILABLE_VALUES[:-1],
}
# Distance of a dropped criterion: farther than any moved bound.
_GIVEN_UP = 1_000.0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One relaxed criterion, the relaxed search and its total.

    `name` labels the criterion, `before` the request, `after` the replacement (empty: dropped).
    """

    name: str
    before: str
    after: str
    criteria: Criteria
    total: int


@dataclass(frozen=True, slots=True)
class Relaxations:
    """Relaxations found, nearest first; `complete` unless time or queries ran out."""

    found: tuple[Relaxation, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Change:
    """A candidate relaxation; `total` is None until counted, `distance` 0 means unchanged."""

    name: str
    before: str
    after: str
    criteria: Criteria
    distance: float
    total: int | None = None


class _Counting:
    """Engine queries under a budget of count and time; `complete` turns false at the first refusal."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, seconds: float) -> None:
        self._engine, self._vocabulary, self._left = engine, vocabulary, MOST_COUNTS
        self._deadline = time.monotonic() + seconds
        self.complete = True

    def total(self, criteria: Criteria) -> int:
        """Return the total of a search; 0 once the budget is spent."""
        return self._engine.count(criteria, self._vocabulary) if self._take() else 0

    def nearest(self, criteria: Criteria, bound: str) -> Nearest | None:
        """Return the engine's nearest value beyond a bound; None once the budget is spent."""
        return self._engine.nearest(criteria, self._vocabulary, bound) if self._take() else None

    def _take(self) -> bool:
        self._left -= 1
        self.complete &= self._left >= 0 and time.monotonic() < self._deadline
        return self.complete


def relaxations(
    criteria: Criteria, results: Results, vocabulary: Vocabulary, engine: Engine, *, seconds: float = math.inf
) -> Relaxations:
    """Return the smallest relaxation of each criterion of an empty search, nearest first.

    Moved bounds and widened choices come by distance, then dropped criteria by ascending total. No engine query starts
    after `seconds`: the engine may be busy, or its fallback may answer.
    """
    candidates: list[tuple[float, Relaxation]] = []
    counting = _Counting(engine, vocabulary, seconds)
    for change in _changes(criteria, results, vocabulary, counting):
        total = counting.total(change.criteria) if change.total is None else change.total
        if total:
            shown = Relaxation(change.name, change.before, change.after, change.criteria, total)
            candidates.append((change.distance, shown))
    candidates.sort(key=lambda item: (item[0], item[1].total, item[1].name))
    return Relaxations(tuple(shown for _distance, shown in candidates), counting.complete)


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
    """Move a bound to the nearest value on offer.

    Without any, drop the bound: offers without a stated value may remain.
    """
    value = getattr(criteria, bound)
    before = _amount(bound, value)
    nearest = counting.nearest(criteria, bound)
    if nearest is None:
        # The opposite bound still requires a stated amount, so dropping this bound gains nothing.
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
    limit = criteria.walk_max if isinstance(criteria.walk_max, int) else WALKS[-1]
    for minutes in WALKS:
        if minutes > limit and (total := counts.get(str(minutes))):
            after = value_label("walk_max", str(minutes), vocabulary)
            longer = _with(criteria, {"walk_max": minutes})
            return _Change(str(PARAMETERS["walk_max"]), before, after, longer, (minutes - limit) / limit, total)
    return _given_up(criteria, ("walk_max",), before, results.without.get("walk_max"))


def _widened(name: str, criteria: Criteria, results: Results, vocabulary: Vocabulary) -> _Change:
    """Add the nearest productive value of an ordinal facet; drop the choice of any other facet."""
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
    # The chosen values match nothing, so the total is the added value's count.
    steps, _place, value = min(offered)
    wider = _with(criteria, {name: tuple(sorted((*chosen, value)))})
    after = value_label(name, value, vocabulary)
    return _Change(str(PARAMETERS[name]), before, after, wider, float(steps), counts[value])


def _features(criteria: Criteria, results: Results, vocabulary: Vocabulary) -> Iterator[_Change]:
    """Accept "not stated" for a feature when offers are silent about it; else drop the feature."""
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
