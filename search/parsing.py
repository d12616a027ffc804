"""Parsing of query parameters into criteria.

An unreadable value is dropped and reported: never an error, never a guess.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from search.analysis.text import query_words
from search.criteria import MANY, RANGES, SORTS, Criteria, default_sort
from search.vocabulary import UNKNOWN, WALK_VALUES, Vocabulary

LONGEST_TEXT = 200
# Column widths: no stored amount exceeds these.
LARGEST = {"area": Decimal("9999999.99"), "rent": Decimal("9999999.99"), "price": Decimal("9999999999.99")}

# 1240 · 1 240 · 1,240 · 1240,5 · 1240.50; a comma before three digits separates thousands.
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ ,][0-9]{3})+(?:\.[0-9]{1,2})?")
_PLAIN = re.compile(r"[0-9]{1,40}(?:[.,][0-9]{1,2})?")
_NEGATIVE = re.compile(r"[-−][0-9 .,]+")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?")
_PAGE = re.compile(r"[0-9]{1,6}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Query(Protocol):
    """A multi-valued mapping with `getlist`, such as Django's QueryDict."""

    def getlist(self, key: str) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class DroppedValue:
    """A dropped value: its parameter, a printable excerpt of the value, and the reason in the active language."""

    parameter: str
    value: str
    message: str


class _UnreadableError(ValueError):
    """An unreadable value; the message is shown to the visitor."""


def parse(query: Query, vocabulary: Vocabulary) -> tuple[Criteria, tuple[DroppedValue, ...]]:
    """Parse query parameters into criteria and the problems of the dropped values."""
    problems: list[DroppedValue] = []
    read: dict[str, Any] = {}
    for name in MANY:
        read[name] = _known(query.getlist(name), name, vocabulary, problems)
    for name, reader in _READERS.items():
        if (value := _single(query.getlist(name), name, reader, problems)) is not None:
            read[name] = value
    for low, high in RANGES.values():
        if read.get(low) is not None and read.get(high) is not None and read[low] > read[high]:
            problems += [
                DroppedValue(low, _typed(query.getlist(low)), _("the minimum is above the maximum")),
                DroppedValue(high, _typed(query.getlist(high)), _("the maximum is below the minimum")),
            ]
            del read[low], read[high]
    # A default order is no part of the canonical URL; relevance needs words to rank by.
    if read.get("sort") in (default_sort(read.get("q", "")), "relevance"):
        del read["sort"]
    return Criteria(**read), tuple(problems)


def _known(values: Iterable[str], name: str, vocabulary: Vocabulary, problems: list[DroppedValue]) -> tuple[str, ...]:
    choices = set(vocabulary.values[name])
    requested_values = {value.strip() for value in values} - {""}
    problems += [
        DroppedValue(name, _shown(value), _("this choice does not exist"))
        for value in sorted(requested_values)
        if value not in choices
    ]
    return tuple(sorted(requested_values & choices))


def _single(values: Sequence[str], name: str, reader: Callable[[str], Any], problems: list[DroppedValue]) -> Any:
    distinct_values = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    if not distinct_values:
        return None
    try:
        if len(distinct_values) > 1:
            raise _UnreadableError(_("it is given several times, with different values"))
        return reader(distinct_values[0])
    except _UnreadableError as reason:
        problems.append(DroppedValue(name, _typed(distinct_values), str(reason)))
        return None


def _typed(values: Iterable[str]) -> str:
    """Join the values given for a single-valued parameter, for display."""
    distinct_values = dict.fromkeys(value.strip() for value in values if value.strip())
    return _shown(" · ".join(value[:61] for value in distinct_values))


def _shown(value: str) -> str:
    """Shorten a value to 60 printable characters."""
    clean = "".join(char if char.isprintable() else "�" for char in value[:61])
    return clean if len(clean) <= 60 else clean[:59] + "…"


def _text(value: str) -> str:
    if "\0" in value:
        raise _UnreadableError(_("it holds characters that cannot be searched"))
    if len(value) > LONGEST_TEXT:
        raise _UnreadableError(_("it is too long: %(limit)d characters at most") % {"limit": LONGEST_TEXT})
    text = " ".join("".join(char if char.isprintable() else " " for char in value).split())
    if not query_words(text):
        raise _UnreadableError(_("it holds no word that can be searched"))
    return text


def _number(largest: Decimal) -> Callable[[str], Decimal]:
    def read(value: str) -> Decimal:
        value = " ".join(value.split())
        if _GROUPED.fullmatch(value):
            number = Decimal(value.replace(" ", "").replace(",", ""))
        elif _PLAIN.fullmatch(value):
            number = Decimal(value.replace(",", "."))
        elif _NEGATIVE.fullmatch(value):
            raise _UnreadableError(_("it cannot be negative"))
        else:
            raise _UnreadableError(_("it is not a number; write for example 1200"))
        if number > largest:
            raise _UnreadableError(_("it is too large"))
        return number.quantize(Decimal("0.01"))

    return read


def _date(value: str) -> date:
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _UnreadableError(_("it is not a date; write for example 2027-05-23"))


def _walk(value: str) -> int | str:
    if value in WALK_VALUES:
        return value if value == UNKNOWN else int(value)
    raise _UnreadableError(_("this choice does not exist"))


def _sort(value: str) -> str:
    if value in SORTS:
        return value
    raise _UnreadableError(_("this order does not exist"))


def _page(value: str) -> int:
    if _PAGE.fullmatch(value) and int(value):
        return int(value)
    raise _UnreadableError(_("there is no such page"))


def _bbox(value: str) -> tuple[float, ...]:
    sides = [side.strip() for side in value.split(",")]
    if len(sides) != 4 or not all(_DEGREES.fullmatch(side) for side in sides):
        raise _UnreadableError(_("it is not a zone of the map: west, south, east, north in degrees"))
    west, south, east, north = zone = tuple(round(float(side), 5) + 0.0 for side in sides)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise _UnreadableError(_("it is not a zone of the map: west, south, east, north in degrees"))
    return zone


_READERS: dict[str, Callable[[str], Any]] = {
    "q": _text,
    **{bound: _number(LARGEST[name]) for name, bounds in RANGES.items() for bound in bounds},
    "available_by": _date,
    "walk_max": _walk,
    "bbox": _bbox,
    "sort": _sort,
    "page": _page,
}
