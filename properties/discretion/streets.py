"""The street of an address without its number: a word of street with the name after it, or nothing. Pure.

It fails closed: an address that is not understood gives no street at all.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from properties.discretion.lexicon import (
    ANNOUNCING,
    ARTICLES,
    BEFORE_RUE,
    BESIDE_STREETS,
    NUMBER_WORDS,
    STREET_WORDS,
    WHOLE_NAMES,
)
from territory.text import fold

# `XIV`, two letters at least: a king or a number, nobody can tell.
_ROMAN = re.compile(r"(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Ends the words of a street: a comma or what stands for one, a dash between spaces.
_SEGMENTS = re.compile(r"[,;:/|()\[\]\n\r\t•·]|\s[-–—]+\s|—")
_EDGES = " .'’-–"


@lru_cache(maxsize=4_096)
def street_of(address: str) -> str:
    """`Bâtiment A, 12 bis rue des Ateliers` gives `rue des Ateliers`; empty where no street is sure to be alone.

    The words of the street end before a word with a digit. It is not told when it would end in an article (`rue du 8
    Mai 1945`), or holds a number in letters or in Roman figures that its name does not announce with an article.
    """
    return next(filter(None, (_named(words) for words in starts(address))), "")


def segments(address: str) -> Iterator[list[str]]:
    """The words between the commas of an address."""
    for segment in _SEGMENTS.split(unicodedata.normalize("NFC", address)):
        if words := segment.split():
            yield words


def starts(address: str) -> Iterator[list[str]]:
    """From each word of street on, the rest of its segment; one after an article is part of another name."""
    for words in segments(address):
        for position, word in enumerate(words):
            before = bare(words[position - 1]) if position else ""
            if bare(word) in STREET_WORDS and before not in ARTICLES:
                yield words[position - (before in BEFORE_RUE) :]


def bare(word: str) -> str:
    """A word folded, without the punctuation around it."""
    return fold(word).strip(_EDGES)


def has_digit(word: str) -> bool:
    """Whether it holds a figure of any script or form: `１２`, `¹²`, `Ⅻ`, `½`."""
    return any(character.isnumeric() for character in word)


def is_number_word(word: str) -> bool:
    """Whether it is a number in letters: `douze`, `vingt-deux`."""
    parts = word.split("-")
    return word != "et" and all(part in NUMBER_WORDS for part in parts)


def is_roman(word: str) -> bool:
    """Whether it may be a number in Roman figures: `XIV`, `iv`."""
    return not word.istitle() and _ROMAN.fullmatch(word.strip(_EDGES).upper()) is not None


def _named(words: list[str]) -> str:
    """The words of the street from the first one on; empty when its name is not whole, or may hold a number."""
    first = 1 if bare(words[0]) in BEFORE_RUE else 0
    kept = words[: first + 1]
    for word in words[first + 1 :]:
        folded, announced = bare(word), bare(kept[-1]) in ARTICLES
        if has_digit(word):
            break
        if not announced and (folded in STREET_WORDS or folded in BESIDE_STREETS):
            break
        if is_roman(word) or (is_number_word(folded) and not announced):
            return ""
        kept.append(word)
    while len(kept) > first + 1 and _hangs(kept[-1], kept[-2], alone=len(kept) == first + 2):
        kept.pop()
    whole = first or bare(kept[0]) in WHOLE_NAMES
    if bare(kept[-1]) in ARTICLES or (len(kept) == 1 and not whole):
        return ""
    return " ".join(kept).strip(_EDGES)


def _hangs(word: str, before: str, *, alone: bool) -> bool:
    """Whether the last word belongs to a number that is gone, or to a building: `n°`, `bis`, `B`."""
    folded = bare(word)
    if not folded or word.lower() in ANNOUNCING or folded in ANNOUNCING:
        return True
    return len(folded) == 1 and not alone and bare(before) not in ARTICLES
