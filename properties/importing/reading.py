"""Rows of a CSV, XLSX or JSON file, with the line each stands on (the header is line 1)."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

# Far above any partner's file, far below what would exhaust the machine.
MAX_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 400_000_000

Row = tuple[int, list[Any]]


class UnreadableFile(Exception):
    """The file cannot be read at all; the message says what to do."""


def read(path: Path) -> Iterator[Row]:
    """(line, cells) of each line that is not empty, the header first."""
    if not path.is_file():
        raise UnreadableFile(_("There is no file at %(path)s.") % {"path": path})
    if not os.access(path, os.R_OK):
        raise UnreadableFile(_("The file %(path)s may not be read.") % {"path": path})
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(
            _("The file is larger than %(megabytes)s MB; split it.") % {"megabytes": MAX_BYTES // 10**6}
        )
    readers = {".csv": _read_csv, ".txt": _read_csv, ".xlsx": _read_xlsx, ".json": _read_json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(_("This kind of file is not read; use CSV, XLSX or JSON."))
    rows = [row for row in reader(path) if any(str(cell or "").strip() for cell in row[1])]
    if not rows:
        raise UnreadableFile(_("The file is empty."))
    return iter(rows)


def _decode(content: bytes) -> str:
    if b"\x00" in content:
        raise UnreadableFile(_("This is not a text file; save it as CSV (UTF-8)."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_csv(path: Path) -> Iterator[Row]:
    text = _decode(path.read_bytes())
    header = text.split("\n", 1)[0]
    separator = max(";,\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            yield start, list(cells)
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(_("Line %(line)s cannot be read: %(error)s.") % {"line": start, "error": error}) from None


def _read_xlsx(path: Path) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise UnreadableFile(_("The workbook is too large once opened; split it."))
        workbook = load_workbook(path, read_only=True, data_only=True)
        for line, cells in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield line, list(cells)
    except UnreadableFile:
        raise
    except Exception:
        # openpyxl refuses a broken workbook with whatever its parsers raise (KeyError, ParseError, TypeError ...).
        raise UnreadableFile(_("This workbook cannot be opened; save it again as XLSX.")) from None


def _read_json(path: Path) -> Iterator[Row]:
    try:
        records = json.loads(_decode(path.read_bytes()))
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            _("Line %(line)s cannot be read: %(error)s.") % {"line": error.lineno, "error": error.msg}
        ) from None
    except (ValueError, RecursionError):
        # Numbers of thousands of digits, lists in lists in lists: nothing a partner means.
        raise UnreadableFile(_("This JSON cannot be read.")) from None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise UnreadableFile(_("A JSON file holds a list of objects, one for each property."))
    headers = list(dict.fromkeys(key for record in records for key in record))
    yield 1, headers
    for line, record in enumerate(records, start=2):
        yield line, [record.get(header) for header in headers]
