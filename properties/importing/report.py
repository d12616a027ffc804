"""Report of an import, identical for a dry run and for the import itself."""

import csv
import hashlib
import io
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.spreadsheets import inert
from properties.importing.headers import REMARK
from properties.importing.parsing import parse_text

# Above this share of the source's live properties, withdrawals need confirmation.
MOST_WITHDRAWN = 0.2
# Prefix defusing a cell a spreadsheet would run as a formula; the import strips the space again.
_MARK = " "


@dataclass(frozen=True)
class Rejection:
    """Rejected line, with the column at fault and the reason."""

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
    """Outcome of an import, by public reference.

    - `live`: number of the source's properties neither closed nor withdrawn. `missing`: {reference at the source:
      reference} of those absent from the file, proposed for withdrawal.
    - `created`, `unchanged`: references. `differences`: {reference: {field: [before, after]}}.
    - `rejections`, with the cells of each in `rejected_cells`.
    - `words` of the header, and `unknown`: its words without a recognised column.
    """

    live: int = 0
    words: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    differences: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    rejected_cells: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._hash = hashlib.sha256()

    @property
    def changed(self) -> dict[str, set[str]]:
        """Changed fields by reference."""
        return {reference: set(fields) for reference, fields in self.differences.items()}

    @property
    def digest(self) -> str:
        """SHA-256 fingerprint of the outcome, hexadecimal: equal digests mean equal reports."""
        return self._hash.hexdigest()

    def create(self, reference: str) -> None:
        self.created.append(reference)
        self._note("created", reference)

    def change(self, reference: str, fields: dict[str, list[str]]) -> None:
        self.differences[reference] = fields
        self._note("changed", reference, fields)

    def keep(self, reference: str) -> None:
        self.unchanged.append(reference)
        self._note("unchanged", reference)

    def miss(self, own: str, reference: str) -> None:
        self.missing[own] = reference
        self._note("missing", own, reference)

    def reject(self, rejection: Rejection, cells: list[Any]) -> None:
        self.rejections.append(rejection)
        self.rejected_cells.append([parse_text(cell) for cell in cells])
        self._note("rejected", rejection.line, rejection.column)

    def _note(self, *what: Any) -> None:
        self._hash.update(json.dumps(what, sort_keys=True).encode())

    def withdraws_too_many(self, keep: Collection[str] = ()) -> bool:
        """Return True if more than a fifth of the source's live properties would leave the site."""
        return len(self.missing.keys() - set(keep)) > MOST_WITHDRAWN * self.live

    def rejected_csv(self) -> str:
        """Return the rejected lines unchanged, each with its reason, as CSV to correct and import again."""
        text = io.StringIO()
        # The BOM tells spreadsheets the encoding, UTF-8.
        text.write("\ufeff")
        writer = csv.writer(text, delimiter=";")
        positions = [position for position, word in enumerate(self.words) if not word.startswith(REMARK)]
        remarks = (pgettext("of a file", "line"), _("column in question"), _("reason"))
        writer.writerow(
            [*(inert(self.words[position], mark=_MARK) for position in positions), *(REMARK + word for word in remarks)]
        )
        for rejection, cells in zip(self.rejections, self.rejected_cells, strict=True):
            safe_cells = [inert(cells[position], mark=_MARK) if position < len(cells) else "" for position in positions]
            writer.writerow([*safe_cells, rejection.line, rejection.column, rejection.reason])
        return text.getvalue()


class TooManyWithdrawalsError(Exception):
    """File lacking too many properties to be complete; nothing was written."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(
            _("The file lacks %(missing)s of the %(live)s properties of its source. Nothing was written.")
            % {"missing": len(report.missing), "live": report.live}
        )


class OutOfDateError(Exception):
    """Offering changed since the dry run, so the report differs; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("The offering changed since this file was checked. Nothing was written: check it again."))
