"""Import a file into the offering: what is good is written at once and together, what is not is reported by line."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from copy import copy
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from properties import lots as lots_of
from properties.choices import Precision, State
from properties.importing.columns import Column, missing
from properties.importing.constraints import broken
from properties.importing.headers import Header, find_header
from properties.importing.parsing import parse_number, parse_text
from properties.importing.reading import MissingColumns, Row, Uncalculated, read
from properties.importing.report import OutOfDate, Rejection, Report, TooManyWithdrawals
from properties.importing.units import canonical
from properties.models import FIELD_OF, Lot, Property
from properties.services import apply, write_many
from properties.signals import offering_changed
from territory.models import Commune, Partner
from territory.text import fold

# Words that stand where a reference does in the addresses of the site.
RESERVED = ("SHORTLIST", "SELECTION")
# Rows in memory at a time.
BATCH = 1_000
GONE_STATES = (State.CLOSED, State.WITHDRAWN)
_FIELDS = frozenset(field.name for field in Property._meta.fields)
_NOT_IN_REFERENCE = re.compile(r"[^A-Z0-9]+")
_SPREADSHEET_ERROR = re.compile(r"#(DIV/0!|REF!|N/A|NAME\?|VALUE!|NUM!|NULL!)")

Progress = Callable[[int], None]


class _Refused(Exception):
    def __init__(self, column: str, value: Any, reason: str) -> None:
        self.column, self.value, self.reason = column, parse_text(value), reason


def import_file(
    *,
    path: Path,
    source: str,
    partner: Partner | None = None,
    mapping: Mapping[str, str] | None = None,
    complete: bool = False,
    allow_withdrawals: bool = False,
    keep: frozenset[str] = frozenset(),
    expected: str = "",
    dry_run: bool = False,
    is_demo: bool = False,
    only_new: bool = False,
    user: User | None = None,
    progress: Progress | None = None,
) -> Report:
    """Create and update the properties of one source from a file, all good rows together or none.

    A row is known by (source, reference at the source); a rejected one blocks no other. `partner` answers for every
    row, and a row that names another is rejected; without it each row names its own. `mapping`: see `find_header`.
    With `complete`, properties that the file lacks are withdrawn, but for the references at the source in `keep`.
    With `dry_run` nothing is written; with `only_new` known properties are left as they are. `progress` is called
    with the line that was reached.

    Raises `UnreadableFile` when the file as a whole cannot be used, `TooManyWithdrawals` unless they are allowed, and
    `OutOfDate` when the report has another digest than `expected`; nothing is written then.
    """
    with nullcontext() if dry_run else transaction.atomic():
        work = _Import(source, partner, is_demo=is_demo, only_new=only_new, dry_run=dry_run, user=user)
        header, rows = find_header(read(path), mapping or {})
        work.start(header)
        while batch := list(itertools.islice(rows, BATCH)):
            work.take(batch)
            if progress is not None:
                progress(batch[-1][0])
        if complete:
            work.find_missing()
        report = work.report
        if expected and report.digest != expected:
            raise OutOfDate
        if not dry_run:
            if report.withdraws_too_many(keep) and not allow_withdrawals:
                raise TooManyWithdrawals(report)
            work.withdraw([own for own in report.missing if own not in keep])
    return report


class _Import:
    """One file on its way in."""

    def __init__(
        self, source: str, partner: Partner | None, *, is_demo: bool, only_new: bool, dry_run: bool, user: User | None
    ) -> None:
        self.source, self.partner, self.user = source, partner, user
        self.is_demo, self.only_new, self.dry_run = is_demo, only_new, dry_run
        self.places, self.partners = _Places(), _partners()
        self.taken = {*Property.objects.values_list("reference", flat=True), *RESERVED}
        self.live = Property.objects.filter(source=source).exclude(state__in=GONE_STATES).count()
        self.seen: dict[str, int] = {}
        # Copied for each new row: making one from nothing costs ten copies.
        self.blank = Property(source=source, is_demo=is_demo, state=State.ON_MARKET)
        self.report = Report(live=self.live)

    def start(self, header: Header) -> None:
        self.columns = header.columns
        # What is refused is named as the file names it.
        self.words = {column.headers[0]: header.words[position] for position, column in header.columns.items()}
        self.report.words, self.report.unknown = header.words, header.unknown
        absent = missing(header.columns.values())
        if self.partner is not None:
            absent = [name for name in absent if name != "partner"]
        if absent:
            message = _("Columns are missing: %(columns)s.") % {"columns": ", ".join(absent)}
            raise MissingColumns(message, header.words, header.unknown)

    def take(self, rows: list[Row]) -> None:
        known = self._known({self._own(cells) for _line, cells in rows})
        created: list[Property] = []
        updated: list[tuple[Property, dict[str, list[str]]]] = []
        lots: dict[str, list[Lot]] = {}
        for line, cells in rows:
            try:
                self._row(line, cells, known, created, updated, lots)
            except _Refused as refusal:
                column = self.words.get(refusal.column, refusal.column)
                self.report.reject(Rejection(line, column, refusal.value, refusal.reason), cells)
        if not self.dry_run:
            write_many(created=created, updated=updated, user=self.user)
            _write_lots([*created, *(instance for instance, _fields in updated)], lots)

    def _own(self, cells: list[Any]) -> str:
        """The reference at the source that a row bears, even when something else in it is wrong."""
        for position, column in self.columns.items():
            if column.field == "source_reference" and position < len(cells):
                return parse_text(cells[position])
        return ""

    def _row(
        self,
        line: int,
        cells: list[Any],
        known: dict[str, Property],
        created: list[Property],
        updated: list[tuple[Property, dict[str, list[str]]]],
        lots: dict[str, list[Lot]],
    ) -> None:
        own = self._own(cells)
        if own in self.seen:
            raise _Refused("reference", own, _("already on line %(line)s of this file") % {"line": self.seen[own]})
        if own:
            self.seen[own] = line
        values = canonical(_parse(cells, self.columns, partner_known=self.partner is not None))
        # A file without that column says nothing about lots.
        row_lots = _lots(values.pop("lots")) if "lots" in values else None
        values["commune"] = self.places.find(values["commune"])
        values["partner"] = self._partner(values.get("partner", ""))
        instance = known.get(own)
        if instance is not None and self.only_new:
            self.report.keep(instance.reference)
            return
        if instance is None:
            instance, changed = self._new(values), {}
            instance.imply()
        else:
            if self.partner is not None and instance.partner_id != self.partner.pk:
                reason = _("this property is in the charge of %(partner)s now: this source no longer changes it")
                raise _Refused("reference", own, reason % {"partner": instance.partner})
            changed = apply(instance, _defaults(values))
        _check(instance, set(values) | changed.keys(), self.columns, cells)
        self.taken.add(instance.reference)
        before = list(instance.lots.all()) if instance.pk is not None else []
        same_lots = row_lots is None or _describe(row_lots) == _describe(before)
        if row_lots is not None and not same_lots:
            lots[instance.reference] = row_lots
            if instance.pk is not None:
                changed["lots"] = [lots_of.described(before), lots_of.described(row_lots)]
        if instance.pk is None:
            created.append(instance)
            self.report.create(instance.reference)
        elif changed:
            updated.append((instance, changed))
            self.report.change(instance.reference, changed)
        else:
            self.report.keep(instance.reference)

    def _new(self, values: dict[str, Any]) -> Property:
        reference = _reference(self.source, values["source_reference"], self.taken)
        instance = copy(self.blank)
        for name, value in {"reference": reference, "source_values": {}, **_defaults(values)}.items():
            setattr(instance, name, value)
        return instance

    def _partner(self, text: str) -> Partner:
        named = _find_partner(text, self.partners) if text or self.partner is None else self.partner
        if self.partner is not None and named.pk != self.partner.pk:
            reason = _("this file is of %(partner)s: it changes nobody else's rows")
            raise _Refused("partner", text, reason % {"partner": self.partner})
        return named

    def _known(self, owns: set[str]) -> dict[str, Property]:
        """The source's properties by its own reference, each with its commune and partner already at hand."""
        by_pk = {partner.pk: partner for partner in self.partners.values()}
        found = {}
        rows = Property.objects.filter(source=self.source, source_reference__in=owns - {""})
        for instance in rows.prefetch_related("lots"):
            instance.commune = self.places.by_insee[instance.commune_id]
            instance.partner = by_pk[instance.partner_id]
            found[instance.source_reference] = instance
        return found

    def _live(self) -> Any:
        rows = Property.objects.filter(source=self.source).exclude(state__in=GONE_STATES)
        return rows if self.partner is None else rows.filter(partner=self.partner)

    def find_missing(self) -> None:
        """What the source had and this file does not name, not even on a line that was rejected."""
        for own, reference in self._live().order_by("reference").values_list("source_reference", "reference"):
            if own not in self.seen:
                self.report.miss(own, reference)

    def withdraw(self, owns: list[str]) -> None:
        for batch in _batches(owns):
            instances = self._live().filter(source_reference__in=batch)
            write_many(
                created=[],
                updated=[(instance, apply(instance, {"state": State.WITHDRAWN})) for instance in instances],
                user=self.user,
            )


