"""Constant columns: one value for every row of a file, parsed like a cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from foundation.by_language import split_name
from properties.importing.columns import ImportColumn, recognise
from properties.importing.headers import Header
from properties.importing.lots import parse_lots
from properties.importing.reading import Row, UnreadableFileError
from properties.importing.rows import Places, RowRefusedError, find_partner, partners_by_name
from properties.importing.units import Undisclosed
from properties.models import Property


class BadConstantError(Exception):
    """Constant refused before reading the file; the message gives the reason."""


class Constant(NamedTuple):
    """Column, with the cell repeated in each row."""

    column: ImportColumn
    cell: str


def read_constants(texts: Iterable[str]) -> tuple[Constant, ...]:
    """Parse constants written `field=value`; a field goes by any of its headers.

    Raises `BadConstantError` for an unknown field, a field given twice, or a refused value.
    """
    constants: dict[str, Constant] = {}
    for text in texts:
        name, equals, cell = text.partition("=")
        column = recognise([name]).get(0)
        if not equals or column is None:
            raise BadConstantError(_("%(text)s: no field is called so; write field=value.") % {"text": text})
        if column.field == "source_reference":
            raise BadConstantError(_("%(text)s: each row has a reference of its own.") % {"text": text})
        if column.field in constants:
            raise BadConstantError(_("%(name)s: this field is given twice.") % {"name": name})
        constants[column.field] = Constant(column, cell)
    for constant in constants.values():
        if reason := _refusal(constant):
            words = {"name": constant.column.headers[0], "value": constant.cell, "reason": reason}
            raise BadConstantError(_("%(name)s=%(value)s: %(reason)s.") % words)
    return tuple(constants.values())


def beside(header: Header, rows: Iterator[Row], constants: Sequence[Constant]) -> tuple[Header, Iterator[Row]]:
    """Append the constants to a file's header and rows as further columns.

    Raises `UnreadableFileError` when the file has a column of the same field: neither may silently win.
    """
    columns = dict(header.columns)
    positions = {column.field: position for position, column in columns.items()}
    for position, constant in enumerate(constants, len(header.words)):
        if (place := positions.get(constant.column.field)) is not None:
            words = {"column": header.words[place], "name": constant.column.headers[0]}
            raise UnreadableFileError(
                _("The file has a column “%(column)s”, and %(name)s is given as a constant: leave one of them out.")
                % words
            )
        columns[position] = constant.column
    return replace(header, columns=columns), _longer(rows, len(header.words), [cell for _column, cell in constants])


def _longer(rows: Iterator[Row], width: int, cells: list[str]) -> Iterator[Row]:
    for line, row_cells in rows:
        yield line, [*row_cells[:width], *[None] * (width - len(row_cells)), *cells]


def partner_of(constants: Iterable[Constant]) -> str:
    """Return the slug of the partner named by a constant; empty without such a constant."""
    named = (cell for column, cell in constants if column.field == "partner")
    return next((find_partner(cell, partners_by_name()).slug for cell in named), "")


def _refusal(constant: Constant) -> str:
    """Return the reason to refuse a constant, worded as in a report; empty when valid."""
    column, cell = constant
    try:
        value = column.parse(cell)
        if column.required and value in ("", None):
            return _("this is required")
        match column.field:
            case "commune":
                Places().find(value)
            case "partner":
                find_partner(value, partners_by_name())
            case "lots":
                parse_lots(value)
            case name:
                _check(name, value)
    except RowRefusedError as refused:
        return refused.reason
    except ValidationError as refused:
        return " ".join(refused.messages).rstrip(".")
    except ValueError as refused:
        return str(refused)
    return ""


def _check(name: str, value: Any) -> None:
    """Validate a value by its field's own validators. Raises `ValidationError`."""
    field_name, language = split_name(Property, name)
    field = Property._meta.get_field(field_name)
    assert isinstance(field, Field)
    if value in ("", None) or isinstance(value, Undisclosed):
        return
    try:
        field.clean({language: value} if language else value, None)
    except ValidationError as error:
        # Of one language's text: the others are in columns of their own.
        own = [
            field_error
            for field_error in error.error_list
            if not language or getattr(field_error, "language", "") == language
        ]
        if own:
            raise ValidationError(own) from None
