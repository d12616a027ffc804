"""Words that repeat what is hidden of an address: its number, and its street where the commune alone is shown. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from properties.choices import Precision
from properties.discretion.lexicon import ARTICLES, BESIDE_STREETS, BUILDING_PARTS, COUNTED, NAMED, STREET_WORDS
from properties.discretion.streets import bare, has_digit, is_number_word, segments, starts, street_of
from territory.text import fold

# `8 Mai 1945`, `11-Novembre`, `1er mai`: of the name of a street.
_DATE = re.compile(
    r"\b\d{1,2}(?:er)?[\s-](?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[ée]cembre)\b(?:[\s-]\d{4}\b)?",
    re.IGNORECASE,
)
# The usual names of leases and hours, and amounts with decimals.
_IDIOMS = re.compile(r"\b3[-/ ]6[-/ ]9\b|\b(?:24 ?h?|7 ?j?)/(?:24|7)\b ?h?|\b(?:24 heures|7 jours) sur (?:24|7)\b")
_DECIMALS = re.compile(r"(?<![\d.,])\d+[.,]\d+(?= ?(?:[a-z]{1,3}[23]?|%|€|metres?|meters?|tonnes?)(?![a-z]))")
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ .,]\d{3})+(?!\d)")
_NUMBER = re.compile(r"\d+")
_LETTERS_BEFORE = re.compile(r"[a-z+]+$")
_WORD_BEFORE = re.compile(r"([a-z0-9]+)[ -]*(?:\d+(?:, | et | and | & |/))*$")
_LETTERS_AFTER = re.compile(r"[a-z]+")
# `12 à 14 m`, `12 x 30 m`: what counts the last one counts them all.
_COUNTED_AFTER = re.compile(r"(?: ?(?:a|et|ou|to|and|or|[-x×/&])? ?[\d#]+)*[ -]?([a-z%€]+[23]?)")
_ANNOUNCED = frozenset({"n", "no", "num", "numero"})
_SUFFIXES = frozenset({"bis", "ter", "quater"})
_TOKEN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*|[^\sa-z0-9'-]")

# Words without articles, one after the other.
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the public must not read: numbers, and phrases with the words in which the record has them.

    `street` is the street that is shown without its number: no number stands before it.
    """

    numbers: frozenset[str] = frozenset()
    phrases: tuple[tuple[Phrase, str], ...] = ()
    street: Phrase = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.phrases or self.street)


def hidden(precision: str, address: str, business_park: str, commune: str, postcodes: tuple[str, ...] = ()) -> Hidden:
    """What a precision hides of an address and of its business park; the commune is always told."""
    if precision == Precision.EXACT:
        return Hidden()
    numbers = frozenset(_NUMBER.findall(_plain(_DATE.sub(" ", address)))) - set(postcodes)
    if precision == Precision.STREET:
        return Hidden(numbers, street=_phrase(street_of(address)))
    told = _phrase(commune)
    phrases = {_phrase(words): words for words in (*_streets(address), *_places(address, business_park))}
    return Hidden(numbers, tuple((phrase, words) for phrase, words in phrases.items() if phrase and phrase != told))


def repetition(text: str, of: Hidden) -> str:
    """Why a text may not be published, in words for its author; empty when it repeats nothing."""
    if not text or not of:
        return ""
    if number := next(_numbers(_plain(text), of), ""):
        return _(
            "“%(number)s” is the number of the address, which the public does not see: take it out, or say right "
            "after it what it counts."
        ) % {"number": number}
    tokens = _tokens(text)
    for phrase, words in of.phrases:
        if _starts_of(phrase, tokens):
            return _("“%(words)s” is the place that the public does not see: take it out.") % {"words": words}
    for start in _starts_of(of.street, tokens):
        before = next((token for token in reversed(tokens[:start]) if token != ","), "")
        if has_digit(before) or before in _SUFFIXES or is_number_word(before):
            return _("The street stands here with a number, and the public sees it without: take the number out.")
    return ""


def _plain(text: str) -> str:
    """Folded, every figure an ASCII one."""
    return fold(unicodedata.normalize("NFKC", text).replace("’", "'"))


def _numbers(text: str, of: Hidden) -> Iterator[str]:
    """The hidden numbers that a text repeats as such: not those that count something or name something else."""
    text = _DECIMALS.sub("#", _IDIOMS.sub("#", text.replace("square met", "sqm met")))
    text = _GROUPED.sub(lambda number: re.sub("[ .,]", "", number[0]), text)
    for found in _NUMBER.finditer(text):
        if found[0] in of.numbers and not _means_else(text[: found.start()], text[found.end() :]):
            yield found[0]


def _means_else(before: str, after: str) -> bool:
    """Whether a number between these counts something, or is part of another name: `M14`, `R+3`, `line 14`."""
    if glued := _LETTERS_BEFORE.search(before):
        return len(glued[0]) <= 2 and glued[0] not in _ANNOUNCED
    if glued := _LETTERS_AFTER.match(after):
        return glued[0] in COUNTED
    if (named := _WORD_BEFORE.search(before)) and named[1] in NAMED:
        return True
    counted = _COUNTED_AFTER.match(after)
    return counted is not None and counted[1] in COUNTED


def _tokens(text: str) -> list[str]:
    """Words without articles, the parts of compounds apart, and punctuation between them."""
    found: list[str] = []
    for token in _TOKEN.findall(_plain(text)):
        if not token[0].isalnum():
            # `av. de la Gare`
            if not (token == "." and found and found[-1] != STREET_WORDS.get(found[-1], found[-1])):
                found.append(token)
            continue
        if token in STREET_WORDS:
            found.append(token)
            continue
        found += [part for part in re.split("['-]", token) if part not in ARTICLES]
    return [STREET_WORDS.get(token, token) for token in found]


def _phrase(text: str) -> Phrase:
    return tuple(token for token in _tokens(text) if token[0].isalnum())


def _starts_of(phrase: Phrase, tokens: list[str]) -> list[int]:
    """Where a phrase stands among words."""
    size = len(phrase)
    return [at for at in range(len(tokens) - size + 1) if tuple(tokens[at : at + size]) == phrase] if size else []


def _streets(address: str) -> Iterator[str]:
    """Every street of an address in its own words, without its number but with the date that its name may be."""
    for words in starts(_DATE.sub(lambda date: "-".join(date[0].split()), address)):
        kept = words[:1]
        for word in words[1:]:
            elsewhere = bare(word) in BESIDE_STREETS and bare(kept[-1]) not in ARTICLES
            if elsewhere or (has_digit(word) and not _DATE.fullmatch(word)):
                break
            kept.append(word)
        if len(_phrase(" ".join(kept))) > 1:
            yield " ".join(kept)


def _places(address: str, business_park: str) -> Iterator[str]:
    """A business park, and what an address names without a word of street: `ZA Les Pins`."""
    yield business_park
    for words in segments(address):
        phrase = _phrase(named := " ".join(word for word in words if not has_digit(word)))
        inside = phrase[:1] and phrase[0] in BUILDING_PARTS
        if len(phrase) > 1 and not inside and not set(phrase) & set(STREET_WORDS.values()):
            yield named
