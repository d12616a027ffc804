"""Packed layout of the facets: one text a property, one character a facet, at fixed positions.

A column-wise read of all matching rows' texts, joined end to end (`text[i::width]`), gives exact counts by counting
characters. The first columns are the closed lists, the surface bands (one character for the pair of the smallest part's
band and the whole's) and the nearest station; then each station and each line has a column, in order of first
appearance (`Slot`): new columns are appended, nothing else moves.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement

from foundation.by_language import language_codes
from properties.choices import Feature
from search.engines.entries import READING, IndexEntry
from search.vocabulary import CLOSED, LISTS, SURFACE_BANDS, WALKS, surface_values

# Columns in order; a feature's column has the feature's name.
FEATURES = tuple(Feature.values)
COLUMNS = (*CLOSED, "commune", "surface", "nearest")
AT = {name: position for position, name in enumerate(COLUMNS)}

# Minutes on foot: within 5, 10, 15, further; NOT_NEAR for no station near; NOT_STATED for a nearest station without a
# stated walk.
WITHIN = "0123"[: len(WALKS)]
FURTHER, NOT_NEAR, NOT_STATED = "3", "9", "U"
WALKED = WITHIN + FURTHER + NOT_NEAR + NOT_STATED

_SPANS = tuple(combinations_with_replacement(tuple(SURFACE_BANDS), 2))


def character(position: int) -> str:
    """Return the character for a position in a list: a digit, then the following ASCII characters."""
    return chr(ord("0") + position)


CHARACTERS = {
    name: {value: character(position) for position, value in enumerate(values)} for name, values in CLOSED.items()
}
_SPAN_CHARACTERS = {span: character(position) for position, span in enumerate(_SPANS)}
# Span characters that overlap each band.
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
    """Return the digest of closed lists, column order, entry version and languages.

    Rows packed under another fingerprint are unreadable.
    """
    return hashlib.blake2b(json.dumps([READING, LISTS, COLUMNS, language_codes()]).encode(), digest_size=8).hexdigest()


def within(minutes: int | str | None) -> str:
    """Return the characters of walks up to `minutes` (one of `WALKS`), or of any walk; empty for `unknown`."""
    if isinstance(minutes, str):
        return ""
    return WITHIN + FURTHER if minutes is None else WITHIN[: WALKS.index(minutes) + 1]


@cache
def walk(minutes: int) -> str:
    """Return the character of a walk."""
    return next((char for char, limit in zip(WITHIN, WALKS, strict=True) if minutes <= limit), FURTHER)


def station(slug: str) -> str:
    """Return the column name of a station."""
    return f"station:{slug}"


def line(code: str) -> str:
    """Return the column name of a line."""
    return f"line:{code}"


@dataclass(frozen=True)
class Layout:
    """Positions of the station and line columns, and characters of the communes."""

    near: Mapping[str, int]
    communes: Mapping[str, str]

    @property
    def width(self) -> int:
        """Characters per row."""
        return len(COLUMNS) + len(self.near)

    def __contains__(self, name: str) -> bool:
        """Return True when the column exists."""
        return name in AT or name in self.near

    def at(self, name: str) -> int:
        """Return the position of a column."""
        return AT[name] if name in AT else len(COLUMNS) + self.near[name]

    def pack(self, entry: IndexEntry, lines: Mapping[str, Sequence[str]]) -> str:
        """Pack a property into its text; `lines` are the lines by station."""
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
