"""Working time of the Île-de-France. Pure.

Offices are open from 9:00 to 18:00 in Paris, Monday to Friday, French public holidays excepted: a working day is nine
hours of working time, and a delay of one day given on Tuesday at 14:00 ends on Wednesday at 14:00. Clocks change on a
Sunday, so every working day has the same length. Working time is exact: `add_working_time(t, a + b)` equals
`add_working_time(add_working_time(t, a), b)`, and a stopped clock resumes with its remaining time unchanged.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

PARIS = ZoneInfo("Europe/Paris")
OPENS, CLOSES = time(9), time(18)
WORKING_DAY = timedelta(hours=CLOSES.hour - OPENS.hour)
_ONE_DAY = timedelta(days=1)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """Return True when offices are open on `day`."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """Return the due date of a promise made on `start` for `days` working days; ValueError below 1 day."""
    if days < 1:
        raise ValueError("a delay is at least one working day")
    day = start
    while days:
        day += _ONE_DAY
        days -= is_working_day(day)
    return day


def working_days(days: int) -> timedelta:
    """Convert a number of working days to working time."""
    return days * WORKING_DAY


def working_time(start: datetime, end: datetime) -> timedelta:
    """Return the working time between two aware instants, negative when `end` is earlier than `start`."""
    if end < start:
        return -working_time(end, start)
    start, end = start.astimezone(PARIS), end.astimezone(PARIS)
    total, day = timedelta(), start.date()
    while day <= end.date():
        opens, closes = _hours(day)
        total += max(timedelta(), min(end, closes) - max(start, opens))
        day += _ONE_DAY
    return total


def add_working_time(start: datetime, length: timedelta) -> datetime:
    """Return the earliest instant at exactly `length` of working time from `start` (aware).

    The result lies in opening hours, closing time included: a delay ending with a day ends at closing time, not at the
    next opening. `length` may be negative or zero; zero gives the last instant worked.
    """
    start = start.astimezone(PARIS)
    day = start.date()
    while length <= timedelta():  # go back to the morning before, to count forward from there
        opens, closes = _hours(day)
        length += max(timedelta(), min(start, closes) - opens)
        start, day = datetime.combine(day, OPENS, PARIS), day - _ONE_DAY
    day = start.date()
    while True:
        opens, closes = _hours(day)
        begins = max(start, opens)
        if length <= closes - begins:
            return begins + length
        length -= max(timedelta(), closes - begins)
        day += _ONE_DAY


def _hours(day: date) -> tuple[datetime, datetime]:
    """Return opening and closing time of `day`; the same instant twice on a closed day."""
    opens = datetime.combine(day, OPENS, PARIS)
    return opens, datetime.combine(day, CLOSES, PARIS) if is_working_day(day) else opens
