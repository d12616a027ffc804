"""A French day is `1er décembre`, never `1 décembre`: wherever a day is said, by us, by Django or by Wagtail."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import polib
import pytest
from django.template import Context, Template
from django.utils.formats import date_format, localize
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.utils.timestamps import render_timestamp

from foundation.wording import day, day_number, moment
from territory.choices import DatePrecision
from territory.models import FigureValue

ROOT = Path(__file__).resolve().parents[2]
MONTHS = (
    "janv(?:ier|[.])|févr(?:ier|[.])|fév[.]|mars|avr(?:il|[.])|mai|juin|juil(?:let|[.])|août|sept(?:embre|[.])"
    "|oct(?:obre|[.])|nov(?:embre|[.])|déc(?:embre|[.])"
)
# The first of a month without its ordinal, or another day with one.
WRONG = re.compile(rf"(?<!\d)(?:0?1|(?:0?[2-9]|[123]\d)er)[\s\u00a0](?:{MONTHS})", re.I)
days = st.one_of(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1)).map(lambda d: d.replace(day=1))
)
FORMATS = ("DATE_FORMAT", "DATETIME_FORMAT", "MONTH_DAY_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")
PLAIN = Template("{{ value }} {{ value|date }} {% now 'DATE_FORMAT' %} {{ value|date:'SHORT_DATE_FORMAT' }}")


@given(days)
def test_a_day_is_said_right_by_whatever_says_it(value: date) -> None:
    at = datetime(value.year, value.month, value.day, 12, tzinfo=UTC)
    with override("fr"):
        said = [day(value), day(at), moment(at), localize(value), localize(at), render_timestamp(at)]
        said += [date_format(at, name) for name in FORMATS]
        said.append(PLAIN.render(Context({"value": value})))
        figure = FigureValue(dated_on=value, date_precision=DatePrecision.DAY)
        said.append(figure.dated)
    assert [text for text in said if WRONG.search(text)] == []
    assert said[0].split("\u00a0")[0] == ("1er" if value.day == 1 else str(value.day))
    assert str(value.year) in said[0]


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(date(2026, 12, 1), "1er", "1"), (date(2026, 12, 2), "2", "2"), (date(2026, 12, 21), "21", "21")],
)
def test_the_number_of_a_day_stands_alone_as_it_does_in_a_date(value: date, french: str, english: str) -> None:
    with override("fr"):
        assert day_number(value) == french
    with override("en"):
        assert day_number(value) == english


def test_english_days_keep_djangos_formats() -> None:
    with override("en"):
        assert date_format(date(2026, 12, 1)) == "Dec. 1, 2026"


# Where a format is written: a filter, a call, a format specification.
FORMAT = re.compile(
    r"""\|\s*date\s*:\s*["'](?P<filter>[^"']*)["']"""
    r"""|\b(?:date_format|format_date|time_format)\([^()]*(?:\([^()]*\))?[^()]*,\s*f?["'](?P<call>[^"']*)["']"""
    r"""|strftime\(\s*["'](?P<strftime>[^"']*)["']|:(?P<spec>%[^}"']*%B[^}"']*)}"""
)


def says_a_day(pattern: str) -> bool:
    """Whether a format writes the day of the month beside a month's name, or alone."""
    if pattern in FORMATS:
        return False  # the language's own, tried above
    if "%" in pattern:
        return bool(re.search(r"%-?[de]", pattern) and re.search(r"%[Bb]", pattern))
    return bool(re.search(r"(?<!\\)j", pattern) or (re.search(r"(?<!\\)d", pattern) and re.search(r"[FNMbE]", pattern)))


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("j F Y", True), ("j", True), ("d M", True), ("%d %B", True), ("Y-m-d", False), ("l", False), ("F Y", False)],
)
def test_the_scan_knows_a_day_in_words(pattern: str, says: bool) -> None:
    assert says_a_day(pattern) is says


def test_no_format_of_django_writes_a_day_in_words() -> None:
    found = [
        str(file.relative_to(ROOT))
        for folder in ("implantation", "properties", "search", "site", "templates")
        for file in (ROOT / folder).rglob("*.*")
        if file.suffix in (".py", ".html", ".txt", ".typ", ".xml") and "migrations" not in file.parts
        for match in FORMAT.finditer(file.read_text(encoding="utf-8"))
        if says_a_day(next(filter(None, match.groups()), ""))
    ]
    assert found == []


def test_nobody_writes_the_first_of_a_month_without_its_ordinal() -> None:
    catalogue = polib.pofile(str(ROOT / "site/locale/fr/LC_MESSAGES/django.po"))
    texts = {entry.msgid: " ".join([entry.msgstr, *entry.msgstr_plural.values()]) for entry in catalogue}
    for folder in ("site/demo/content", "site/pages/first_pages", "site/territory/data"):
        for file in (ROOT / folder).glob("*.*"):
            texts[str(file)] = file.read_text(encoding="utf-8")
    assert [name for name, text in texts.items() if WRONG.search(text)] == []
