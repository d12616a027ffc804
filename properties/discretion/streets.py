"""Street of an address without its number: a street word with the name after it, or nothing. Pure.

Fails closed: an address not understood yields no street at all.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from foundation.text import fold
from properties.discretion.lexicon import (
    ANNOUNCING,
    ARTICLES,
    BEFORE_RUE,
    BESIDE_STREETS,
    MONTHS,
    STREET_WORDS,
    WHOLE_NAMES,
)
from properties.discretion.spelling import is_number_word, is_roman, tidy

# Separators ending a street's name: a comma or its equivalents, a dash between spaces.
_SEGMENTS = re.compile(r"[,;:/|()\[\]\n\r\t•·]|\s[-–—]+\s|—")
_EDGES = " .'’-–"
# Ordinary words of a name; any other shape may hide a number: `N°douze`.
_WORD = re.compile(r"[a-z]+(?:['.-]+[a-z]+)*|&")
_PLURALS = frozenset(("des", "les", "aux"))
_ROMAN_LETTERS = frozenset("ivxlcdm")
_INSIDE_WORD = re.compile(r"['’.–-]+")


@lru_cache(maxsize=4_096)
def street_of(address: str) -> str:
    """Return `rue des Ateliers` for `Bâtiment A, 12 bis rue des Ateliers`; empty unless the street is sure to be alone.

    The street ends before a word with a digit. Empty too when the name would end in an article (`rue du 8 Mai 1945`),
    or holds a number in letters or Roman figures not certainly part of the name, unlike `rue des Trois Fontaines` and
    `avenue du Onze Novembre`.
    """
    return next(filter(None, (_named(words) for words in starts(address))), "")


def segments(address: str) -> Iterator[list[str]]:
    """Yield the words between the separators of an address."""
    for segment in _SEGMENTS.split(tidy(address)):
        if words := segment.split():
            yield words


def starts(address: str) -> Iterator[list[str]]:
    """Yield the rest of a segment from each street word on; a street word after an article belongs to another name."""
    for words in segments(address):
        for position, word in enumerate(words):
            before = bare(words[position - 1]) if position else ""
            if bare(word) in STREET_WORDS and before not in ARTICLES:
                yield words[position - (before in BEFORE_RUE) :]


def bare(word: str) -> str:
    """Fold a word and strip the punctuation around the word."""
    return fold(word).strip(_EDGES)


def has_digit(word: str) -> bool:
    """Return True if a word holds a figure of any script or form: `１２`, `¹²`, `Ⅻ`, `½`."""
    return any(character.isnumeric() for character in word)


def _named(words: list[str]) -> str:
    """Return the words of the street from its street word on; empty when incomplete or possibly numbered."""
    first = 1 if bare(words[0]) in BEFORE_RUE else 0
    street_words = words[: first + 1]
    for word in words[first + 1 :]:
        folded, announced = bare(word), bare(street_words[-1]) in ARTICLES
        if has_digit(word):
            break
        if not announced and (folded in STREET_WORDS or folded in BESIDE_STREETS):
            break
        if folded and word.lower() not in ANNOUNCING and not _WORD.fullmatch(folded):
            return ""
        street_words.append(word)
    while len(street_words) > first + 1 and _hangs(
        street_words[-1], street_words[-2], alone=len(street_words) == first + 2
    ):
        street_words.pop()
    whole = first or bare(street_words[0]) in WHOLE_NAMES
    if (
        bare(street_words[-1]) in ARTICLES
        or (len(street_words) == 1 and not whole)
        or _numbered(street_words[first + 1 :])
    ):
        return ""
    return " ".join(street_words).strip(_EDGES)


def _numbered(name: list[str]) -> bool:
    """Return True if a name may hold a number foreign to the name.

    A number of the name begins a compound (`Quatre-Vents`) or follows an article, and counts (`des Trois Fontaines`) or
    dates (`du Onze Novembre`).
    """
    written = [part for word in name for part in _INSIDE_WORD.split(word.strip(_EDGES)) if part]
    parts = [bare(part) for part in written]
    compound = bool(name) and len([part for part in _INSIDE_WORD.split(name[0].strip(_EDGES)) if part]) > 1
    for position, part in enumerate(parts):
        before = parts[position - 1] if position else ""
        letter = part in _ROMAN_LETTERS and (part not in ARTICLES or position == len(parts) - 1)
        if is_roman(written[position]) or (letter and position > 1 and before in ARTICLES):
            return True
        if not is_number_word(part) or (position and _of_number(before)):
            continue
        after = next((word for word in parts[position + 1 :] if not _of_number(word)), "")
        dates = before in ARTICLES and after in MONTHS
        counts = (
            compound if position == 0 else before in _PLURALS or (position == 1 and before in ARTICLES)
        ) and after[3:]
        if not (dates or (counts and after[-1] in "sx") or (position == 0 and compound and after in MONTHS)):
            return True
    return False


def _of_number(word: str) -> bool:
    return word == "et" or is_number_word(word)


def _hangs(word: str, before: str, *, alone: bool) -> bool:
    """Return True if the last word belongs to a removed number or to a building: `n°`, `bis`, `B`."""
    folded = bare(word)
    if not folded or word.lower() in ANNOUNCING or folded in ANNOUNCING:
        return True
    return len(folded) == 1 and not alone and bare(before) not in ARTICLES
