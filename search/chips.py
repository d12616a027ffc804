"""What was asked, one piece at a time, each with the search that does without it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.criteria import MANY, RANGES, Criteria
from search.labels import PARAMETERS, available_label, range_label, value_label
from search.vocabulary import Vocabulary

# One count each; more would cost more than they help.
MOST_RELAXATIONS = 12


@dataclass(frozen=True, slots=True)
class Chip:
    """One criterion in words, and the search without it."""

    label: str
    without: Criteria


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A criterion whose loss gives results: its name, its words, the search without it and the exact total of that."""

    name: str
    label: str
    without: Criteria
    total: int


def chips(criteria: Criteria, vocabulary: Vocabulary) -> list[Chip]:
    """Every value that narrows the search."""
    found = []
    if criteria.q:
        found.append(Chip(_("“%(words)s”") % {"words": criteria.q}, criteria.without("q")))
    for name in MANY:
        found += [
            Chip(value_label(name, value, vocabulary), criteria.minus(name, value)) for value in getattr(criteria, name)
        ]
    found += [Chip(label, criteria.without(*names)) for names, label in _singles(criteria)]
    return found


def _singles(criteria: Criteria) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, bounds in RANGES.items():
        if label := range_label(name, criteria):
            yield bounds, label
    if criteria.available_by:
        yield ("available_by",), _("Before %(date)s") % {"date": available_label(criteria)}
    if criteria.walk_max:
        yield ("walk_max",), _("≤ %(minutes)s min on foot") % {"minutes": criteria.walk_max}
    if criteria.bbox:
        yield ("bbox",), str(PARAMETERS["bbox"])


def relaxations(criteria: Criteria, vocabulary: Vocabulary, count: Callable[[Criteria], int]) -> list[Relaxation]:
    """The criteria whose loss gives results, fewest results first: the nearest to what was asked."""
    candidates = []
    if criteria.q:
        candidates.append((str(PARAMETERS["q"]), criteria.q, criteria.without("q")))
    for name in MANY:
        if values := getattr(criteria, name):
            label = ", ".join(value_label(name, value, vocabulary) for value in values)
            candidates.append((str(PARAMETERS[name]), label, criteria.without(name)))
    for names, label in _singles(criteria):
        title = {"area_min": _("Surface"), "rent_min": _("Rent"), "price_min": _("Price")}.get(names[0])
        candidates.append((title or str(PARAMETERS[names[0]]), label, criteria.without(*names)))
    counted = [Relaxation(*candidate, count(candidate[2])) for candidate in candidates[:MOST_RELAXATIONS]]
    return sorted((item for item in counted if item.total), key=lambda item: item.total)


def summary(criteria: Criteria, vocabulary: Vocabulary) -> str:
    """The search in a line: types, deals, places."""
    parts = [
        ", ".join(value_label(name, value, vocabulary) for value in getattr(criteria, name))
        for name in ("type", "deal")
    ]
    if 0 < len(criteria.commune) <= 3:
        parts.append(", ".join(vocabulary.communes[insee] for insee in criteria.commune))
    else:
        parts.append(_("%(count)d communes") % {"count": len(criteria.commune) or len(vocabulary.communes)})
    return " · ".join(part for part in parts if part)
