"""Budget of an offer in words, shared by the page and the sheet; `properties.listing.costs` computes the amounts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.wording import NBSP, euros, number
from properties.listing import costs, facts
from properties.models import Property


@dataclass(frozen=True, slots=True)
class Row:
    """Yearly item, with its bar in a width of 1000: from `start`, `share` wide, 0 when not stated."""

    name: str
    label: str
    unit: str
    total: str
    start: int
    share: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Budget in words: `basis` is the basis of `unit`; `missing` and `once` are sentences, `once` possibly empty.

    `led` is false when neither rent nor price per desk is known: the total then misleads.
    """

    rows: tuple[Row, ...]
    basis: str
    unit: str
    total: str
    missing: str
    once: str
    led: bool


def budget(listing: Property) -> Budget:
    """Build the known and missing costs of a year, and the one-off costs, in the active language."""
    year = costs.year(listing)
    return Budget(
        rows=tuple(_rows(listing, year)),
        basis=_("a desk a month") if year.per_desk else _("per m²"),
        unit=euros(year.unit) if year.known else "",
        total=euros(year.total) if year.known else _("Not stated"),
        missing=_missing(year),
        once=_once(listing),
        led=bool(year.costs) and year.costs[0].name in ("rent", "desk_price") and year.costs[0].total is not None,
    )


def _rows(listing: Property, year: costs.Year) -> Iterator[Row]:
    start = 0
    for cost in year.costs:
        fact = facts.fact(listing, cost.name)
        if cost.total is None:
            yield Row(cost.name, fact.label, "", fact.text, start, 0)
            continue
        share = int(1000 * cost.total / year.total) if year.total else 0
        yield Row(cost.name, fact.label, euros(cost.unit), euros(cost.total), start, share)
        start += share


def _missing(year: costs.Year) -> str:
    outside = _("Energy and insurance are not part of the offer.")
    if not year.missing:
        return outside
    words = ngettext(
        "%(number)d item is not stated: the real cost will be higher.",
        "%(number)d items are not stated: the real cost will be higher.",
        len(year.missing),
    )
    return f"{words % {'number': len(year.missing)}} {outside}"


def _once(listing: Property) -> str:
    paid = [
        ", ".join(filter(None, (facts.fact(listing, cost.name).label.lower(), _rate(cost), euros(cost.total))))
        for cost in costs.once(listing)
    ]
    return _("Paid once: %(what)s.") % {"what": "; ".join(paid)} if paid else ""


def _rate(cost: costs.Once) -> str:
    if cost.rate is None:
        return ""
    if cost.name == "fees":
        return f"{number(cost.rate)}{NBSP}%"
    months = ngettext("%(number)s month", "%(number)s months", 1 if cost.rate == 1 else 2)
    return months % {"number": number(cost.rate)}
