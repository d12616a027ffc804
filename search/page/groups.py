"""Filter groups of the search page: choices with disjunctive facet counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from properties.choices import Feature
from search.criteria import MANY, RANGES, Criteria
from search.engines.results import Range, Results
from search.labels import PARAMETERS, available_label, number, range_label, span, unit, value_labels
from search.parsing import DroppedValue
from search.services import SearchAnswer
from search.vocabulary import Vocabulary

# Communes shown before the folded list.
_FIRST_COMMUNES = 6
# The band facet of each range.
BANDS = {"area": "surface", "rent": "rent", "price": "price"}


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A facet value to choose; `count` is None when the engine gave no facet counts."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """A filter: `summary` names the chosen values, `others` is the folded list, `extent` the range on offer."""

    name: str
    title: str
    summary: str
    choices: tuple[FacetChoice, ...] = ()
    others: tuple[FacetChoice, ...] = ()
    extent: str = ""

    @property
    def banded(self) -> bool:
        """Presence of a chosen band or value."""
        return any(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """A feature with its two offered choices: yes, and not stated."""

    name: str
    label: str
    choices: tuple[FacetChoice, FacetChoice]


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of a range: `value` as typed, `problem` the reason for its rejection."""

    name: str
    label: str
    short: str
    unit: str
    value: str
    problem: str


@dataclass(frozen=True)
class Filters:
    """View model of the filters column."""

    groups: Mapping[str, FilterGroup]
    features: tuple[FeatureRow, ...]
    walks: tuple[FacetChoice, ...]
    any_walk: int | None
    no_walk: FacetChoice
    stations: tuple[FacetChoice, ...]
    station: str
    more_stations: tuple[str, ...]
    bounds: Mapping[str, tuple[Bound, Bound]]
    hidden: tuple[tuple[str, str], ...]
    bbox: str


def filters(answer: SearchAnswer) -> Filters:
    """Build the filters column from an answer."""
    criteria, results, vocabulary = answer.criteria, answer.results, answer.vocabulary
    problems = {problem.parameter: problem for problem in answer.problems}
    choices = {name: _choices(name, criteria, results, vocabulary) for name in vocabulary.values}
    groups = {name: FilterGroup(name, str(PARAMETERS[name]), _chosen(choices[name]), choices[name]) for name in MANY}
    groups["commune"] = _communes(groups["commune"])
    for name, bands in BANDS.items():
        groups[name] = _range(name, groups[bands], criteria, results)
    if label := available_label(criteria):
        groups["available"] = replace(groups["available"], summary=label)
    *minutes, no_walk = choices["walk_max"]
    walks = tuple(replace(choice, label=choice.value) for choice in minutes)
    near = [choice.label for choice in choices["station"] if choice.chosen]
    if isinstance(criteria.walk_max, int):
        near.append(_("%(minutes)d min") % {"minutes": criteria.walk_max})
    elif criteria.walk_max:
        near.append(no_walk.label)
    groups["near"] = FilterGroup("near", _("Station, walking minutes"), ", ".join(near))
    by_value = {choice.value: choice for choice in choices["feature"]}
    rows = tuple(
        FeatureRow(feature.value, str(feature.label), (by_value[f"{feature}:yes"], by_value[f"{feature}:unknown"]))
        for feature in Feature
    )
    return Filters(
        groups=groups,
        features=rows,
        walks=walks,
        any_walk=results.without.get("walk_max") if criteria.walk_max else results.total,
        no_walk=no_walk,
        stations=choices["station"],
        station=criteria.station[0] if criteria.station else "",
        more_stations=criteria.station[1:],
        bounds={name: _bounds(name, criteria, problems) for name in RANGES},
        bbox=dict(criteria.pairs()).get("bbox", ""),
        hidden=tuple(("feature", value) for value in criteria.feature if value.endswith(":no")),
    )


def _bounds(name: str, criteria: Criteria, problems: Mapping[str, DroppedValue]) -> tuple[Bound, Bound]:
    unit = {"area": _("m²"), "rent": "€", "price": "€"}[name]
    low, high = (
        Bound(
            bound,
            str(PARAMETERS[bound]),
            short,
            unit,
            problems[bound].value if bound in problems else _typed(getattr(criteria, bound)),
            problems[bound].message if bound in problems else "",
        )
        for bound, short in zip(RANGES[name], (_("Min"), _("Max")), strict=True)
    )
    return low, high


def _range(name: str, bands: FilterGroup, criteria: Criteria, results: Results) -> FilterGroup:
    """Combine bounds and bands of `area`, `rent` or `price` into one group."""
    offer = results.ranges.get(name, Range())
    extent = "" if offer.low is None else _("On offer: %(span)s.") % {"span": span(offer.low, offer.high, unit(name))}
    return replace(bands, name=name, summary=range_label(name, criteria) or bands.summary, extent=extent)


def _typed(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def _choices(name: str, criteria: Criteria, results: Results, vocabulary: Vocabulary) -> tuple[FacetChoice, ...]:
    chosen = getattr(criteria, name)
    chosen = chosen if name in MANY else (str(chosen),)
    counts, values = results.facets.get(name, {}), vocabulary.values[name]
    labels = value_labels(name, values, vocabulary)
    return tuple(
        FacetChoice(value, label, counts.get(value), value in chosen)
        for value, label in zip(values, labels, strict=True)
    )


def _chosen(choices: tuple[FacetChoice, ...]) -> str:
    labels = [choice.label for choice in choices if choice.chosen]
    if len(labels) > 1:
        return ngettext("%(count)d chosen", "%(count)d chosen", len(labels)) % {"count": len(labels)}
    return labels[0] if labels else ""


def _communes(group: FilterGroup) -> FilterGroup:
    """Split communes: chosen and best supplied first, the others folded, sorted by name."""
    ranked = sorted(group.choices, key=lambda choice: (not choice.chosen, -(choice.count or 0), choice.label))
    shown = max(_FIRST_COMMUNES, sum(choice.chosen for choice in ranked))
    others = tuple(sorted(ranked[shown:], key=lambda choice: choice.label))
    return replace(group, choices=tuple(ranked[:shown]), others=others)
