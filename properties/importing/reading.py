"""Stream of the rows of a CSV, XLSX or JSON file, each with its line number (the first line is 1)."""

import codecs
import csv
import json
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

# Far above any partner's file, and harmless to the machine's memory.
MAX_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 400_000_000
_CHUNK = 1 << 20
_SAMPLE_LINES = 20
_QUOTED = re.compile(r'"[^"]*"')
_SPACE = re.compile(r"\s*")
_ROW = re.compile(rb"<(?:\w+:)?row[ >/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
# Longer than the longest tag counted, so a tag cut by a chunk's end is kept whole.
_TAG = 32

Row = tuple[int, list[Any]]


class UnreadableFileError(Exception):
    """File unreadable as a whole; the message names the remedy."""


class MissingColumnsError(UnreadableFileError):
    """Required columns absent from the header; `unknown` of its `words` can be mapped to them."""

    def __init__(self, message: str, words: list[str], unknown: list[str]) -> None:
        super().__init__(message)
        self.words, self.unknown = words, unknown


class Uncalculated:
    """Formula of a workbook saved without its result."""

    def __init__(self, formula: str) -> None:
        self.formula = formula

    def __str__(self) -> str:
        return self.formula


def read(path: Path) -> Iterator[Row]:
    """Return (line, cells) of each line with content.

    Raises `UnreadableFileError`, at once or while iterating.
    """
    if not path.is_file():
        raise UnreadableFileError(_("There is no file at %(path)s.") % {"path": path})
    if not os.access(path, os.R_OK):
        raise UnreadableFileError(_("The file %(path)s may not be read.") % {"path": path})
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFileError(
            _("The file is larger than %(megabytes)s MB; split it.") % {"megabytes": MAX_BYTES // 10**6}
        )
    readers = {".csv": _read_csv, ".txt": _read_csv, ".xlsx": _read_xlsx, ".json": _read_json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(_("This kind of file is not read; use CSV, XLSX or JSON."))
    rows = (row for row in reader(path) if any(str("" if cell is None else cell).strip() for cell in row[1]))
    first = next(rows, None)
    if first is None:
        raise UnreadableFileError(_("The file is empty."))
    return chain([first], rows)


def count_lines(path: Path) -> int | None:
    """Estimate the lines `read` will reach, without parsing them; None for a file `read` would refuse."""
    try:
        match path.suffix.lower():
            case ".csv" | ".txt":
                return _count_breaks(path)
            case ".xlsx":
                with _opened(path) as archive:
                    return _count(_ROW, archive, _sheets(archive)[0])
            case ".json":
                return 1 + sum(1 for _record in _records(_text(path)))
    except (OSError, IndexError, ValueError, RecursionError, zipfile.BadZipFile, UnreadableFileError):
        pass
    return None


def _count_breaks(path: Path) -> int:
    count, end = 0, b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            count, end = count + chunk.count(b"\n"), chunk[-1:]
    return count + (end != b"\n")


def _encoding(path: Path) -> str:
    """Detect the encoding: UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252."""
    with path.open("rb") as stream:
        start = stream.read(2)
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        encoding = "utf-8-sig"
        while chunk := stream.read(_CHUNK):
            if b"\x00" in chunk:
                raise UnreadableFileError(_("This is not a text file; save it as CSV (UTF-8)."))
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(chunk, final=len(chunk) < _CHUNK)
                except UnicodeDecodeError:
                    encoding = "cp1252"
    return encoding


def _separator(lines: list[str]) -> str:
    """Return the separator among `;` `,` and tab giving most lines an equal count; quoted text is ignored."""

    def score(separator: str) -> int:
        counts = Counter(_QUOTED.sub("", line).count(separator) for line in lines)
        return max((count * lines_alike for count, lines_alike in counts.items()), default=0)

    return max(";,\t", key=score)


def _read_csv(path: Path) -> Iterator[Row]:
    start = 1
    try:
        with path.open(encoding=_encoding(path), errors="replace", newline="") as stream:
            separator = _separator([line[:_CHUNK] for line in islice(stream, _SAMPLE_LINES)])
            stream.seek(0)
            reader = csv.reader(stream, delimiter=separator)
            for cells in reader:
                yield start, list(cells)
                start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            _("Line %(line)s cannot be read: %(error)s.") % {"line": start, "error": error}
        ) from None


def _read_xlsx(path: Path) -> Iterator[Row]:
    try:
        with _opened(path) as archive:
            calculates = any(_count(_FORMULA, archive, name) for name in _sheets(archive))
        values = load_workbook(path, read_only=True, data_only=True).worksheets[0]
        # A sheet may declare a million columns and hold ten.
        values.reset_dimensions()
        if not calculates:
            for line, cells in enumerate(values.iter_rows(values_only=True), start=1):
                yield line, list(cells)
            return
        formulas = load_workbook(path, read_only=True).worksheets[0]
        formulas.reset_dimensions()
        for line, (cells, sources) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), start=1):
            yield line, [_result(cell, source) for cell, source in zip(cells, sources, strict=True)]
    except UnreadableFileError:
        raise
    except Exception:
        # On a broken workbook openpyxl lets any exception of its parsers through (KeyError, ParseError, TypeError ...).
        raise UnreadableFileError(_("This workbook cannot be opened; save it again as XLSX.")) from None


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise UnreadableFileError(_("The workbook is too large once opened; split it."))
        yield archive


def _sheets(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]


def _count(tag: re.Pattern[bytes], archive: zipfile.ZipFile, name: str) -> int:
    """Count the openings of a short tag in a part of the archive, streamed in chunks."""
    count, end = 0, b""
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            text = end + chunk
            start = text.rfind(b"<", len(text) - _TAG)
            cut = len(text) if start < 0 else start
            count += len(tag.findall(text, 0, cut))
            end = text[cut:]
    return count + len(tag.findall(end))


def _result(cell: Any, source: Any) -> Any:
    if cell.value is None and source.data_type == "f":
        return Uncalculated(str(source.value))
    return cell.value


def _read_json(path: Path) -> Iterator[Row]:
    text = _text(path)
    try:
        headers = list(dict.fromkeys(key for record in _records(text) for key in record))
        yield 1, list(headers)
        for line, record in enumerate(_records(text), start=2):
            yield line, [_scalar(record.get(header)) for header in headers]
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            _("Line %(line)s cannot be read: %(error)s.") % {"line": error.lineno, "error": error.msg}
        ) from None
    except (ValueError, RecursionError):
        # Numbers of thousands of digits, lists nested too deep: no partner's data.
        raise UnreadableFileError(_("This JSON cannot be read.")) from None


def _text(path: Path) -> str:
    return path.read_text(encoding=_encoding(path), errors="replace")


def _scalar(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value


def _records(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list one by one; the whole list would take ten times the memory of its text."""
    decoder = json.JSONDecoder()
    position = _skip(text, 0)
    if text[position : position + 1] != "[":
        decoder.raw_decode(text, position)
        raise UnreadableFileError(_("A JSON file holds a list of objects, one for each property."))
    position = _skip(text, position + 1)
    while text[position : position + 1] != "]":
        record, position = decoder.raw_decode(text, position)
        if not isinstance(record, dict):
            raise UnreadableFileError(_("A JSON file holds a list of objects, one for each property."))
        yield record
        position = _skip(text, position)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        elif text[position : position + 1] != "]":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, position)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
