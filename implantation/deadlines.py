"""Working days of the Île-de-France: Monday to Friday without French public holidays. Pure."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices are open that day."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The day by which something promised within `days` working days of `start` is due (at least 1 day)."""
    if days < 1:
        raise ValueError("a delay is at least one working day")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
