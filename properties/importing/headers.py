"""Where the header of a file is, and which of its columns are known: by their names, or as a source once said. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from foundation.text import fold
from properties.importing.columns import COLUMNS, Column, recognise
from properties.importing.parsing import parse_text
from properties.importing.reading import Row

# A title, a date, the name of the agency: the header is not far below.
SEARCHED = 15
IGNORED = ""
# Begins the headers of what a report adds to the lines it rejects: nobody's columns when they come back corrected.
REMARK = "# "


@dataclass(frozen=True, slots=True)
class Header:
    """The line a header ends on, its words by position, the column of each position that is known."""

    line: int
    words: list[str]
    columns: dict[int, Column]

    @property
    def unknown(self) -> list[str]:
        """Words that no column answers to."""
        others = (word for position, word in enumerate(self.words) if position not in self.columns)
        return [word for word in others if word and not word.startswith(REMARK)]


def key(column: Column) -> str:
    """A column's name in a saved mapping: its field, and the unit when it is not the record's own."""
    return f"{column.field} {column.unit}".strip()


BY_KEY = {key(column): column for column in COLUMNS}


def find_header(rows: Iterator[Row], mapping: Mapping[str, str]) -> tuple[Header, Iterator[Row]]:
    """The header, and the rows below it.

    It is the line (or the two lines, one under the other) in the first few that names most columns. `mapping` gives
    keys of columns by folded header, "" to leave that header out; it has the last word.
    """
    first = list(islice(rows, SEARCHED))
    best, best_end = _known(first[0], mapping), 1
    for number, (line, cells) in enumerate(first):
        candidates = [(_known((line, cells), mapping), number + 1)]
        if number + 1 < len(first) and not _is_data(first[number + 1][1]):
            below = first[number + 1]
            candidates.append((_known((below[0], _stacked(cells, below[1])), mapping), number + 2))
        for header, end in candidates:
            if len(header.columns) > len(best.columns):
                best, best_end = header, end
    if not best.columns:
        # Nothing is known by name: the widest of the first lines is the one to map.
        widest = max(range(len(first)), key=lambda number: sum(map(bool, map(parse_text, first[number][1]))))
        best, best_end = _known(first[widest], mapping), widest + 1
    return best, chain(first[best_end:], rows)


def _stacked(above: list[Any], below: list[Any]) -> list[str]:
    """Two-line headers as one: what stands above goes on to the right over the cells that were merged with it.

    Under such a group a word that is a column by itself is one: `Position` over `latitude` and `longitude`.
    """
    width = max(len(above), len(below))
    tops, bottoms = ([parse_text(cell) for cell in [*cells, *[None] * width][:width]] for cells in (above, below))
    words, last = [], ""
    for position, (top, bottom) in enumerate(zip(tops, bottoms, strict=True)):
        last = top or (last if bottom else "")
        both = f"{last} {bottom}".strip()
        grouped = bottom and (not top or not [*tops, "-"][position + 1])
        words.append(bottom if grouped and not recognise([both]) and recognise([bottom]) else both)
    return words


def _is_data(cells: list[Any]) -> bool:
    """Whether a line holds a number: no second line of a header does, every property does."""
    return any(parse_text(cell)[:1].isdigit() for cell in cells)


def _known(row: Row, mapping: Mapping[str, str]) -> Header:
    line, cells = row
    words = [parse_text(cell) for cell in cells]
    columns: dict[int, Column] = {}
    said = {position: mapping[fold(word)] for position, word in enumerate(words) if fold(word) in mapping}
    for position, name in said.items():
        column = BY_KEY.get(name)
        if column is not None and column.field not in _fields(columns.values()):
            columns[position] = column
    for position, column in recognise(words).items():
        if position not in said and column.field not in _fields(columns.values()):
            columns[position] = column
    return Header(line, words, dict(sorted(columns.items())))


def _fields(columns: Iterable[Column]) -> set[str]:
    return {column.field for column in columns}
