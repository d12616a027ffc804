"""The bar of a long import: how far, how much longer, and a clean terminal when it is over."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from properties.importing.progress import Bar
from tests.properties.factories import write_csv


class Terminal(StringIO):
    def isatty(self):
        return True


def bar(total, *, columns=80, seconds=()):
    out, ticks = StringIO(), iter([0.0, *seconds])
    return out, Bar(out.write, total, columns=columns, clock=lambda: next(ticks, 0.0))


def test_a_bar_says_how_far_it_is_and_how_much_longer():
    out, drawn = bar(2000, seconds=[20.0])
    drawn(500)
    assert out.getvalue() == "\r[#########...........................]  25%  500/2\N{NO-BREAK SPACE}000  1:00"


def test_without_a_total_it_counts_and_tells_the_time_spent():
    out, drawn = bar(None, seconds=[61.0])
    drawn(1500)
    assert out.getvalue() == "\r1\N{NO-BREAK SPACE}500  1:01"


@given(st.integers(1, 10**6), st.integers(0, 2 * 10**6), st.integers(20, 200))
def test_it_never_wraps_and_never_passes_the_end(total, line, columns):
    out, drawn = bar(total, columns=columns, seconds=[1.0])
    drawn(line)
    text = out.getvalue().removeprefix("\r")
    assert len(text) < columns
    assert "%" not in text or int(text.split("%")[0].split("]")[-1]) <= 100


def test_it_is_wiped_even_when_the_import_breaks_down():
    out, drawn = bar(10, seconds=[1.0])
    with suppress(MemoryError), drawn:
        drawn(5)
        raise MemoryError
    lines = out.getvalue().split("\r")
    assert lines[-1] == ""
    assert lines[-2].isspace()


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_only_a_terminal_gets_a_bar(tmp_path):
    path = str(write_csv(tmp_path / "a.csv", {}, {"reference": "A-2"}))
    terminal, pipe = Terminal(), StringIO()
    call_command("import_properties", path, stdout=StringIO(), stderr=terminal)
    assert "100%" in terminal.getvalue().replace(" ", "")
    call_command("import_properties", path, stdout=StringIO(), stderr=pipe)
    assert pipe.getvalue() == ""
