"""Working days, against the calendar counted one day at a time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implantation.deadlines import add_working_days, is_working_day

days = st.dates(date(2018, 1, 1), date(2040, 12, 31))


@given(days, st.integers(1, 30))
def test_exactly_that_many_working_days_lie_between(start, count):
    due = add_working_days(start, count)
    assert is_working_day(due)
    between = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(map(is_working_day, between)) == count


@given(days, st.integers(1, 30))
def test_a_later_start_is_never_due_earlier(start, count):
    assert add_working_days(start, count) <= add_working_days(start + timedelta(days=1), count)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday → Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday → Monday
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # Christmas, then a week-end
        (date(2026, 4, 3), 2, date(2026, 4, 8)),  # Easter Monday
        (date(2026, 5, 13), 1, date(2026, 5, 15)),  # Ascension Thursday
        (date(2026, 7, 13), 1, date(2026, 7, 15)),  # 14 July
    ],
)
def test_french_public_holidays_do_not_count(start, count, due):
    assert add_working_days(start, count) == due


def test_a_promise_of_no_day_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2026, 1, 5), 0)
