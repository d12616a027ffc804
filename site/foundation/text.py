"""Accent- and case-insensitive folding of text. Pure."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "–": "-", "—": "-"})


def fold(text: str) -> str:
    """Fold to lower case, without accents, ligatures expanded, whitespace collapsed.

    `L’Haÿ  Œuvre` gives `l'hay oeuvre`.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"\s+", " ", bare).strip()
