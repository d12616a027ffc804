"""Numbers as people write them: in letters, in Roman figures, with any dash, space or quote. Pure."""

import re
import unicodedata

from foundation.text import fold
from properties.discretion.lexicon import ADDS_NOTHING_ALONE, NUMBER_VALUES, STREET_WORDS

# Mark `in_figures` sets before a number written in letters or Roman figures.
SPELLED = "¶"

_APOSTROPHES = "’‘‛ʼʹ′‵`´＇"
_LONG_DASHES = "—―⸺⸻"
_CALLED = "|".join(sorted(NUMBER_VALUES, key=len, reverse=True))
_ONE_WORD = re.compile(_CALLED)
_RUN = re.compile(rf"(?<![a-z0-9])(?:{_CALLED})+(?:(?:-| |-et-| et | and )(?:{_CALLED})+)*(?![a-z0-9])")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_WORD = re.compile(r"(?<![a-z0-9'+])[ivxlcdm]{2,}(?![a-z0-9'])")
_ROMAN_LETTER = re.compile(
    r"(?<=\b[nN][°o] )[ivxlcdm]\b|(?<=\bn°)[ivxlcdm]\b|(?<=numero )[ivxlcdm]\b|(?<=\bau )[ivxlcdm]\b"
)
# Words and units made of Roman figures by chance.
_NOT_ROMAN = frozenset("dix mix di mi li ci cl dl ml mm cm cd dc md mc".split())  # noqa: SIM905
_NAMES = frozenset(("Ci", "Di", "Li", "Mi"))
_ANNOUNCED = re.compile(r"(?:\bn(?:[°o]|um|umeros?)?|\bnumber|\bau|\bat)[ .:-]*$")
_BEFORE_STREET = re.compile(
    rf"[ ,-]*(?:§|(?:{'|'.join(sorted(map(re.escape, STREET_WORDS), key=len, reverse=True))})\b)"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def tidy(text: str) -> str:
    """Normalise hyphens, dashes, apostrophes and spaces; replace quotes by spaces and drop invisible characters."""
    characters = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character in _LONG_DASHES:
            characters.append("—")
        elif character in "–—":
            characters.append(character)
        elif category == "Pd" or character in "−⁃﹣˗":
            characters.append("-")
        elif character in _APOSTROPHES:
            characters.append("’")
        elif character == '"' or category in ("Pi", "Pf") or character in "„‟″‶〝〞":
            characters.append(" ")
        elif category == "Cf":
            continue
        else:
            characters.append(" " if category == "Zs" else character)
    return "".join(characters)


def plain(text: str) -> str:
    """Fold a text: ASCII figures, no accents or capitals, a line break as the end of a sentence."""
    lines = re.sub(r"\s*[\n\r\u2028\u2029]+\s*", ". ", text.strip())
    # Twice: NFKC may turn a sign into a dash or a quote.
    return fold(tidy(unicodedata.normalize("NFKC", tidy(lines)))).replace("’", "'")


def is_number_word(word: str) -> bool:
    """Return True for a number in letters: `douze`, `vingt-deux`, `centdouze`."""
    return _RUN.fullmatch(word) is not None


def is_roman(word: str) -> bool:
    """Return True for a possible Roman numeral of two letters or more; a king's number counts as well."""
    return len(word) > 1 and word not in _NAMES and _ROMAN.fullmatch(word.upper()) is not None


def in_figures(text: str) -> str:
    """Rewrite the numbers of a plain text in figures, those from letters or Roman figures after `SPELLED`."""
    text = _RUN.sub(lambda found: _spelled(found, text), text)
    text = _ROMAN_LETTER.sub(_roman, text)
    return _ROMAN_WORD.sub(_roman, text)


def _spelled(found: re.Match[str], text: str) -> str:
    """Return the figures of a number in letters.

    `un` and `neuf` alone count as numbers only after an announcing word or, for `neuf`, before a street.
    """
    words = found[0]
    if words in ADDS_NOTHING_ALONE:
        before_street = words == "neuf" and _BEFORE_STREET.match(text, found.end())
        if not (before_street or _ANNOUNCED.search(text[: found.start()])):
            return words
    return SPELLED + _value(_ONE_WORD.findall(words))


def _roman(found: re.Match[str]) -> str:
    figures = found[0].upper()
    if found[0] in _NOT_ROMAN or not _ROMAN.fullmatch(figures):
        return found[0]
    values = [_ROMAN_VALUES[figure] for figure in figures]
    total = sum(
        -value if any(after > value for after in values[position + 1 : position + 2]) else value
        for position, value in enumerate(values)
    )
    return f"{SPELLED}{total}"


def _value(words: list[str]) -> str:
    """Return the figures of number words: `vingt deux` is 22.

    Words forming no single number are read one figure after the other: `sept trois` is 73.
    """
    read: list[tuple[int, int]] = []  # thousands, and the rest below a thousand
    for word in words:
        value = NUMBER_VALUES[word]
        thousands, rest = read[-1] if read else (0, 0)
        joined = _joined(thousands, rest, value) if read else None
        if joined is None:
            read.append((1000, 0) if value == 1000 else (0, value))
        else:
            read[-1] = joined
    return "".join(str(thousands + rest) for thousands, rest in read)


def _joined(thousands: int, rest: int, value: int) -> tuple[int, int] | None:
    """Return (thousands, rest) extended by one more number word, or None when the word begins another number."""
    tens, units = rest % 100, rest % 10
    if value == 0 or (not thousands and not rest):
        return None
    if value == 1000:
        return None if thousands else (rest * 1000, 0)
    if value == 100:
        return (thousands, rest * 100 if rest else 100) if rest < 10 else None
    if value == 20 and tens == 4:
        return thousands, rest + 76
    fits = (
        tens == 0
        or (10 <= value < 20 and tens in (60, 80))
        or (value < 10 and units == 0 and (tens != 10 or value > 6))
    )
    return (thousands, rest + value) if fits else None
