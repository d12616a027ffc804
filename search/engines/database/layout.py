"""How the facets of a property are packed into one text: one character a facet, always at the same place.

The text of all the rows that match, end to end, is read a column at a time (`text[i::width]`), and a character counted
in it is the exact count of a value. The first columns are the closed lists, the surface bands (one character for the
pair of the smallest part's band and the whole's) and the nearest station; then each station and each line has its own,
in the order in which they were first met (`Slot`): a new one is added at the end, nothing else moves.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement

from foundation.by_language import language_codes
from properties.choices import Feature
from search.engines.entries import READING, Entry
from search.vocabulary import CLOSED, LISTS, SURFACE_BANDS, WALKS, surface_values

# Columns of a text in their order; a feature's is named by the feature.
FEATURES = tuple(Feature.values)
COLUMNS = (*CLOSED, "commune", "surface", "nearest")
AT = {name: position for position, name in enumerate(COLUMNS)}

# Minutes on foot: within 5, 10, 15, further; no such station near; and of the nearest one, that none is stated.
WITHIN = "0123"[: len(WALKS)]
FURTHER, NOT_NEAR, NOT_STATED = "3", "9", "U"
WALKED = WITHIN + FURTHER + NOT_NEAR + NOT_STATED

_SPANS = tuple(combinations_with_replacement(tuple(SURFACE_BANDS), 2))


def character(position: int) -> str:
    """The character of the value at this place of its list: a digit, then what follows in ASCII."""
    return chr(ord("0") + position)


CHARACTERS = {
    name: {value: character(position) for position, value in enumerate(values)} for name, values in CLOSED.items()
}
_SPAN_CHARACTERS = {span: character(position) for position, span in enumerate(_SPANS)}
# For each band, the characters of the spans that meet it.
_ORDER = tuple(SURFACE_BANDS)
MEETING = {
    band: "".join(
        char
        for (low, high), char in _SPAN_CHARACTERS.items()
        if _ORDER.index(low) <= _ORDER.index(band) <= _ORDER.index(high)
    )
    for band in SURFACE_BANDS
}


@cache
def fingerprint() -> str:
    """The digest of the lists, of the order of the columns, of how a property is read and in which languages.

    Rows packed under another one cannot be read here.
    """
    return hashlib.blake2b(json.dumps([READING, LISTS, COLUMNS, language_codes()]).encode(), digest_size=8).hexdigest()


def within(minutes: int | str | None) -> str:
    """The characters of walks of at most so many minutes (one of `WALKS`), or of any walk; none of what is unknown."""
    if isinstance(minutes, str):
        return ""
    return WITHIN + FURTHER if minutes is None else WITHIN[: WALKS.index(minutes) + 1]


@cache
def walk(minutes: int) -> str:
    """The character of a walk."""
    return next((char for char, limit in zip(WITHIN, WALKS, strict=True) if minutes <= limit), FURTHER)


def station(slug: str) -> str:
    """The name of a station's column."""
    return f"station:{slug}"


def line(code: str) -> str:
    """The name of a line's column."""
    return f"line:{code}"


@dataclass(frozen=True)
class Layout:
    """Where the columns of stations and lines are, and which character a commune has."""

    near: Mapping[str, int]
    communes: Mapping[str, str]

    @property
    def width(self) -> int:
        """Characters a row."""
        return len(COLUMNS) + len(self.near)

    def __contains__(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in AT or name in self.near

    def at(self, name: str) -> int:
        """Where a column is."""
        return AT[name] if name in AT else len(COLUMNS) + self.near[name]

    def pack(self, entry: Entry, lines: Mapping[str, Sequence[str]]) -> str:
        """The text of one property; `lines` are those that stop at each station."""
        bands = surface_values(entry.smallest, entry.surface)
        stated = (
            entry.kind,
            entry.deal,
            entry.rent_value,
            entry.price_value,
            entry.condition,
            entry.lease,
            *entry.features,
        )
        fixed = [CHARACTERS[name][value] for name, value in zip(CLOSED, stated, strict=True)]
        nearest = NOT_STATED if entry.walks is None else walk(entry.walks[0][1]) if entry.walks else NOT_NEAR
        fixed += [self.communes[entry.commune], _SPAN_CHARACTERS[bands[0], bands[-1]], nearest]
        near = [NOT_NEAR] * len(self.near)
        for slug, minutes in entry.walks or ():
            for name in (station(slug), *map(line, lines.get(slug, ()))):
                place = self.near[name]
                near[place] = min(near[place], walk(minutes))
        return "".join(fixed + near)
