"""One row of a file: parsed values, commune and partner, reference, and validation of its record."""

import itertools
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.by_language import field_of, gathered, named
from foundation.text import fold
from properties.choices import Precision, PropertyState
from properties.importing.columns import ImportColumn
from properties.importing.constraints import broken
from properties.importing.parsing import parse_text
from properties.importing.reading import Uncalculated
from properties.models import FIELD_OF, Lot, Property
from properties.public_reading import WATCHED, repeated
from territory.models import Commune, Partner

_FIELDS = frozenset(field.name for field in Property._meta.fields)
_NOT_IN_REFERENCE = re.compile(r"[^A-Z0-9]+")
_SPREADSHEET_ERROR = re.compile(r"#(DIV/0!|REF!|N/A|NAME\?|VALUE!|NUM!|NULL!)")


class RowRefusedError(Exception):
    """Rejection of a row: the column at fault, its cell, and the reason."""

    def __init__(self, column: str, value: Any, reason: str) -> None:
        self.column, self.value, self.reason = column, parse_text(value), reason


def parse(cells: list[Any], columns: dict[int, ImportColumn], *, partner_known: bool) -> Iterator[tuple[str, str, Any]]:
    """Yield (field, unit, value) of each column, as input of `canonical`. Raises `RowRefusedError`."""
    for position, column in columns.items():
        cell = cells[position] if position < len(cells) else None
        if isinstance(cell, Uncalculated):
            reason = _("a formula without its result: open the file in a spreadsheet, save it, send it again")
            raise RowRefusedError(column.headers[0], str(cell), reason)
        if isinstance(cell, str) and "#" in cell and _SPREADSHEET_ERROR.fullmatch(cell.strip()):
            raise RowRefusedError(column.headers[0], cell, _("the spreadsheet could not calculate this cell"))
        try:
            value = column.parse(cell)
        except ValueError as error:
            raise RowRefusedError(column.headers[0], cell, str(error)) from None
        if column.required and value in ("", None) and not (partner_known and column.field == "partner"):
            raise RowRefusedError(column.headers[0], cell, _("this is required"))
        yield column.field, column.unit, value


def with_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """The values, with what an empty cell means where it means something, and the texts of a field together."""
    values = gathered(Property, values)
    if "state" in values:
        values["state"] = values["state"] or PropertyState.ON_MARKET
    if "precision" in values:
        values["precision"] = values["precision"] or Precision.COMMUNE
    return values


def new_reference(source: str, own: str, taken: set[str]) -> str:
    """Return a free public reference: the source's own as a URL segment, else prefixed by the source, else numbered."""
    base_reference = _NOT_IN_REFERENCE.sub("-", fold(own).upper()).strip("-")[:20].strip("-") or "GOSB"
    named = _NOT_IN_REFERENCE.sub("-", f"{fold(source)}-{base_reference}".upper()).strip("-")[:20].strip("-")
    numbered = (f"{base_reference[:14].strip('-')}-{number}" for number in itertools.count(2))
    return next(reference for reference in itertools.chain((base_reference, named), numbered) if reference not in taken)


def check(
    instance: Property,
    given: set[str],
    lots: Collection[Lot] | None,
    columns: dict[int, ImportColumn],
    cells: list[Any],
) -> None:
    """Validate a record as the form does, database constraints included, and name the column at fault.

    Fields absent from the file keep the record's or the default value; `lots` is None when the lots stay. Raises
    `RowRefusedError`.
    """
    try:
        # Commune and partner come from the database, so their existence needs no second query.
        instance.clean_fields(exclude=_unchecked(frozenset(given)))
        instance.clean()
    except ValidationError as error:
        name, messages = next(iter(named(error).items()))
        raise _refused(name, messages[0], columns, cells) from None
    for constraint in broken(instance):
        reason = str(constraint.get_violation_error_message())
        raise _refused(FIELD_OF[constraint.name], reason, columns, cells)
    if instance.pk is None or given & WATCHED:
        is_stored = instance.pk is not None
        parts = lots if lots is not None else instance.lots.all() if is_stored else ()
        for name, reason in repeated(instance, parts, instance.media.all() if is_stored else ()).items():
            raise _refused(name, reason, columns, cells)


@lru_cache(maxsize=64)
def _unchecked(given: frozenset[str]) -> frozenset[str]:
    return _FIELDS - given | {"commune", "partner"}


def _refused(name: str, reason: str, columns: dict[int, ImportColumn], cells: list[Any]) -> RowRefusedError:
    for position, column in columns.items():
        if name in (column.field, field_of(Property, column.field)):
            return RowRefusedError(column.headers[0], cells[position] if position < len(cells) else "", reason)
    return RowRefusedError(name, "", reason)


class Places:
    """Lookup of communes by INSEE code, by name, or by a postcode belonging to a single commune."""

    def __init__(self) -> None:
        communes = list(Commune.objects.all())
        self.by_insee = {commune.insee: commune for commune in communes}
        self.by_name = {fold(commune.name): commune for commune in communes}
        self.by_postcode: dict[str, list[Commune]] = {}
        for commune in communes:
            for postcode in commune.postcodes:
                self.by_postcode.setdefault(postcode, []).append(commune)

    def find(self, text: str) -> Commune:
        """Return the commune named by a cell. Raises `RowRefusedError`."""
        commune = self.by_insee.get(text) or self.by_name.get(fold(text))
        if commune is not None:
            return commune
        candidates = self.by_postcode.get(text, [])
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            names = ", ".join(f"{commune.name} ({commune.insee})" for commune in candidates)
            raise RowRefusedError("insee", text, _("this postcode has several communes: %(names)s") % {"names": names})
        raise RowRefusedError("insee", text, _("this commune is outside the territory, or the INSEE code is wrong"))


def partners_by_name() -> dict[str, Partner]:
    """Return the partners keyed by every accepted name: slug, folded acronym, folded short name."""
    return {
        key: partner
        for partner in Partner.objects.all()
        for key in (partner.slug, fold(partner.acronym), fold(partner.short_name))
    }


def find_partner(text: str, partners: dict[str, Partner]) -> Partner:
    """Return the partner named by a cell, from `partners_by_name`. Raises `RowRefusedError`."""
    partner = partners.get(fold(text))
    if partner is None:
        raise RowRefusedError("partner", text, _("unknown partner; write its identifier, such as cci-94"))
    return partner
