"""Parsers of cells: numbers, dates, yes/no/not stated, closed lists. Pure; refusals are readable `ValueError`s."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from foundation.text import fold
from properties.choices import Accessibility, Stated
from properties.importing.units import UNDISCLOSED, Undisclosed

_CONTROL = dict.fromkeys(set(range(32)) - {ord("\n"), ord("\t")})
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_UNITS = re.compile(r"(?<=\d)(m²|m2|€|euros?|eur|kva|m)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]*)?")
_YES = {"oui", "yes", "o", "y", "1", "vrai", "true", "x"}
_NO = {"non", "no", "n", "0", "faux", "false"}
_NOT_STATED = {"", "?", "nc", "n.c.", "non precise", "not stated", "unknown", "inconnu"}
_UNDISCLOSED = {
    "nc",
    "n.c.",
    "non communique",
    "confidentiel",
    "sur demande",
    "nous consulter",
    "on request",
    "undisclosed",
}
_PARTIAL = {"partiel", "partielle", "partial", "en partie"}
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


def parse_text(value: Any) -> str:
    """Return the text of a cell without control characters or outer spaces."""
    text = "" if value is None else str(value)
    return (text if text.isprintable() else text.translate(_CONTROL)).strip()


def parse_number(value: Any) -> Decimal | None:
    """Parse a number in French or English notation: `1 240,5`, `1240.5`, `1.240,5`, `1 240 m²`.

    A single comma or point marks the decimals; of two kinds the last marks the decimals, the other separates thousands.
    Empty and "not stated" give None. Rounds to two decimals; refuses more than 15 digits.
    """
    text = _plain(value)
    if fold(text) in _NOT_STATED:
        return None
    text = _UNITS.sub("", _SPACES.sub("", text))
    if "," in text and "." in text:
        thousands = min(",.", key=text.rindex)
        text = _ungroup(text, thousands)
    for separator in ",.":
        if text.count(separator) > 1:
            text = _ungroup(text, separator)
    text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise ValueError(_("this is not a number"))
    return Decimal(text).quantize(Decimal("0.01"))


def parse_money(value: Any) -> Decimal | Undisclosed | None:
    """Parse an amount like `parse_number`, or return `UNDISCLOSED` for `NC`, `sur demande`, `on request`."""
    if fold(parse_text(value)) in _UNDISCLOSED:
        return UNDISCLOSED
    return parse_number(value)


def _plain(value: Any) -> str:
    """Return the text of a cell; a workbook's number without an exponent."""
    if isinstance(value, float) and math.isfinite(value):
        return format(Decimal(str(value)), "f")
    return parse_text(value)


def _ungroup(text: str, separator: str) -> str:
    if not re.fullmatch(rf"[+-]?\d{{1,3}}(\{separator}\d{{3}})+(\D\d*)?", text):
        raise ValueError(_("this is not a number"))
    return text.replace(separator, "")


def parse_whole(value: Any) -> int | None:
    """Parse a whole number; None when empty."""
    number = parse_number(value)
    if number is None:
        return None
    if number != int(number):
        raise ValueError(_("a whole number is expected"))
    return int(number)


def parse_degrees(value: Any) -> float | None:
    """Parse a latitude or a longitude in degrees; None when empty."""
    text = parse_text(value).replace(",", ".")
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        raise ValueError(_("this is not a number")) from None
    if not -180 <= degrees <= 180:  # true of no NaN
        raise ValueError(_("this is not a number of degrees"))
    return degrees


def parse_date(value: Any) -> date | None:
    """Parse a date as `2026-11-23`, `23/11/2026`, `23-11-2026` or `23.11.2026`; None when empty."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = parse_text(value)
    if not text:
        return None
    day = _day(text)
    if day is None:
        raise ValueError(_("this is not a date; write it as 2026-11-23 or 23/11/2026"))
    return day


# A file repeats few distinct days.
@lru_cache(maxsize=1_024)
def _day(text: str) -> date | None:
    for pattern in _DATES:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def parse_stated(value: Any) -> Stated:
    """Parse yes, no or not stated; an empty cell is not a no."""
    if isinstance(value, (bool, int, float)) and value in (0, 1):
        return Stated.YES if value else Stated.NO
    text = fold(parse_text(value))
    for words, answer in ((_YES, Stated.YES), (_NO, Stated.NO), (_NOT_STATED, Stated.UNKNOWN)):
        if text in words:
            return answer
    raise ValueError(_("write yes, no, or leave it empty when it is not stated"))


def parse_accessibility(value: Any) -> str:
    """Parse yes, partial, no or not stated."""
    return Accessibility.PARTIAL if fold(parse_text(value)) in _PARTIAL else parse_stated(value)


def parse_headings(value: Any) -> str:
    """Parse a list of codes with any separators into `1510, 2663`."""
    return ", ".join(re.findall(r"[^\s,;/|]+", parse_text(value).upper()))


@cache
def _by_code(choices: type[TextChoices]) -> dict[str, str]:
    return {fold(code): code for code in choices.values}


def parse_choice(value: Any, choices: type[TextChoices], synonyms: dict[str, str]) -> str:
    """Parse a value of a closed list by its code or one of its usual names; empty stays empty."""
    text = fold(parse_text(value))
    if not text:
        return ""
    by_code = _by_code(choices)
    code = by_code.get(text) or by_code.get(text.replace(" ", "-")) or synonyms.get(text)
    if code is None:
        raise ValueError(_("unknown; choose among: %(values)s") % {"values": ", ".join(choices.values)})
    return code
