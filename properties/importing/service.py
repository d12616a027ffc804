"""Import service: valid rows are written together in one transaction, the others reported by line."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from copy import copy
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.text import fold
from properties import lots as lots_of
from properties.choices import PropertyState
from properties.importing.columns import missing
from properties.importing.constants import Constant, beside
from properties.importing.headers import Header, find_header
from properties.importing.lots import description, parse_lots, write_lots
from properties.importing.parsing import parse_text
from properties.importing.reading import MissingColumnsError, Row, read
from properties.importing.report import OutOfDateError, Rejection, Report, TooManyWithdrawalsError
from properties.importing.rows import (
    Places,
    RowRefusedError,
    check,
    find_partner,
    new_reference,
    parse,
    partners_by_name,
    with_defaults,
)
from properties.importing.units import canonical
from properties.models import Lot, Property
from properties.services import apply, fields_of, write_many
from territory.models import Partner

# Path segments of the site in a reference's position.
RESERVED = ("SHORTLIST", "SELECTION")
# Rows held in memory at a time.
BATCH = 1_000
GONE_STATES = (PropertyState.CLOSED, PropertyState.WITHDRAWN)

Progress = Callable[[int], None]


def import_file(
    *,
    path: Path,
    source: str,
    partner: Partner | None = None,
    mapping: Mapping[str, str] | None = None,
    constants: Sequence[Constant] = (),
    complete: bool = False,
    allow_withdrawals: bool = False,
    keep: frozenset[str] = frozenset(),
    expected: str = "",
    dry_run: bool = False,
    user: User | None = None,
    progress: Progress | None = None,
) -> Report:
    """Create and update the properties of one source from a file, all valid rows together or none.

    - Rows are matched by (source, reference at the source); a rejected row blocks no other.
    - `partner` owns every row, and a row naming another partner is rejected; without `partner` each row names its own.
    - `mapping`: see `find_header`. `constants`: further columns of one cell each.
    - `complete`: properties absent from the file are withdrawn, except the references at the source in `keep`.
    - `dry_run`: nothing is written. `progress` is called with the last line read.

    Raises `UnreadableFileError` when the file as a whole is unusable, `TooManyWithdrawalsError` unless allowed,
    `OutOfDateError` when the report's digest differs from `expected`; nothing is written then.
    """
    with nullcontext() if dry_run else transaction.atomic():
        work = _Import(source, partner, dry_run=dry_run, user=user)
        header, rows = beside(*find_header(read(path), mapping or {}), constants)
        work.start(header)
        while batch := list(itertools.islice(rows, BATCH)):
            work.take(batch)
            if progress is not None:
                progress(batch[-1][0])
        if complete:
            work.find_missing()
        report = work.report
        if expected and report.digest != expected:
            raise OutOfDateError
        if not dry_run:
            if report.withdraws_too_many(keep) and not allow_withdrawals:
                raise TooManyWithdrawalsError(report)
            work.withdraw([own for own in report.missing if own not in keep])
    return report


class _Import:
    """State of one file's import."""

    def __init__(self, source: str, partner: Partner | None, *, dry_run: bool, user: User | None) -> None:
        self.source, self.partner, self.user, self.dry_run = source, partner, user, dry_run
        self.places, self.partners = Places(), partners_by_name()
        self.taken = {*Property.objects.values_list("reference", flat=True), *RESERVED}
        self.live = Property.objects.filter(source=source).exclude(state__in=GONE_STATES).count()
        self.seen: dict[str, int] = {}
        # Copied for each new row: building an instance costs ten times a copy.
        self.blank = Property(source=source, state=PropertyState.ON_MARKET)
        self.report = Report(live=self.live)

    def start(self, header: Header) -> None:
        self.columns = header.columns
        # Rejections use the file's own header words.
        self.words = {
            column.headers[0]: header.words[position]
            for position, column in header.columns.items()
            if position < len(header.words)
        }
        self.report.words, self.report.unknown = header.words, header.unknown
        absent = missing(header.columns.values())
        if self.partner is not None:
            absent = [name for name in absent if name != "partner"]
        if absent:
            message = _("Columns are missing: %(columns)s.") % {"columns": ", ".join(absent)}
            raise MissingColumnsError(message, header.words, header.unknown)

    def take(self, rows: list[Row]) -> None:
        existing_properties = self._known({self._own(cells) for _line, cells in rows})
        created: list[Property] = []
        updated: list[tuple[Property, dict[str, list[str]]]] = []
        lots: dict[str, list[Lot]] = {}
        for line, cells in rows:
            try:
                self._row(line, cells, existing_properties, created, updated, lots)
            except RowRefusedError as refusal:
                column = self.words.get(refusal.column, refusal.column)
                self.report.reject(Rejection(line, column, refusal.value, refusal.reason), cells)
        if not self.dry_run:
            write_many(created=created, updated=updated, user=self.user)
            write_lots([*created, *(instance for instance, _fields in updated)], lots)

    def _own(self, cells: list[Any]) -> str:
        """Return a row's reference at the source, without parsing the rest of the row."""
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
            raise RowRefusedError(
                "reference", own, _("already on line %(line)s of this file") % {"line": self.seen[own]}
            )
        if own:
            self.seen[own] = line
        values = canonical(parse(cells, self.columns, partner_known=self.partner is not None))
        # Without a column of lots, the stored lots stay.
        row_lots = parse_lots(values.pop("lots")) if "lots" in values else None
        values["commune"] = self.places.find(values["commune"])
        values["partner"] = self._partner(values.get("partner", ""))
        instance = known.get(own)
        if instance is None:
            instance, changed = self._new(values), {}
            instance.imply()
        else:
            if self.partner is not None and instance.partner_id != self.partner.pk:
                reason = _("this property is in the charge of %(partner)s now: this source no longer changes it")
                raise RowRefusedError("reference", own, reason % {"partner": instance.partner})
            changed = apply(instance, with_defaults(values))
        check(instance, fields_of({*values, *changed}), row_lots, self.columns, cells)
        self.taken.add(instance.reference)
        before = list(instance.lots.all()) if instance.pk is not None else []
        same_lots = row_lots is None or description(row_lots) == description(before)
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
        reference = new_reference(self.source, values["source_reference"], self.taken)
        instance = copy(self.blank)
        for name, value in {"reference": reference, "source_values": {}, **with_defaults(values)}.items():
            setattr(instance, name, value)
        return instance

    def _partner(self, text: str) -> Partner:
        named = find_partner(text, self.partners) if text or self.partner is None else self.partner
        if self.partner is not None and named.pk != self.partner.pk:
            reason = _("this file is of %(partner)s: it changes nobody else's rows")
            raise RowRefusedError("partner", text, reason % {"partner": self.partner})
        return named

    def _known(self, owns: set[str]) -> dict[str, Property]:
        """Return the source's properties by reference at the source, commune and partner attached without queries."""
        by_pk = {partner.pk: partner for partner in self.partners.values()}
        properties_by_reference = {}
        rows = Property.objects.filter(source=self.source, source_reference__in=owns - {""})
        for instance in rows.prefetch_related("lots", "media"):
            instance.commune = self.places.by_insee[instance.commune_id]
            instance.partner = by_pk[instance.partner_id]
            properties_by_reference[instance.source_reference] = instance
        return properties_by_reference

    def _live(self) -> Any:
        rows = Property.objects.filter(source=self.source).exclude(state__in=GONE_STATES)
        return rows if self.partner is None else rows.filter(partner=self.partner)

    def find_missing(self) -> None:
        """Record the source's live properties absent from the file; a rejected line counts as present."""
        for own, reference in self._live().order_by("reference").values_list("source_reference", "reference"):
            if own not in self.seen:
                self.report.miss(own, reference)

    def withdraw(self, owns: list[str]) -> None:
        for batch in _batches(owns):
            instances = self._live().filter(source_reference__in=batch)
            write_many(
                created=[],
                updated=[(instance, apply(instance, {"state": PropertyState.WITHDRAWN})) for instance in instances],
                user=self.user,
            )


def _batches(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def only_partner(*, path: Path, mapping: Mapping[str, str] | None = None) -> Partner | None:
    """Return the partner named by every row of a file, or None for none, several or an unknown partner."""
    header, rows = find_header(read(path), mapping or {})
    partner_column = next((position for position, column in header.columns.items() if column.field == "partner"), None)
    if partner_column is None:
        return None
    named = {fold(parse_text(cells[partner_column])) for _line, cells in rows if partner_column < len(cells)} - {""}
    return partners_by_name().get(named.pop()) if len(named) == 1 else None