def _batches(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def only_partner(*, path: Path, mapping: Mapping[str, str] | None = None) -> Partner | None:
    """The partner that every row of a file names; None when they name none, several, or one that is not known."""
    header, rows = find_header(read(path), mapping or {})
    at = next((position for position, column in header.columns.items() if column.field == "partner"), None)
    if at is None:
        return None
    named = {fold(parse_text(cells[at])) for _line, cells in rows if at < len(cells)} - {""}
    return _partners().get(named.pop()) if len(named) == 1 else None


def _parse(cells: list[Any], columns: dict[int, Column], *, partner_known: bool) -> Iterator[tuple[str, str, Any]]:
    for position, column in columns.items():
        cell = cells[position] if position < len(cells) else None
        if isinstance(cell, Uncalculated):
            reason = _("a formula without its result: open the file in a spreadsheet, save it, send it again")
            raise _Refused(column.headers[0], str(cell), reason)
        if isinstance(cell, str) and "#" in cell and _SPREADSHEET_ERROR.fullmatch(cell.strip()):
            raise _Refused(column.headers[0], cell, _("the spreadsheet could not calculate this cell"))
        try:
            value = column.parse(cell)
        except ValueError as error:
            raise _Refused(column.headers[0], cell, str(error)) from None
        if column.required and value in ("", None) and not (partner_known and column.field == "partner"):
            raise _Refused(column.headers[0], cell, _("this is required"))
        yield column.field, column.unit, value


def _defaults(values: dict[str, Any]) -> dict[str, Any]:
    values = dict(values)
    if "state" in values:
        values["state"] = values["state"] or State.ON_MARKET
    if "precision" in values:
        values["precision"] = values["precision"] or Precision.COMMUNE
    return values


def _reference(source: str, own: str, taken: set[str]) -> str:
    """The public reference: the source's own when it may stand in an address and is free, else one made from it."""
    made = _NOT_IN_REFERENCE.sub("-", fold(own).upper()).strip("-")[:20].strip("-") or "GOSB"
    named = _NOT_IN_REFERENCE.sub("-", f"{fold(source)}-{made}".upper()).strip("-")[:20].strip("-")
    numbered = (f"{made[:14].strip('-')}-{number}" for number in itertools.count(2))
    return next(reference for reference in itertools.chain((made, named), numbered) if reference not in taken)


def _check(instance: Property, given: set[str], columns: dict[int, Column], cells: list[Any]) -> None:
    """The same checks as the form, the database's constraints included; names the column.

    What the file does not give is as the record had it, or as it begins.
    """
    try:
        # The commune and the partner were found in the database a moment ago, by this import.
        instance.clean_fields(exclude=_unchecked(frozenset(given)))
        instance.clean()
    except ValidationError as error:
        name, errors = next(iter(error.error_dict.items()))
        raise _refused(name, errors[0].messages[0], columns, cells) from None
    for constraint in broken(instance):
        reason = str(constraint.get_violation_error_message())
        raise _refused(FIELD_OF[constraint.name], reason, columns, cells)


@lru_cache(maxsize=64)
def _unchecked(given: frozenset[str]) -> frozenset[str]:
    return _FIELDS - given | {"commune", "partner"}


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
