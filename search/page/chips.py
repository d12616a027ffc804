"""Chips of the applied criteria, each with a link that removes its criterion."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.criteria import MANY, RANGES, Criteria
from search.labels import PARAMETERS, available_label, range_label, value_label
from search.vocabulary import UNDISCLOSED, UNKNOWN, Vocabulary


@dataclass(frozen=True, slots=True)
class Chip:
    """An applied criterion in words, and the search without it."""

    label: str
    without: Criteria


def chips(criteria: Criteria, vocabulary: Vocabulary) -> list[Chip]:
    """Return a chip for every value that narrows the search."""
    shown_chips = []
    if criteria.q:
        shown_chips.append(Chip(_("“%(words)s”") % {"words": criteria.q}, criteria.without("q")))
    for name in MANY:
        for value in getattr(criteria, name):
            shown_chips.append(Chip(_label(name, value, vocabulary), criteria.minus(name, value)))
    shown_chips += [Chip(label, criteria.without(*names)) for names, label in _singles(criteria, vocabulary)]
    return shown_chips


def _label(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return a value's label; values ambiguous outside their filter get its name as a prefix."""
    label = value_label(name, value, vocabulary)
    if value not in (UNKNOWN, UNDISCLOSED):
        return label
    return _("%(name)s: %(value)s") % {"name": PARAMETERS[name], "value": label.lower()}


def _singles(criteria: Criteria, vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, bounds in RANGES.items():
        if label := range_label(name, criteria):
            yield bounds, label
    if criteria.available_by:
        yield ("available_by",), _("By %(date)s") % {"date": available_label(criteria)}
    if criteria.walk_max:
        yield ("walk_max",), _label("walk_max", str(criteria.walk_max), vocabulary)
    if criteria.bbox:
        yield ("bbox",), str(PARAMETERS["bbox"])


def summary(criteria: Criteria, vocabulary: Vocabulary) -> str:
    """Summarise the search in one line: types, deals, places."""
    parts = [
        # Joined by "or": labels of types contain commas.
        _(" or ").join(value_label(name, value, vocabulary) for value in getattr(criteria, name))
        for name in ("type", "deal")
    ]
    if 0 < len(criteria.commune) <= 3:
        parts.append(", ".join(vocabulary.communes[insee] for insee in criteria.commune))
    else:
        parts.append(_("%(count)d communes") % {"count": len(criteria.commune) or len(vocabulary.communes)})
    return " · ".join(part for part in parts if part)
