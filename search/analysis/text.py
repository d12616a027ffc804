"""Tokeniser and light stemmer of the search; run in Python so that every database indexes the same words.

A word is a run of ASCII letters and digits. Both languages share one treatment: the French and English texts of a
property are searched as one.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from foundation.text import fold

# Maximum token length: nobody types longer words, and PostgreSQL rejects very long lexemes.
LONGEST = 40
SHORTEST_STEM = 3

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
# `2 000 m²`, `3,400 m²` and `94 310` are one number each.
_GROUPED = re.compile(r"(?<![a-z0-9'-])[0-9]{1,3}(?:[ ,][0-9]{3})+(?![a-z0-9'-])")
_ELIDED = frozenset(("l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"))
_IRREGULAR = {"baux": "bail", "travaux": "travail", "neuve": "neuf", "neuves": "neuf"}
_SHORT_FOR = {
    **{"st": "saint", "ste": "saint"},
    **{"av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard"},
}

# Single letters are stop words: many people type an elision as `l hay` or `local d activite`.
_FRENCH = """
a au aux avec ce ces cet cette chez d dans de des du elle en entre est et eux il ils je l la le les leur leurs lui ma
mais me mes mon ne nos notre nous on ou par pas pour pres qu que qui sa sans se ses son sont sur ta te tes toi ton tu un
une vers vos votre vous y
"""
_ENGLISH = """
an and any are as at be by for from has have i in is it its my near no of off or our some that the their there these
this those to us we with you your
"""
# Words typed around the subject of a search.
_ASKING = "cherche cherchons looking need ref reference references want"
STOP_WORDS = frozenset(f"{_FRENCH} {_ENGLISH} {_ASKING}".split())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Strip plural and feminine endings, French or English, down to three letters.

    Words with a digit are names (M14, 94310, GO-0042) and stay whole.
    """
    word = _SHORT_FOR.get(word, word)
    if not word.isalpha() or len(word) <= SHORTEST_STEM:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("aux") and not word.endswith("eaux"):
        word = word[:-2] + "l"
    elif word.endswith(("eaux", "eux", "oux", "s")) and not word.endswith("ss"):
        word = word[:-1]
    while word.endswith("e") and len(word) > SHORTEST_STEM:
        word = word[:-1]
    if len(word) > SHORTEST_STEM and word[-1] == word[-2]:
        word = word[:-1]
    return _of_its_family(word)


def _of_its_family(word: str) -> str:
    """Map irregular feminines (positive, lumineuse) to the masculine stem, and `factory` to the stem of factories."""
    if word.endswith("y"):
        return word[:-1] + "i"
    if word.endswith("iv"):
        return word[:-1] + "f"
    return word[:-1] if word.endswith("eus") else word


def _compounds(text: str) -> list[str]:
    """Tokenise a text; words joined by a hyphen or an apostrophe stay together."""
    return _WORD.findall(_GROUPED.sub(lambda number: re.sub("[ ,]", "", number[0]), fold(text)))


def _parts(compound: str) -> list[str]:
    """Split a compound: `l'atelier` → atelier; `choisy-le-roi` → choisy, le, roi."""
    pieces = compound.replace("-", "'").split("'")
    return [piece for piece in pieces[:-1] if piece not in _ELIDED] + pieces[-1:]


def _whole(compound: str) -> str | None:
    """Join the parts of a reference or code (`GO-0042` → go0042), more selective than its parts; None for others."""
    return compound.replace("-", "") if "-" in compound and "'" not in compound and _has_digit(compound) else None


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _keep(words: Iterable[str]) -> Iterator[str]:
    return (stem(word)[:LONGEST] for word in words if word not in STOP_WORDS)


def index_words(*texts: str) -> tuple[str, ...]:
    """Return the distinct index terms of these texts, in order of appearance."""
    terms: dict[str, None] = {}
    for text in texts:
        for compound in _compounds(text):
            terms.update(dict.fromkeys(_words_of(compound)))
    return tuple(terms)


# Cached: a few hundred words make up most of a thousand listings.
@lru_cache(maxsize=16_384)
def _words_of(compound: str) -> tuple[str, ...]:
    whole = _whole(compound)
    return (*_keep(_parts(compound)), *([whole[:LONGEST]] if whole else ()))


def query_words(text: str) -> tuple[str, ...]:
    """Return the required terms of a query; empty when only stop words were typed."""
    terms: dict[str, None] = {}
    for compound in _compounds(text):
        if whole := _whole(compound):
            terms[whole[:LONGEST]] = None
        else:
            terms.update(dict.fromkeys(_keep(_parts(compound))))
    return tuple(terms)
