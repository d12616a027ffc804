"""Criteria as conditions on the rows of the index: the one reading of each that counts, lists and maps share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.criteria import NEAR, RANGES, Criteria
from search.engines.database import layout, textindex
from search.engines.database.layout import CHARACTERS, MEETING, Layout
from search.engines.database.table import TABLE
from search.entries import hundredths
from search.synonyms import expand
from search.vocabulary import UNKNOWN, Vocabulary

# A condition in SQL and its arguments.
Condition = tuple[str, list[Any]]
NOTHING: Condition = ("1 = 0", [])
# The columns that a range's two bounds are compared with: what is divisible starts at its smallest part.
BOUNDED = {"area": ("surface", "smallest"), "rent": ("rent", "rent"), "price": ("price", "price")}


class Rows(NamedTuple):
    """Rows of the index: what they are read from, the condition that they satisfy, and its arguments."""

    source: str
    sql: str
    arguments: list[Any]

    @property
    def clause(self) -> str:
        """What comes after the columns of a statement."""
        return f"FROM {self.source} WHERE {self.sql}"


@dataclass(frozen=True)
class Conditions:
    """What a row must satisfy: `always` holds for every count; the others by dimension, a choice that counts set aside.

    They may look at what `source` joins to the table. A dimension is a facet (each feature is one; station, line and
    minutes are one, `near`: sides of one walk) or a range (`area`, `rent range`, `price range`).
    """

    source: str
    always: tuple[Condition, ...]
    dimensions: Mapping[str, Condition]

    @property
    def rows(self) -> Rows:
        """Those that satisfy every condition."""
        return Rows(self.source, *both([*self.always, *self.dimensions.values()]))


def both(conditions: Iterable[Condition]) -> Condition:
    """All of these conditions; the true one when there is none."""
    conditions = list(conditions)
    sql = " AND ".join(f"({sql})" for sql, _ in conditions)
    return sql or "1 = 1", [argument for _, arguments in conditions for argument in arguments]


def conditions(criteria: Criteria, vocabulary: Vocabulary, made: Layout) -> Conditions:
    """The conditions of a search."""
    # Those that cost least come first: most rows are given up before the last of them, the walks, is looked at.
    found: dict[str, Condition] = {}
    for name in RANGES:
        if bounds := _range(name, criteria):
            found[range_of(name)] = both(bounds)
    if criteria.available:
        found["available"] = _available(criteria, vocabulary)
    for name in ("type", "deal", "rent", "price", "condition", "lease"):
        if values := getattr(criteria, name):
            found[name] = _column(made, name, "".join(CHARACTERS[name][value] for value in values))
    for feature, stated in criteria.features.items():
        found[feature] = _column(made, feature, "".join(CHARACTERS[feature][value] for value in stated))
    if criteria.commune:
        found["commune"] = _column(made, "commune", "".join(made.communes.get(code, "") for code in criteria.commune))
    if criteria.surface:
        meeting = {char for value in criteria.surface for char in MEETING[value]}
        found["surface"] = _column(made, "surface", "".join(sorted(meeting)))
    if any(getattr(criteria, name) for name in NEAR):
        found["near"] = _near(criteria, vocabulary, made)
    source, always = TABLE, list(_always(criteria))
    if criteria.words:
        source, holding = textindex.reading(TABLE, expand(criteria.words, vocabulary.synonyms))
        always.insert(0, holding)
    return Conditions(source, tuple(always), found)


def range_of(name: str) -> str:
    """The dimension of a range, which is not that of its bands."""
    return f"{name} range"


# The criteria of the dimensions that have several, or another name.
CRITERIA = {"near": NEAR, **{range_of(name): bounds for name, bounds in RANGES.items()}}


def _column(made: Layout, name: str, characters: str) -> Condition:
    """A column holds one of these characters, all of them ours: none can be mistaken for SQL."""
    if not characters:
        return NOTHING
    quoted = ", ".join(f"'{char}'" for char in characters)
    return f"substr(packed, {made.at(name) + 1}, 1) IN ({quoted})", []


def _available(criteria: Criteria, vocabulary: Vocabulary) -> Condition:
    parts, days = [], []
    for value in criteria.available:
        if value == UNKNOWN:
            parts.append("available_on IS NULL")
            continue
        period = vocabulary.periods[value]
        bounds = [("available_on >= %s", period.first), ("available_on < %s", period.end)]
        given = [(sql, day.toordinal()) for sql, day in bounds if day is not None]
        parts.append("(" + " AND ".join(sql for sql, _ in given) + ")")
        days += [day for _, day in given]
    return " OR ".join(parts), days


def _near(criteria: Criteria, vocabulary: Vocabulary, made: Layout) -> Condition:
    """One walk that is all that was asked: to one of the stations, on one of the lines, within the minutes."""
    if criteria.walk_max == UNKNOWN:
        return NOTHING if criteria.station or criteria.line else _column(made, "nearest", layout.NOT_STATED)
    columns = [made.at(name) for name in walked(criteria, vocabulary) if name in made]
    # Their characters are in the order of the minutes: one comparison, where a list of them takes a quarter longer.
    furthest = layout.within(criteria.walk_max)[-1]
    walks = [f"substr(packed, {position + 1}, 1) <= '{furthest}'" for position in columns]
    return " OR ".join(walks) or NOTHING[0], []


def walked(criteria: Criteria, vocabulary: Vocabulary) -> list[str]:
    """The columns of the walks to one of the stations, on one of the lines; of the nearest where none was chosen."""
    if not criteria.station:
        return [layout.line(code) for code in criteria.line] or ["nearest"]
    asked = vocabulary.walked_to(criteria.station, criteria.line) or frozenset()
    return [layout.station(slug) for slug in sorted(asked)]


def _range(name: str, criteria: Criteria) -> list[Condition]:
    """What is not stated is in no range."""
    low, high = (getattr(criteria, bound) for bound in RANGES[name])
    above, below = BOUNDED[name]
    found: list[Condition] = []
    if low is not None:
        found.append((f"{above} >= %s", [hundredths(low)]))
    if high is not None:
        found.append((f"{below} <= %s", [hundredths(high)]))
    return found


def _always(criteria: Criteria) -> Iterable[Condition]:
    if criteria.available_by:
        yield "available_on <= %s", [criteria.available_by.toordinal()]
    if criteria.bbox:
        west, south, east, north = criteria.bbox
        yield (
            "longitude >= %s AND longitude <= %s AND latitude >= %s AND latitude <= %s",
            [west, east, south, north],
        )
