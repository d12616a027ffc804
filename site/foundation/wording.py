"""Localised formats of numbers, surfaces, amounts and days; empty for None."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

# U+00A0 everywhere: Manrope's narrow no-break space vanishes under tight tracking (look/SCREENS.md).
NBSP = "\u00a0"


_COUNTS = {
    2: pgettext_lazy("how many", "two"),
    3: pgettext_lazy("how many", "three"),
    4: pgettext_lazy("how many", "four"),
    5: pgettext_lazy("how many", "five"),
    6: pgettext_lazy("how many", "six"),
    7: pgettext_lazy("how many", "seven"),
    8: pgettext_lazy("how many", "eight"),
    9: pgettext_lazy("how many", "nine"),
}


def _french() -> bool:
    return (get_language() or "fr").startswith("fr")


def number(value: Any) -> str:
    """Format a number: `1240` as `1 240` in French, `1,240` in English; decimals kept, without trailing zeros."""
    if value is None or value == "":
        return ""
    if isinstance(value, int):
        return numbers([value])[0]
    amount = Decimal(str(value))
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize()
    text = f"{amount:,f}"
    return text.replace(",", NBSP).replace(".", ",") if _french() else text


def numbers(counts: Iterable[int]) -> list[str]:
    """Format whole numbers in bulk.

    The active language is looked up once: the lookup costs more than a format, and a page has two hundred.
    """
    separator = NBSP if _french() else ","
    return [f"{count:,}".replace(",", separator) for count in counts]


def in_words(count: int) -> str:
    """Spell out a small count, `two` to `nine`; format any other as a number."""
    return str(_COUNTS[count]) if count in _COUNTS else number(count)


def surface(value: Any) -> str:
    """Format a surface in m², rounded to whole from 10."""
    if value is None:
        return ""
    amount = Decimal(str(value))
    return f"{number(round(amount) if amount >= 10 else amount)}{NBSP}m²"


def euros(value: Any) -> str:
    """Format an amount in euros: `118 €` in French, `€118` in English."""
    if value is None:
        return ""
    return f"{number(value)}{NBSP}€" if _french() else f"€{number(value)}"


def day(value: date | datetime | None) -> str:
    """Format a day: `23 novembre 2026`, `23 November 2026`; `1er` for the first in French."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return _day(value, get_language())


# Cached: a list has few distinct days, and a format costs as much as ten words of its page.
@lru_cache(maxsize=1_024)
def _day(value: date, language: str | None) -> str:
    return f"{day_number(value)}{NBSP}{format_date(value, 'F Y')}"


def day_number(value: date) -> str:
    """Return the day of the month, as in `day`: `1er` for the first in French."""
    return "1er" if value.day == 1 and _french() else str(value.day)


def moment(value: datetime | None) -> str:
    """Format a time in the territory's time zone: `23 novembre 2026, 10 h 42`, `23 November 2026, 10:42`."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = format_date(local, f"G{NBSP}\\h{NBSP}i") if _french() else format_date(local, "G:i")
    return f"{day(local)}, {clock}"


def month(value: date | None) -> str:
    """Format a month, `Mars 2027`, `Juil. 2027`, or "Immediate" for a past day; empty when not stated."""
    if value is None:
        return ""
    if value <= timezone.localdate():
        return _("Immediate")
    return _month(value.replace(day=1), get_language())


@lru_cache(maxsize=256)
def _month(first: date, language: str | None) -> str:
    text = format_date(first, "N Y" if len(format_date(first, "F")) > 5 else "F Y")
    return text[0].upper() + text[1:]


def within(days: int) -> str:
    """Format a promised delay, `within 2 working days`: the only wording for pages, sheets and mails."""
    return ngettext("within %(days)d working day", "within %(days)d working days", days) % {"days": days}
