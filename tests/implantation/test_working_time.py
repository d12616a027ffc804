"""The working clock, against one that ticks every minute, and the laws it keeps."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implantation.deadlines import CLOSES, OPENS, PARIS, add_working_time, is_working_day, working_days, working_time

# Either side of both changes of clock, holidays in a row, and ends of years.
instants = st.datetimes(datetime(2019, 1, 1), datetime(2035, 12, 31), timezones=st.sampled_from([PARIS, UTC]))
lengths = st.timedeltas(timedelta(days=-20), timedelta(days=20))
positive = st.timedeltas(timedelta(microseconds=1), timedelta(days=20))
ZERO = timedelta()


def naive(start, end):
    """Whole minutes of working time between two instants on whole minutes, counted one by one."""
    minutes, moment = 0, start.astimezone(UTC)
    while moment < end:
        local = moment.astimezone(PARIS)
        minutes += is_working_day(local.date()) and OPENS <= local.time() < CLOSES
        moment += timedelta(minutes=1)
    return timedelta(minutes=minutes)


whole = st.builds(
    lambda day, minute: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, 24 * 60 - 1),
)


@given(whole, st.integers(0, 8 * 24 * 60))
def test_the_same_as_counting_minutes(start, minutes):
    end = start + timedelta(minutes=minutes)
    assert working_time(start, end) == naive(start, end)


@given(instants, lengths)
def test_what_is_added_is_what_lies_between(start, length):
    assert working_time(start, add_working_time(start, length)) == length


@given(instants, lengths)
def test_it_never_ends_outside_opening_hours(start, length):
    end = add_working_time(start, length)
    assert is_working_day(end.date())
    assert OPENS < end.time() <= CLOSES


@given(instants, positive)
def test_nothing_is_due_before_it_starts(start, length):
    assert add_working_time(start, length) > start.astimezone(PARIS)


@given(instants, lengths, lengths)
def test_two_delays_one_after_the_other_are_their_sum(start, one, other):
    assert add_working_time(add_working_time(start, one), other) == add_working_time(start, one + other)


@given(instants, instants, lengths)
def test_a_later_start_is_never_due_earlier(one, other, length):
    early, late = sorted([one.astimezone(UTC), other.astimezone(UTC)])
    assert add_working_time(early, length) <= add_working_time(late, length)


@given(instants, lengths, lengths)
def test_a_longer_delay_is_never_due_earlier(start, one, other):
    short, long = sorted([one, other])
    assert add_working_time(start, short) <= add_working_time(start, long)


@given(instants, instants, instants)
def test_time_adds_up(a, b, c):
    assert working_time(a, b) + working_time(b, c) == working_time(a, c)


@given(instants, positive, lengths, st.timedeltas(ZERO, timedelta(days=400)))
def test_a_clock_that_stops_and_goes_on_loses_nothing(start, delay, ran, pause):
    """Whether it stops before or after what is due: what was left, or overdue, is the same when it goes on."""
    due = add_working_time(start, delay)
    stopped = start.astimezone(UTC) + ran
    left = working_time(stopped, due)
    assert add_working_time(stopped, left) == due
    resumed = stopped + pause
    assert working_time(resumed, add_working_time(resumed, left)) == left


def paris(*moment):
    return datetime(*moment, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (paris(2026, 11, 24, 14), 1, paris(2026, 11, 25, 14)),  # Tuesday → Wednesday, same hour
        (paris(2026, 11, 24, 7), 1, paris(2026, 11, 24, 18)),  # before opening: the day itself
        (paris(2026, 11, 24, 20), 1, paris(2026, 11, 25, 18)),  # after closing: the whole next day
        (paris(2026, 11, 27, 17), 1, paris(2026, 11, 30, 17)),  # Friday → Monday
        (paris(2026, 11, 28, 12), 5, paris(2026, 12, 4, 18)),  # Saturday → the whole next week
        (paris(2026, 10, 23, 12), 1, paris(2026, 10, 26, 12)),  # clocks went back on the Sunday
        (paris(2026, 3, 27, 12), 1, paris(2026, 3, 30, 12)),  # clocks went forward
        (paris(2026, 12, 24, 16), 1, paris(2026, 12, 28, 16)),  # Christmas, then a week-end
        (paris(2026, 5, 13, 10), 2, paris(2026, 5, 18, 10)),  # Ascension Thursday
    ],
)
def test_working_days_in_words(start, days, due):
    assert add_working_time(start, working_days(days)) == due
    assert add_working_time(start.astimezone(UTC), working_days(days)) == due
