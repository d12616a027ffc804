"""Side-by-side comparison of premises: the same facts in the same order, differences flagged."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.wording import NBSP
from properties.choices import Stated
from properties.listing import budget, facts
from properties.listing.facts import StatedFact
from properties.models import Property


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One fact of each property in order, None where inapplicable; `differs` flags unequal answers."""

    label: str
    facts: tuple[StatedFact | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[ComparisonLine, ...]


def side_by_side(listings: Sequence[Property]) -> tuple[Part, ...]:
    """Build the table of every fact shown for at least one property, by section.

    The offer comes first, then the computed lines, then the other sections.
    """
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


def _line(said: tuple[StatedFact | None, ...]) -> ComparisonLine:
    label = next(fact.label for fact in said if fact is not None)
    return ComparisonLine(label, said, len({(fact.text, fact.detail) if fact else None for fact in said}) > 1)


def _costs(listings: Sequence[Property]) -> ComparisonLine:
    """Build the line of the known yearly cost, each amount with its missing items beside."""
    cost_facts = []
    for listing in listings:
        reckoned = budget.budget(listing)
        answer = "value" if reckoned.led else "unknown"
        text = reckoned.total if reckoned.led else _("Not stated")
        cost_facts.append(
            StatedFact("year", _("Known cost of a year"), answer, text, reckoned.missing if reckoned.led else "")
        )
    return _line(tuple(cost_facts))


def _walk(listings: Sequence[Property]) -> ComparisonLine:
    return _line(tuple(StatedFact("walk", _("On foot"), *_nearest(listing)) for listing in listings))


def _nearest(listing: Property) -> tuple[str, str, str]:
    """Return answer, text and detail of the walk to the nearest station."""
    if listing.is_drawn:
        return Stated.UNKNOWN, _("Not stated"), ""
    if near := listing.nearest_station:
        return "value", f"{near.minutes}{NBSP}min", str(near.station)
    return "no", _("No station within 1.5 km"), ""
