"""Display labels of search parameters and their values, in the active language."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from foundation.wording import day
from properties.choices import Condition, Deal, Feature, Kind, Lease
from search.criteria import Criteria
from search.vocabulary import MONEY_BANDS, NONE, NOW, SURFACE_BANDS, UNDISCLOSED, UNKNOWN, Band, Vocabulary

PARAMETERS = {
    "q": gettext_lazy("Words"),
    "deal": gettext_lazy("Deal"),
    "type": gettext_lazy("Type of premises"),
    "surface": gettext_lazy("Surface"),
    "area_min": gettext_lazy("Minimum surface"),
    "area_max": gettext_lazy("Maximum surface"),
    "rent": pgettext_lazy("noun", "Rent"),
    "rent_min": gettext_lazy("Minimum rent"),
    "rent_max": gettext_lazy("Maximum rent"),
    "price": gettext_lazy("Sale price"),
    "price_min": gettext_lazy("Minimum price"),
    "price_max": gettext_lazy("Maximum price"),
    "commune": gettext_lazy("Commune"),
    "station": gettext_lazy("Station"),
    "line": pgettext_lazy("of transport", "Line"),
    "walk_max": gettext_lazy("Walking minutes"),
    "available": gettext_lazy("Availability"),
    "available_by": gettext_lazy("Available by"),
    "condition": pgettext_lazy("of a building", "Condition"),
    "lease": gettext_lazy("Lease"),
    "feature": gettext_lazy("Equipment"),
    "bbox": gettext_lazy("Zone of the map"),
    "sort": pgettext_lazy("of a list", "Order"),
    "page": gettext_lazy("Page"),
}

SORTS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Recently checked"),
    "rent": gettext_lazy("Lowest rent"),
    "price": gettext_lazy("Lowest price"),
    "surface": gettext_lazy("Smallest surface"),
    "walk": gettext_lazy("Shortest walk"),
}

_NO_AMOUNT = {"rent": gettext_lazy("No rent: not for rent"), "price": gettext_lazy("No price: not for sale")}
_CHOICES = {"type": Kind, "deal": Deal, "condition": Condition, "lease": Lease}


def number(value: Decimal | int) -> str:
    """Format a number with grouped digits: `1 240` in French, `1,240` in English; trailing zeros dropped."""
    plain = int(value) if value == int(value) else Decimal(value).normalize()
    return number_format(plain, use_l10n=True, force_grouping=True)


def value_label(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return the label of a facet value.

    `94065` → Rungis, `100-250` → 100 to < 250 m², `fibre:unknown` → Fibre: not stated.
    """
    return value_labels(name, [value], vocabulary)[0]


def value_labels(name: str, values: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Return the labels of several values of one facet.

    A page needs about two hundred labels, so the active language is read once per facet instead of once per value.
    """
    named = {"commune": vocabulary.communes, "station": vocabulary.stations}.get(name)
    if named is not None:
        return [named[value] for value in values]
    language = get_language()
    return [_value_label(name, value, language) for value in values]


@lru_cache(maxsize=1_024)
def _value_label(name: str, value: str, language: str | None) -> str:
    """Return a label independent of the vocabulary, cached per language."""
    if value == UNKNOWN:
        return _("Not stated")
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    if name == "surface":
        return _band(SURFACE_BANDS[value], unit("area"))
    if name in MONEY_BANDS:
        if value == UNDISCLOSED:
            return _("Not disclosed")
        return str(_NO_AMOUNT[name]) if value == NONE else _band(MONEY_BANDS[name][value], unit(name))
    if name == "available":
        return _period(value)
    if name == "feature":
        feature, _colon, stated = value.partition(":")
        return _("%(name)s: %(value)s") % {
            "name": Feature(feature).label,
            "value": Feature(feature).answers(stated).label.lower(),
        }
    if name == "walk_max":
        return _("≤ %(minutes)s min on foot") % {"minutes": value}
    return value


def unit(name: str) -> str:
    """Return the unit of `area`, `rent` or `price`."""
    return {"area": _("m²"), "rent": _("€/m²/year"), "price": "€"}[name]


def _band(band: Band, unit: str) -> str:
    """Word a half-open band; `<` marks its excluded upper bound."""
    words = {"low": number(band.low), "high": number(band.high or 0), "unit": unit}
    if band.high is None:
        return _("%(low)s %(unit)s and above") % words
    return _("under %(high)s %(unit)s") % words if not band.low else _("%(low)s to < %(high)s %(unit)s") % words


def _period(value: str) -> str:
    """Word a half-open period of availability in months from today."""
    if value == NOW:
        return _("Immediately")
    first, _dash, end = value.partition("-")
    words = {"first": first, "end": end}
    if not end:
        return _("In %(first)s months or later") % words
    return _("In less than %(end)s months") % words if first == "0" else _("In %(first)s to < %(end)s months") % words


def span(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Word a range with at least one bound given."""
    if low is None:
        return _("up to %(high)s %(unit)s") % {"high": number(high or 0), "unit": unit}
    if high is None:
        return _("from %(low)s %(unit)s") % {"low": number(low), "unit": unit}
    return _("%(low)s to %(high)s %(unit)s") % {"low": number(low), "high": number(high), "unit": unit}


def range_label(name: str, criteria: Criteria) -> str:
    """Return the requested range of `area`, `rent` or `price` in words; empty without bounds."""
    low, high = getattr(criteria, f"{name}_min"), getattr(criteria, f"{name}_max")
    if low is None and high is None:
        return ""
    return span(low, high, unit(name))


def available_label(criteria: Criteria) -> str:
    """Return the requested availability date in words; empty without a date."""
    return day(criteria.available_by)
