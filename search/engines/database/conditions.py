"""SQL conditions of the criteria, shared by counts, lists and maps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.analysis.synonyms import expand
from search.criteria import NEAR, RANGES, Criteria
from search.engines.database import textindex
from search.engines.database.layout import Layout
from search.engines.database.packed import PackedChoices
from search.engines.database.sql import Condition, SelectedRows, both
from search.engines.database.stated import StatedChoices
from search.engines.database.table import TABLE
from search.engines.entries import hundredths
from search.vocabulary import UNKNOWN, Vocabulary

# Columns compared with a range's two bounds: a divisible property starts at its smallest part.
BOUNDED = {"area": ("surface", "smallest"), "rent": ("rent", "rent"), "price": ("price", "price")}


@dataclass(frozen=True)
class Conditions:
    """SQL conditions of a search.

    `always` applies to every count; each of `dimensions` is left out by its own disjunctive facet. Conditions may refer
    to tables joined in `source`. A dimension is a facet (one for each feature; station, line and minutes share `near`,
    the parameters of one walk) or a range (`area`, `rent range`, `price range`).
    """

    source: str
    always: tuple[Condition, ...]
    dimensions: Mapping[str, Condition]

    @property
    def rows(self) -> SelectedRows:
        """The rows that satisfy every condition."""
        return SelectedRows(self.source, *both([*self.always, *self.dimensions.values()]))


def conditions(criteria: Criteria, vocabulary: Vocabulary, layout: Layout | None) -> Conditions:
    """Build the conditions on packed texts; without a layout, on the properties' own columns."""
    choices = StatedChoices() if layout is None else PackedChoices(layout)
    # Cheapest first: most rows are rejected before the walks, the dearest condition.
    dimensions: dict[str, Condition] = {}
    for name in RANGES:
        if bounds := _range(name, criteria):
            dimensions[range_of(name)] = both(bounds)
    if criteria.available:
        dimensions["available"] = _available(criteria, vocabulary)
    for name in ("type", "deal", "rent", "price", "condition", "lease"):
        if values := getattr(criteria, name):
            dimensions[name] = choices.one_of(name, values)
    for feature, stated in criteria.features.items():
        dimensions[feature] = choices.one_of(feature, stated)
    for name in ("commune", "surface"):
        if values := getattr(criteria, name):
            dimensions[name] = choices.one_of(name, values)
    if any(getattr(criteria, name) for name in NEAR):
        dimensions["near"] = choices.near(criteria, vocabulary)
    source, always = TABLE, list(_always(criteria))
    if criteria.words:
        source, holding = textindex.reading(TABLE, expand(criteria.words, vocabulary.synonyms))
        always.insert(0, holding)
    return Conditions(source, tuple(always), dimensions)


def range_of(name: str) -> str:
    """Return the dimension of a range, distinct from the dimension of its bands."""
    return f"{name} range"


# Criteria of the dimensions with several, or under another name.
CRITERIA = {"near": NEAR, **{range_of(name): bounds for name, bounds in RANGES.items()}}


def _available(criteria: Criteria, vocabulary: Vocabulary) -> Condition:
    parts, days = [], []
    for value in criteria.available:
        if value == UNKNOWN:
            parts.append("available_on IS NULL")
            continue
        period = vocabulary.periods[value]
        bounds = [("available_on >= %s", period.first), ("available_on < %s", period.end)]
        stated_bounds = [(sql, day.toordinal()) for sql, day in bounds if day is not None]
        parts.append("(" + " AND ".join(sql for sql, _ in stated_bounds) + ")")
        days += [day for _, day in stated_bounds]
    return " OR ".join(parts), days


def _range(name: str, criteria: Criteria) -> list[Condition]:
    """Build the bounds of a range; an unstated amount is in no range."""
    low, high = (getattr(criteria, bound) for bound in RANGES[name])
    above, below = BOUNDED[name]
    range_conditions: list[Condition] = []
    if low is not None:
        range_conditions.append((f"{above} >= %s", [hundredths(low)]))
    if high is not None:
        range_conditions.append((f"{below} <= %s", [hundredths(high)]))
    return range_conditions


def _always(criteria: Criteria) -> Iterable[Condition]:
    if criteria.available_by:
        yield "available_on <= %s", [criteria.available_by.toordinal()]
    if criteria.bbox:
        west, south, east, north = criteria.bbox
        yield (
            "longitude >= %s AND longitude <= %s AND latitude >= %s AND latitude <= %s",
            [west, east, south, north],
        )
