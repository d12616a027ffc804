"""Choices of a search as conditions on the packed texts: the cheap reading, of rows that this release packed."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.criteria import Criteria
from search.engines.database import layout
from search.engines.database.layout import CHARACTERS, MEETING, Layout
from search.engines.database.sql import NOTHING, Condition
from search.vocabulary import UNKNOWN, Vocabulary


@dataclass(frozen=True, slots=True)
class PackedChoices:
    """Conditions on `packed`, as the layout says."""

    layout: Layout

    def one_of(self, name: str, values: Sequence[str]) -> Condition:
        """The facet, or the feature, has one of these values."""
        if name == "surface":
            characters = "".join(sorted({char for value in values for char in MEETING[value]}))
        else:
            given = self.layout.communes if name == "commune" else CHARACTERS[name]
            characters = "".join(given.get(value, "") for value in values)
        if not characters:
            return NOTHING
        # All of them ours: none can be mistaken for SQL.
        quoted = ", ".join(f"'{char}'" for char in characters)
        return f"substr(packed, {self.layout.at(name) + 1}, 1) IN ({quoted})", []

    def near(self, criteria: Criteria, vocabulary: Vocabulary) -> Condition:
        """One walk that is all that was asked: to one of the stations, on one of the lines, within the minutes."""
        if criteria.walk_max == UNKNOWN:
            # No walk leads to a station that was chosen when none is stated.
            chosen = criteria.station or criteria.line
            at = self.layout.at("nearest") + 1
            return NOTHING if chosen else (f"substr(packed, {at}, 1) = '{layout.NOT_STATED}'", [])
        columns = [self.layout.at(name) for name in walked(criteria, vocabulary) if name in self.layout]
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
