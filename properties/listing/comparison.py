"""Premises side by side: the same facts in the same order, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.wording import NBSP
from properties.choices import Stated
from properties.listing import budget, facts
from properties.listing.facts import Fact
from properties.models import Property


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of each property in order, None where it does not apply; `differs` when they do not say the same."""

    label: str
    facts: tuple[Fact | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[Line, ...]


def side_by_side(listings: Sequence[Property]) -> tuple[Part, ...]:
    """Every fact that one of them states or leaves out, by section; money first by the amount each deal is about."""
    tables = [{section.name: section for section in facts.sections(listing)} for listing in listings]
    names = list(dict.fromkeys(name for table in tables for name in table))
    parts = [Part(_("Reckoned"), (_costs(listings), _walk(listings)))]
    for name in names:
        title = next(table[name].title for table in tables if name in table)
        rows = [{fact.name: fact for fact in table[name].facts} if name in table else {} for table in tables]
        ordered = list(dict.fromkeys(fact for row in rows for fact in row))
        lines = (_line(tuple(row.get(fact) for row in rows)) for fact in ordered if fact != "kind")
        parts.append(Part(title, tuple(lines)))
    return tuple(parts[1:2] + parts[:1] + parts[2:])


def _line(said: tuple[Fact | None, ...]) -> Line:
    label = next(fact.label for fact in said if fact is not None)
    return Line(label, said, len({(fact.text, fact.detail) if fact else None for fact in said}) > 1)


def _costs(listings: Sequence[Property]) -> Line:
    """The known cost of a year, with what is missing from it: never one figure without its gaps."""
    made = []
    for listing in listings:
        reckoned = budget.budget(listing)
        answer = "value" if reckoned.led else "unknown"
        text = reckoned.total if reckoned.led else _("Not stated")
        made.append(Fact("year", _("Known cost of a year"), answer, text, reckoned.missing if reckoned.led else ""))
    return _line(tuple(made))


def _walk(listings: Sequence[Property]) -> Line:
    return _line(tuple(Fact("walk", _("On foot"), *_nearest(listing)) for listing in listings))


def _nearest(listing: Property) -> tuple[str, str, str]:
    """Answer, words and detail of the walk to the nearest station."""
    if listing.is_drawn:
        return Stated.UNKNOWN, _("Not stated"), ""
    if near := listing.nearest_station:
        return "value", f"{near.minutes}{NBSP}min", str(near.station)
    return "no", _("No station within 1.5 km"), ""
