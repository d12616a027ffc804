"""Import a file into the offering: what is good is written at once and together, what is not is reported by line."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from properties.choices import Precision, State
from properties.importing.columns import Column, missing, recognise
from properties.importing.constraints import broken
from properties.importing.parsing import parse_number, parse_text
from properties.importing.reading import Row, UnreadableFile, read
from properties.importing.units import canonical
from properties.models import FIELD_OF, Lot, Property
from properties.services import apply, write_many
from properties.signals import offering_changed
from territory.models import Commune, Partner
from territory.text import fold

# Words that stand where a reference does in the addresses of the site.
RESERVED = ("SHORTLIST", "SELECTION")
_NOT_IN_REFERENCE = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True)
class Rejection:
    """Why a line was not imported."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return _("line %(line)s: %(column)s, %(value)s, %(reason)s") % {
            "line": self.line,
            "column": self.column,
            "value": self.value[:80] or _("(empty)"),
            "reason": self.reason,
        }


@dataclass
class Report:
    """What an import did, or would do."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, set[str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


class _Refused(Exception):
    def __init__(self, column: str, value: Any, reason: str) -> None:
        self.column, self.value, self.reason = column, parse_text(value), reason


@transaction.atomic
def import_file(
    *, path: Path, source: str, dry_run: bool = False, is_demo: bool = False, only_new: bool = False
) -> Report:
    """Create and update the properties of one source from a file.

    A row is known by (source, reference at the source). Good rows are written together, a rejected one blocks none
    of them. With `dry_run` nothing is written; with `only_new` known properties are left as they are. Raises
    `UnreadableFile` when the file as a whole cannot be used.
    """
    rows = read(path)
    columns = _columns(next(rows))
    places, partners = _Places(), _partners()
    known = _known(source, places, partners)
    taken = {*Property.objects.values_list("reference", flat=True), *RESERVED}
    report, seen = Report(), dict[str, int]()
    created: list[Property] = []
    updated: list[tuple[Property, dict[str, list[str]]]] = []
    lots: dict[str, list[Lot]] = {}
    for line, cells in rows:
        try:
            values = canonical(_parse(cells, columns))
            reference = values["source_reference"]
            if reference in seen:
                raise _Refused(
                    "reference", reference, _("already on line %(line)s of this file") % {"line": seen[reference]}
                )
            seen[reference] = line
            # A file without that column says nothing about lots.
            row_lots = _lots(values.pop("lots")) if "lots" in values else None
            values["commune"] = places.find(values["commune"])
            values["partner"] = _find_partner(values["partner"], partners)
            instance = known.get(reference)
            if instance is not None and only_new:
                report.unchanged.append(instance.reference)
                continue
            changed = apply(instance, _defaults(values)) if instance else {}
            if instance is None:
                instance = _new(values, source=source, is_demo=is_demo, taken=taken)
                instance.imply()
            _check(instance, columns, cells)
            taken.add(instance.reference)
        except _Refused as refusal:
            report.rejections.append(Rejection(line, refusal.column, refusal.value, refusal.reason))
            continue
        same_lots = row_lots is None or _describe(row_lots) == (
            _describe(instance.lots.all()) if instance.pk is not None else []
        )
        if instance.pk is None:
            created.append(instance)
            report.created.append(instance.reference)
        elif changed or not same_lots:
            updated.append((instance, changed))
            report.changed[instance.reference] = set(changed) | (set() if same_lots else {"lots"})
        else:
            report.unchanged.append(instance.reference)
        if row_lots is not None and not same_lots:
            lots[instance.reference] = row_lots
    if not dry_run:
        write_many(created=created, updated=updated)
        _write_lots([*created, *(instance for instance, _fields in updated)], lots)
    return report


def _columns(header: Row) -> dict[int, Column]:
    columns = recognise(header[1])
    if absent := missing(columns.values()):
        raise UnreadableFile(_("Columns are missing: %(columns)s.") % {"columns": ", ".join(absent)})
    return columns


def _parse(cells: list[Any], columns: dict[int, Column]) -> Iterator[tuple[str, str, Any]]:
    for position, column in columns.items():
        cell = cells[position] if position < len(cells) else None
        try:
            value = column.parse(cell)
        except ValueError as error:
            raise _Refused(column.headers[0], cell, str(error)) from None
        if column.required and value in ("", None):
            raise _Refused(column.headers[0], cell, _("this is required"))
        yield column.field, column.unit, value


def _defaults(values: dict[str, Any]) -> dict[str, Any]:
    values = dict(values)
    if "state" in values:
        values["state"] = values["state"] or State.ON_MARKET
    if "precision" in values:
        values["precision"] = values["precision"] or Precision.COMMUNE
    return values


def _new(values: dict[str, Any], *, source: str, is_demo: bool, taken: set[str]) -> Property:
    reference = _reference(source, values["source_reference"], taken)
    return Property(
        **{"state": State.ON_MARKET} | _defaults(values), reference=reference, source=source, is_demo=is_demo
    )


def _reference(source: str, own: str, taken: set[str]) -> str:
    """The public reference: the source's own when it may stand in an address and is free, else one made from it."""
    made = _NOT_IN_REFERENCE.sub("-", fold(own).upper()).strip("-")[:20].strip("-") or "GOSB"
    named = _NOT_IN_REFERENCE.sub("-", f"{fold(source)}-{made}".upper()).strip("-")[:20].strip("-")
    numbered = (f"{made[:14].strip('-')}-{number}" for number in itertools.count(2))
    return next(reference for reference in itertools.chain((made, named), numbered) if reference not in taken)


