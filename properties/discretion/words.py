"""Detection of texts disclosing a hidden address: its number, and its street when only the commune is shown. Pure."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from properties.choices import Precision
from properties.discretion.lexicon import (
    ARTICLES,
    BUILDING_PARTS,
    COUNTED,
    NAMED,
    NOT_COUNTED,
    STREET_WORDS,
    SUFFIXES,
)
from properties.discretion.phrases import DATE, Phrase, phrase_of, places_named, starts_of, streets_named, tokens_of
from properties.discretion.spelling import SPELLED, in_figures, plain
from properties.discretion.streets import street_of

# The usual names of leases and hours, and amounts with decimals.
_IDIOMS = re.compile(r"\b3[-/ ]6[-/ ]9\b|\b(?:24 ?h?|7 ?j?)/(?:24|7)\b ?h?|\b(?:24 heures|7 jours) sur (?:24|7)\b")
_DECIMALS = re.compile(r"(?<![\d.,])\d+[.,]\d+(?= ?(?:[a-z]{1,3}[23]?|%|€|metres?|meters?|tonnes?)(?![a-z]))")
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ .,]\d{3})+(?!\d)")
_NUMBER = re.compile(r"\d+")
_ANNOUNCED = frozenset({"n", "no", "num", "numero"})
_LETTERS_BEFORE = re.compile(r"[a-z+]+$")
_WORD_BEFORE = re.compile(r"([a-z0-9]+)[ -]*(?:\d+(?:, | et | and | & |/))*$")
_LETTERS_AFTER = re.compile(r"[a-z]+")
_UNIT_AFTER = re.compile(r"[ -]?([a-z%€]+[23]?)")
_SQUARE = re.compile(r"(?<=[\d/ ])m[23](?![a-z0-9])")
_THING_AFTER = re.compile(r" ([a-z]{2,}[sx])(?![a-z0-9])")
# Placeholder for the shown street in a normalised text.
_STREET = "§"
# `À deux pas de la gare`: not a passage.
_STREET_WORD = "|".join(sorted(map(re.escape, STREET_WORDS.keys() - {"pas"}), key=len, reverse=True))
_SUFFIX = rf"(?:[ -]?(?:{'|'.join(sorted(SUFFIXES))}|[a-z])\b)?"
# `57 T, rue Hoche`: right before a street, a letter belongs to the number, even one used elsewhere as a unit.
# `57 T de la rue`, `57, bâtiment B, rue`: only filler words stand between number and street.
_BETWEEN = (
    rf"(?:[^\w§#%€{SPELLED}]|(?:sur|dans|a|on|in|of|the|{'|'.join(sorted(ARTICLES))})(?![a-z0-9])"
    rf"|(?:{'|'.join(sorted(BUILDING_PARTS))})\.? (?:[a-z]|\d{{1,2}})(?![a-z0-9]))*"
)
_STREET_AFTER = re.compile(rf"{_SUFFIX}{_BETWEEN}(?:§|(?<![a-z0-9])(?:{_STREET_WORD})(?![a-z0-9%€+-]))")
_PLACE_AFTER = re.compile(rf" (?:{_STREET_WORD})\.? (?:{'|'.join(sorted(ARTICLES))})\b")
_STREET_BEFORE = re.compile(r"§[ ,.:;()/—–-]*$")
_SURE = re.compile(r"\b(?:n[°o]?|nos|num|numeros?|number)[ .:°-]*$")
_AT = re.compile(r"\b(?:au|at) $")
_LETTER_AFTER = re.compile(r" ?[a-z]\b(?! (?:etage|niveau|floor))")
_LENGTH = r"(?:m|cm|mm|metres?|meters?|ft|feet)"
_BY_LENGTH = re.compile(rf" ?[x×] ?[\d#]+(?: ?[x×] ?[\d#]+)* ?{_LENGTH}(?![a-z0-9/])")
_FROM = re.compile(r"(?:^|[ '(])(?:de|entre|from|between) (?:[\d#]+(?:, ?| ))*$")
_TO = re.compile(rf"(?:(?:, ?| )[\d#]+)* ?(?:a|et|ou|to|and|or|-) ?{SPELLED}?[\d#]+(.*)", re.DOTALL)
# A full stop, except after an abbreviation: `n. 57`, `bât. B`.
_SENTENCE = re.compile(r"(?:[!?]|(?<!\b[a-z])(?<!\b[a-z]{2})(?<!\b[a-z]{3})(?<!\b[a-z]{4})\.)(?= |$)")
_YEAR = range(1900, 2101)
# No house in France has a number of five figures: a postcode, an amount.
_LARGEST = 9_999
# Context read on each side of a number, in characters; bounds the cost of each match.
_NEAR = 120


@dataclass(frozen=True, slots=True)
class Hidden:
    """Numbers and phrases hidden from the public, each phrase with its wording in the record.

    `street` is the street shown without its number: no number may stand beside the street, nor in the same sentence
    when the record holds no number to look for.
    """

    numbers: frozenset[int] = frozenset()
    phrases: tuple[tuple[Phrase, str], ...] = ()
    street: Phrase = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.phrases or self.street)


def hidden(precision: str, address: str, business_park: str, commune: str, postcodes: tuple[str, ...] = ()) -> Hidden:
    """Return the parts of an address and its business park hidden at a precision; the commune is always public."""
    if precision == Precision.EXACT:
        return Hidden()
    street = phrase_of(in_figures(plain(street_of(address))))
    without_street = _marked(in_figures(plain(address)), street)
    figures = set(_NUMBER.findall(DATE.sub(" ", without_street))) - set(postcodes)
    numbers = frozenset(map(_amount, figures))
    if precision == Precision.STREET:
        return Hidden(numbers, street=street)
    commune_phrase = phrase_of(commune)
    phrases = {phrase_of(words): words for words in (*streets_named(address), *places_named(address, business_park))}
    return Hidden(
        numbers, tuple((phrase, words) for phrase, words in phrases.items() if phrase and phrase != commune_phrase)
    )


def repetition(text: str, of: Hidden) -> str:
    """Return the reason against publishing a text, worded for its author; empty when nothing is disclosed."""
    if not text or not of:
        return ""
    read = _read(text, of)
    if number := next(_numbers(read, of), ""):
        return _(
            "“%(number)s” is the number of the address, which the public does not see: take it out, or say right "
            "after it what it counts."
        ) % {"number": number}
    tokens = tokens_of(text)
    for phrase, words in of.phrases:
        if starts_of(phrase, tokens):
            return _("“%(words)s” is the place that the public does not see: take it out.") % {"words": words}
    if _beside_street(read, of):
        return _("The street stands here with a number, and the public sees it without: take the number out.")
    return ""


def _read(text: str, of: Hidden) -> str:
    """Normalise a text for the search of numbers: figures only, the street as `§`, amounts and idioms removed."""
    read = plain(text)
    read = _SQUARE.sub("sqm", read)
    read = _DECIMALS.sub("#", _IDIOMS.sub("#", read.replace("square met", "sqm met")))
    read = _GROUPED.sub(lambda number: re.sub("[ .,]", "", number[0]), read)
    read = _marked(in_figures(read), of.street)
    if 9 in of.numbers:
        read = re.sub(r"(?<=§)([ ,]*)neuf\b", rf"\1{SPELLED}9", read)
    return read


def _marked(read: str, street: Phrase) -> str:
    """Replace every spelling of the street by its placeholder."""
    if not street:
        return read
    whole, name = _patterns(street)
    read = re.sub(whole, _STREET, read)
    return re.sub(name, rf"\g<number>{_STREET}", read) if name else read


@lru_cache(maxsize=1_024)
def _patterns(street: Phrase) -> tuple[str, str]:
    """Return the pattern of a street, and the pattern of its bare name beside a number, empty if unsafe.

    `Hoche 57` discloses as much as `rue Hoche 57`.
    """
    words = [
        "(?:" + "|".join(re.escape(spelling) for spelling in _spellings(word)) + ")" + (r"\.?" if position == 0 else "")
        for position, word in enumerate(street)
    ]
    between = rf"[ '.{SPELLED}-]*"
    glue = rf"{between}(?:(?:{'|'.join(sorted(ARTICLES, key=len, reverse=True))})\b{between})*"
    begins, ends = "(?<![a-z0-9])", "(?![a-z0-9])"
    name = glue.join(words[1:])
    if not name or street[0] not in STREET_WORDS:
        return f"{begins}{glue.join(words)}{ends}", ""
    whole = rf"{begins}(?:{glue.join(words)}|{name}(?=[ ,-]*{SPELLED}?\d)){ends}"
    # `57 ateliers` are workshops.
    counted = street[1] in COUNTED
    lettered = r"[ -]?(?:bis|ter|quater|[a-z])\b[ ,-]*"
    return whole, "" if counted else rf"(?P<number>\d(?:{lettered}| ?-? ?)){begins}{name}{ends}"


def _spellings(word: str) -> list[str]:
    abbreviations = [spelling for spelling, whole in STREET_WORDS.items() if whole == word]
    return sorted({word, *abbreviations}, key=len, reverse=True)


def _numbers(read: str, of: Hidden) -> Iterator[str]:
    """Yield the hidden numbers of a text, except those counting something or naming something else."""
    for number_match in _NUMBER.finditer(read):
        if _amount(number_match[0]) in of.numbers and not _means_else(read, number_match):
            yield number_match[0]


def _beside_street(read: str, of: Hidden) -> bool:
    """Return True if a number stands beside the street, or in its sentence when the hidden number is unknown."""
    if not of.street or _STREET not in read:
        return False
    if re.search(rf"\b(?:{'|'.join(sorted(SUFFIXES))})[ ,]*{_STREET}", read):
        return True
    sentences = deque(_with_street(read))
    for number_match in _NUMBER.finditer(read):
        if _amount(number_match[0]) > _LARGEST:
            continue
        after = _STREET_AFTER.match(read, number_match.end())
        if after and after[0].endswith(_STREET):
            return True
        counts = _means_else(read, number_match) or _counts_things(read, number_match)
        if (
            _STREET_BEFORE.search(read[max(0, number_match.start() - _NEAR) : number_match.start()].rstrip(SPELLED))
            and not counts
        ):
            return True
        while sentences[0][0] <= number_match.start():
            sentences.popleft()
        if not of.numbers and not counts and _amount(number_match[0]) not in _YEAR and sentences[0][1]:
            return True
    return False


def _amount(figures: str) -> int:
    """Return the value of figures, capped just above the largest house number."""
    significant_figures = figures.lstrip("0") or "0"
    return int(significant_figures) if len(significant_figures) <= len(str(_LARGEST)) else _LARGEST + 1


def _with_street(read: str) -> list[tuple[int, bool]]:
    """Return the end of each sentence, with True if the sentence names the street."""
    ends = [*(sentence_end.end() for sentence_end in _SENTENCE.finditer(read)), len(read)]
    return [(end, _STREET in read[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _counts_things(read: str, found: re.Match[str]) -> bool:
    """Return True if a plural follows a number not known to be the hidden number."""
    thing = _THING_AFTER.match(read, found.end())
    return thing is not None and thing[1] not in NOT_COUNTED


def _means_else(read: str, found: re.Match[str]) -> bool:
    """Return True if a number counts something or belongs to another name: `M14`, `R+3`, `line 14`.

    A number right before a street is a house number, and so is a number separated from the counted thing: `57 / 260
    m²`. Exceptions: lengths (`12 × 30 m`) and explicit ranges (`de 12 à 14 m`).
    """
    before, after = read[max(0, found.start() - _NEAR) : found.start()], read[found.end() : found.end() + _NEAR]
    spelled = before.endswith(SPELLED)
    before = before.rstrip(SPELLED)
    if glued := _LETTERS_BEFORE.search(before):
        return len(glued[0]) <= 2 and glued[0] not in _ANNOUNCED and not _STREET_AFTER.match(after)
    unit = _LETTERS_AFTER.match(after)
    if _STREET_AFTER.match(after) or _PLACE_AFTER.match(after):
        # `12 car spaces`, `12 pl.`: words of streets by their abbreviations alone.
        counted = _UNIT_AFTER.match(after)
        if not counted or counted[1] not in COUNTED or len(counted[1]) < 2 or _STREET in after[: counted.end() + 3]:
            return False
        if _PLACE_AFTER.match(after):
            return False
    if _SURE.search(before) or (_AT.search(before) and _LETTER_AFTER.match(after)):
        return False
    if unit:
        return unit[0] in COUNTED
    if (named := _WORD_BEFORE.search(before)) and named[1] in NAMED:
        return True
    if _counted(after):
        return True
    if spelled and _counts_things(read, found):
        return True
    if _AT.search(before) or _STREET_BEFORE.search(before):
        return False
    if _BY_LENGTH.match(after):
        return True
    to = _TO.match(after)
    return to is not None and _FROM.search(before) is not None and _counted(to[1])


def _counted(after: str) -> bool:
    """Return True if the thing counted by a number follows at once."""
    counted = _UNIT_AFTER.match(after)
    return counted is not None and counted[1] in COUNTED and not _PLACE_AFTER.match(after)
