"""Nothing found: the smallest change of each criterion that gives results, with how many.

Where the facets of the answer already tell the count nothing is asked of the engine; each other change costs one
count, and there are at most twelve of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from search.criteria import MANY, RANGES, Criteria
from search.engines.base import Engine
from search.labels import PARAMETERS, number, unit, value_label
from search.results import Results
from search.vocabulary import AVAILABLE_VALUES, PRICE_BANDS, RENT_BANDS, SURFACE_BANDS, UNKNOWN, WALKS, Vocabulary
from territory.wording import day

# Each costs the engine one search.
MOST_COUNTS = 12
# Of each of these facets a property has one value: the counts of all the values sum to the search without the facet.
_SINGLE = ("type", "deal", "commune", "condition", "lease", "rent", "price", "available")
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
class _Change:
    """A change to weigh: `total` is None until it is counted; `distance` is from what was asked, 0 is no change."""

    name: str
    before: str
    after: str
    criteria: Criteria
    distance: float
    total: int | None = None


def relaxations(criteria: Criteria, results: Results, vocabulary: Vocabulary, engine: Engine) -> list[Relaxation]:
    """For each criterion its smallest change that gives results, nearest first: bounds moved and choices widened by how
    far they go, then criteria given up, those that leave fewest results first. For a search that found nothing."""
    found: list[tuple[float, Relaxation]] = []
    counts_left = MOST_COUNTS
    for change in _changes(criteria, results, vocabulary, engine):
        total = change.total
        if total is None:
            if not counts_left:
                continue
            counts_left -= 1
            total = engine.count(change.criteria, vocabulary)
        if total:
            shown = Relaxation(change.name, change.before, change.after, change.criteria, total)
            found.append((change.distance, shown))
    return [shown for _distance, shown in sorted(found, key=lambda item: (item[0], item[1].total, item[1].name))]


def _changes(criteria: Criteria, results: Results, vocabulary: Vocabulary, engine: Engine) -> Iterator[_Change]:
    for bound in [*(bound for bounds in RANGES.values() for bound in bounds), "available_by"]:
        if getattr(criteria, bound) is not None:
            yield _moved(bound, criteria, vocabulary, engine)
    if criteria.walk_max:
        yield _longer_walk(criteria, results.facets.get("walk_max", {}), vocabulary)
    for name in MANY:
        if name == "feature":
            yield from _features(criteria, results.facets.get("feature", {}), vocabulary)
        elif getattr(criteria, name):
            yield _widened(name, criteria, results.facets.get(name, {}), vocabulary)
    if criteria.q:
        yield _given_up(criteria, ("q",), _("“%(words)s”") % {"words": criteria.q})
    if criteria.bbox:
        yield _given_up(criteria, ("bbox",), _("the zone shown"))


def _given_up(criteria: Criteria, names: tuple[str, ...], before: str, total: int | None = None) -> _Change:
    return _Change(str(PARAMETERS[names[0]]), before, "", criteria.without(*names), _GIVEN_UP, total)


def _moved(bound: str, criteria: Criteria, vocabulary: Vocabulary, engine: Engine) -> _Change:
    """A bound moved to the nearest value on offer, or given up where none is."""
    value = getattr(criteria, bound)
    before = _amount(bound, value)
    nearest = engine.nearest(criteria, vocabulary, bound)
    if nearest is None:
        return _given_up(criteria, (bound,), before)
    if isinstance(nearest, date):
        distance = (nearest - value).days / 365
    else:
        distance = float(abs(nearest - value) / max(value, Decimal(1)))
    moved = _with(criteria, {bound: nearest})
    return _Change(str(PARAMETERS[bound]), before, _amount(bound, nearest), moved, min(distance, _GIVEN_UP - 1))


def _amount(bound: str, value: Decimal | date) -> str:
    if isinstance(value, date):
        return day(value)
    return f"{number(value)} {unit(bound.partition('_')[0])}"


def _longer_walk(criteria: Criteria, counts: Mapping[str, int], vocabulary: Vocabulary) -> _Change:
    asked = criteria.walk_max or 0
    before = value_label("walk_max", str(asked), vocabulary)
    for minutes in WALKS:
        if minutes > asked and (total := counts.get(str(minutes))):
            after = value_label("walk_max", str(minutes), vocabulary)
            longer = _with(criteria, {"walk_max": minutes})
            return _Change(str(PARAMETERS["walk_max"]), before, after, longer, (minutes - asked) / asked, total)
    return _given_up(criteria, ("walk_max",), before)


def _widened(name: str, criteria: Criteria, counts: Mapping[str, int], vocabulary: Vocabulary) -> _Change:
    """A choice among ordered values with the nearest one that gives results added, any other choice given up."""
    chosen = getattr(criteria, name)
    before = ", ".join(value_label(name, value, vocabulary) for value in chosen)
    order = _ORDERED.get(name, ())
    places = [order.index(value) for value in chosen if value in order]
    offered = [
        (min(abs(order.index(value) - place) for place in places), order.index(value), value)
        for value in order
        if places and value not in chosen and counts.get(value)
    ]
    if not offered:
        return _given_up(criteria, (name,), before, sum(counts.values()) if counts and name in _SINGLE else None)
    # The values already chosen give nothing: with one more, what is found is what that one gives.
    steps, _place, value = min(offered)
    wider = _with(criteria, {name: tuple(sorted((*chosen, value)))})
    after = value_label(name, value, vocabulary)
    return _Change(str(PARAMETERS[name]), before, after, wider, float(steps), counts[value])


def _features(criteria: Criteria, counts: Mapping[str, int], vocabulary: Vocabulary) -> Iterator[_Change]:
    """Offers that do not say, where there are some: they may have it. Else the feature given up."""
    for feature, stated in criteria.features.items():
        values = tuple(f"{feature}:{answer}" for answer in stated)
        before = ", ".join(value_label("feature", value, vocabulary) for value in values)
        silent = f"{feature}:{UNKNOWN}"
        if silent not in values and counts.get(silent):
            wider = _with(criteria, {"feature": tuple(sorted((*criteria.feature, silent)))})
            yield _Change(str(PARAMETERS["feature"]), before, _("or not stated"), wider, 0.5, counts[silent])
            continue
        total = sum(count for value, count in counts.items() if value.startswith(f"{feature}:")) if counts else None
        left = _with(criteria, {"feature": tuple(value for value in criteria.feature if value not in values)})
        yield _Change(str(PARAMETERS["feature"]), before, "", left, _GIVEN_UP, total)


def _with(criteria: Criteria, changed: dict[str, Any]) -> Criteria:
    return replace(criteria, **changed, page=1)
