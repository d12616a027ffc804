"""Header detection: the header's line, and its columns recognised by name or by the source's mapping. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from foundation.text import fold
from properties.importing.columns import COLUMNS, ImportColumn, recognise
from properties.importing.parsing import parse_text
from properties.importing.reading import Row

# A title, a date or the agency's name may precede the header, within these first lines.
SEARCHED = 15
IGNORED = ""
# Prefix of the headers a report adds to rejected lines: these columns are ignored when the corrected file returns.
REMARK = "# "


@dataclass(frozen=True, slots=True)
class Header:
    """Header of a file: its last line, its words by position, and the recognised columns by position."""

    line: int
    words: list[str]
    columns: dict[int, ImportColumn]

    @property
    def unknown(self) -> list[str]:
        """Words without a recognised column, remarks of a report excepted."""
        others = (word for position, word in enumerate(self.words) if position not in self.columns)
        return [word for word in others if word and not word.startswith(REMARK)]


def key(column: ImportColumn) -> str:
    """Return a column's key in a saved mapping: its field, with the unit unless the unit is the record's own."""
    return f"{column.field} {column.unit}".strip()


BY_KEY = {key(column): column for column in COLUMNS}


def find_header(rows: Iterator[Row], mapping: Mapping[str, str]) -> tuple[Header, Iterator[Row]]:
    """Find the header among the first lines, and return it with the rows below.

    The header is the line, or pair of consecutive lines, with most recognised columns. `mapping` gives keys of columns
    by folded header word, "" to leave a column out, and overrides recognition by name.
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
        # No recognised column: the widest of the first lines is offered for mapping.
        widest = max(range(len(first)), key=lambda number: sum(map(bool, map(parse_text, first[number][1]))))
        best, best_end = _known(first[widest], mapping), widest + 1
    return best, chain(first[best_end:], rows)


def _stacked(above: list[Any], below: list[Any]) -> list[str]:
    """Merge a two-line header into one: an upper word extends to the right over merged cells.

    Below such a group, a lower word recognised alone stays alone: `Position` over `latitude` and `longitude`.
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
    """Return True if a cell begins with a digit: every property's line has one, a header's second line none."""
    return any(parse_text(cell)[:1].isdigit() for cell in cells)


def _known(row: Row, mapping: Mapping[str, str]) -> Header:
    line, cells = row
    words = [parse_text(cell) for cell in cells]
    columns: dict[int, ImportColumn] = {}
    mapped_names = {position: mapping[fold(word)] for position, word in enumerate(words) if fold(word) in mapping}
    for position, name in mapped_names.items():
        column = BY_KEY.get(name)
        if column is not None and column.field not in _fields(columns.values()):
            columns[position] = column
    for position, column in recognise(words).items():
        if position not in mapped_names and column.field not in _fields(columns.values()):
            columns[position] = column
    return Header(line, words, dict(sorted(columns.items())))


def _fields(columns: Iterable[ImportColumn]) -> set[str]:
    return {column.field for column in columns}