def _known(source: str, places: "_Places", partners: dict[str, Partner]) -> dict[str, Property]:
    """The source's properties by its own reference, each with its commune and partner already at hand."""
    by_pk = {partner.pk: partner for partner in partners.values()}
    found = {}
    for instance in Property.objects.filter(source=source).prefetch_related("lots"):
        instance.commune = places.by_insee[instance.commune_id]
        instance.partner = by_pk[instance.partner_id]
        found[instance.source_reference] = instance
    return found


def _check(instance: Property, columns: dict[int, Column], cells: list[Any]) -> None:
    """The same checks as the form, the database's constraints included; names the column."""
    try:
        # The commune and the partner were found in the database a moment ago, by this import.
        instance.clean_fields(exclude=["public_latitude", "public_longitude", "commune", "partner"])
        instance.clean()
    except ValidationError as error:
        name, errors = next(iter(error.error_dict.items()))
        raise _refused(name, errors[0].messages[0], columns, cells) from None
    for constraint in broken(instance):
        reason = str(constraint.get_violation_error_message())
        raise _refused(FIELD_OF[constraint.name], reason, columns, cells)


def _refused(name: str, reason: str, columns: dict[int, Column], cells: list[Any]) -> _Refused:
    for position, column in columns.items():
        if column.field == name:
            return _Refused(column.headers[0], cells[position] if position < len(cells) else "", reason)
    return _Refused(name, "", reason)


class _Places:
    """Finds a commune by INSEE code, by name, or by a postcode that has but one commune."""

    def __init__(self) -> None:
        communes = list(Commune.objects.all())
        self.by_insee = {commune.insee: commune for commune in communes}
        self.by_name = {fold(commune.name): commune for commune in communes}
        self.by_postcode: dict[str, list[Commune]] = {}
        for commune in communes:
            for postcode in commune.postcodes:
                self.by_postcode.setdefault(postcode, []).append(commune)

    def find(self, text: str) -> Commune:
        commune = self.by_insee.get(text) or self.by_name.get(fold(text))
        if commune is not None:
            return commune
        candidates = self.by_postcode.get(text, [])
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            names = ", ".join(f"{commune.name} ({commune.insee})" for commune in candidates)
            raise _Refused("insee", text, _("this postcode has several communes: %(names)s") % {"names": names})
        raise _Refused("insee", text, _("this commune is outside the territory, or the INSEE code is wrong"))


def _partners() -> dict[str, Partner]:
    return {
        key: partner
        for partner in Partner.objects.all()
        for key in (partner.slug, fold(partner.acronym), fold(partner.short_name))
    }


def _find_partner(text: str, partners: dict[str, Partner]) -> Partner:
    partner = partners.get(fold(text))
    if partner is None:
        raise _Refused("partner", text, _("unknown partner; write its identifier, such as cci-94"))
    return partner


def _lots(text: str) -> list[Lot]:
    """Lots as `label:surface:rent:floor` separated by `|`; rent and floor may be left empty."""
    lots = []
    for chunk in filter(None, (part.strip() for part in text.split("|"))):
        label, surface, rent, floor = ([part.strip() for part in chunk.split(":")] + ["", "", ""])[:4]
        try:
            area, money = parse_number(surface), parse_number(rent)
        except ValueError as error:
            raise _Refused("lots", chunk, str(error)) from None
        if not label or area is None or area <= 0 or (money is not None and money < 0):
            raise _Refused("lots", chunk, _("a lot is written label:surface:rent:floor, with a surface above 0"))
        lots.append(Lot(label=label[:40], surface=area, rent=money, floor=floor[:20]))
    if len({lot.label for lot in lots}) < len(lots):
        raise _Refused("lots", text, _("two lots bear the same label"))
    return lots


def _describe(lots: Any) -> list[tuple[str, Decimal, Decimal | None, str]]:
    return sorted((lot.label, lot.surface, lot.rent, lot.floor) for lot in lots)


def _write_lots(instances: list[Property], lots: dict[str, list[Lot]]) -> None:
    concerned = [instance for instance in instances if instance.reference in lots]
    Lot.objects.filter(property__in=list(concerned)).delete()
    rows = []
    for instance in concerned:
        for lot in lots[instance.reference]:
            lot.property = instance
            rows.append(lot)
    Lot.objects.bulk_create(rows, batch_size=1_000)
    if rows:
        offering_changed.send(sender=Lot, ids=[instance.pk for instance in concerned])
