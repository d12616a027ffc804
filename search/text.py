"""Words as the text index knows them: folded, cut and lightly stemmed here, once, so that every database agrees.

A word is a run of ASCII letters and digits. Both languages share one treatment, because a property's words in
French and in English are one text to search.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from territory.text import fold

# Longer runs are cut: nobody types them, and PostgreSQL refuses very long lexemes.
LONGEST = 40
SHORTEST_STEM = 3

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_ELIDED = frozenset(("l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"))
_IRREGULAR = {"baux": "bail", "travaux": "travail"}

_FRENCH = """
a au aux avec ce ces cet cette chez dans de des du elle en entre est et eux il ils je la le les leur leurs lui ma mais
me mes mon ne nos notre nous on ou par pas pour pres qu que qui sa sans se ses son sont sur ta te tes toi ton tu un une
vers vos votre vous y
"""
_ENGLISH = """
an and are as at be by for from has have in is it its my near no of off or our that the their this to we with you your
"""
STOP_WORDS = frozenset((_FRENCH + _ENGLISH).split())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without its plural and feminine endings, French or English; never under three letters.

    Words with a digit are names (M14, 94310, GO-0042) and stay whole.
    """
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
    return word[:-1] + "i" if word.endswith("y") else word


def _parts(compound: str) -> list[str]:
    """`l'atelier` → atelier; `choisy-le-roi` → choisy, le, roi."""
    pieces = compound.replace("-", "'").split("'")
    return [piece for piece in pieces[:-1] if piece not in _ELIDED] + pieces[-1:]


def _whole(compound: str) -> str | None:
    """A reference or a code, glued (`GO-0042` → go0042), which says more than its parts."""
    return compound.replace("-", "") if "-" in compound and "'" not in compound and _has_digit(compound) else None


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _keep(words: Iterable[str]) -> Iterator[str]:
    return (stem(word)[:LONGEST] for word in words if word not in STOP_WORDS)


def index_words(*texts: str) -> tuple[str, ...]:
    """The words under which these texts are found, without repeats, in order of appearance."""
    found: dict[str, None] = {}
    for text in texts:
        for compound in _WORD.findall(fold(text)):
            found.update(dict.fromkeys(_keep(_parts(compound))))
            if whole := _whole(compound):
                found[whole[:LONGEST]] = None
    return tuple(found)


def query_words(text: str) -> tuple[str, ...]:
    """The words a text must hold to answer this query: all of them. Empty when only stop words were typed."""
    found: dict[str, None] = {}
    for compound in _WORD.findall(fold(text)):
        if whole := _whole(compound):
            found[whole[:LONGEST]] = None
        else:
            found.update(dict.fromkeys(_keep(_parts(compound))))
    return tuple(found)
