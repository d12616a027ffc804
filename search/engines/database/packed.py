"""Choices as conditions on packed texts: the fast path, for rows packed by this release."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.criteria import Criteria
from search.engines.database import layout
from search.engines.database.layout import CHARACTERS, MEETING, Layout
from search.engines.database.sql import NOTHING, Condition
from search.vocabulary import UNKNOWN, Vocabulary


@dataclass(frozen=True, slots=True)
class PackedChoices:
    """Conditions on `packed`, by layout."""

    layout: Layout

    def one_of(self, name: str, values: Sequence[str]) -> Condition:
        """Require any of these values of a facet or a feature."""
        if name == "surface":
            characters = "".join(sorted({char for value in values for char in MEETING[value]}))
        else:
            character_by_value = self.layout.communes if name == "commune" else CHARACTERS[name]
            characters = "".join(character_by_value.get(value, "") for value in values)
        if not characters:
            return NOTHING
        # Safe to inline: every character comes from the layout.
        quoted = ", ".join(f"'{char}'" for char in characters)
        return f"substr(packed, {self.layout.at(name) + 1}, 1) IN ({quoted})", []

    def near(self, criteria: Criteria, vocabulary: Vocabulary) -> Condition:
        """Require a single walk to a chosen station, on a chosen line, within the minutes."""
        if criteria.walk_max == UNKNOWN:
            # An unstated walk cannot end at a chosen station.
            chosen = criteria.station or criteria.line
            offset = self.layout.at("nearest") + 1
            return NOTHING if chosen else (f"substr(packed, {offset}, 1) = '{layout.NOT_STATED}'", [])
        columns = [self.layout.at(name) for name in walked(criteria, vocabulary) if name in self.layout]
        # Characters sort by minutes: one comparison, where a list takes a quarter longer.
        furthest = layout.within(criteria.walk_max)[-1]
        walks = [f"substr(packed, {position + 1}, 1) <= '{furthest}'" for position in columns]
        return " OR ".join(walks) or NOTHING[0], []


def walked(criteria: Criteria, vocabulary: Vocabulary) -> list[str]:
    """Return the walk columns for the chosen stations and lines; the nearest station's without a choice."""
    if not criteria.station:
        return [layout.line(code) for code in criteria.line] or ["nearest"]
    stations = vocabulary.walked_to(criteria.station, criteria.line) or frozenset()
    return [layout.station(slug) for slug in sorted(stations)]
