"""Filters of the criteria, shared by counts, lists and maps."""

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Exists, Match, MatchAll, Query, Range, Terms

from search.criteria import Criteria
from search.elastic.definition import near
from search.engines.entries import hundredths
from search.vocabulary import UNKNOWN, WALKS, Period, Vocabulary
from territory.geography import WALKABLE_M, walking_minutes

# Parameters stored under their own values.
STORED = ("type", "deal", "commune", "surface", "rent", "price", "condition", "lease")
# Field compared with each bound: a divisible property fits from its smallest part.
BOUNDED = {
    **{"area_min": "area", "area_max": "smallest"},
    **{f"{name}_{end}": f"{name}_amount" for name in ("rent", "price") for end in ("min", "max")},
}
# Longest stored walk to a station, in minutes.
_LONGEST_WALK = walking_minutes(WALKABLE_M)

# Filters by name: a parameter, `near` for the three parameters of a walk, or `feature:name`.
Conditions = dict[str, Query]


def conditions(criteria: Criteria, vocabulary: Vocabulary) -> Conditions:
    """Return the filters of a search by name, so that a disjunctive facet can drop its own."""
    return dict(_conditions(criteria, vocabulary))


def matching(found: Conditions, leave_out: frozenset[str] = frozenset()) -> Query:
    """Combine the filters, without the excluded names."""
    filters = [condition for name, condition in found.items() if name not in leave_out]
    return Bool(filter=filters) if filters else MatchAll()


def one_of(field: str, values: Iterable[str]) -> Query:
    """Match documents with any of these values; no values match nothing."""
    terms: dict[str, Any] = {field: sorted(values)}
    return Terms(**terms)


def holding(criteria: Criteria, *, field: str = "words") -> Query:
    """Match documents with all the words of the query, or their synonyms."""
    # A multi-word synonym matches its words in any order.
    return Match(
        **{
            field: {
                "query": " ".join(criteria.words),
                "operator": "and",
                "auto_generate_synonyms_phrase_query": False,
            }
        }
    )


def walked(criteria: Criteria, vocabulary: Vocabulary) -> Query:
    """Match properties with a single walk to a chosen station, on a chosen line, within the minutes."""
    stations, within = vocabulary.walked_to(criteria.station, criteria.line), criteria.walk_max
    if isinstance(within, str):
        # An unstated walk cannot end at a chosen station.
        return one_of("walk_max", [within] if stations is None else [])
    if stations is None:
        return one_of("walk_max", [str(minutes) for minutes in WALKS if minutes <= (within or 0)])
    return one_of(near(within), stations)


def shorter_walk_first(stations: frozenset[str]) -> Query:
    """Score documents by their shortest walk to one of these stations."""
    return DisMax(
        queries=[
            ConstantScore(
                filter=one_of("walk", [f"{slug}={minutes}" for slug in stations]),
                boost=float(_LONGEST_WALK + 1 - minutes),
            )
            for minutes in range(_LONGEST_WALK + 1)
        ]
    )


def _conditions(criteria: Criteria, vocabulary: Vocabulary) -> Iterator[tuple[str, Query]]:
    if criteria.words:
        yield "q", holding(criteria)
    for name in STORED:
        if values := getattr(criteria, name):
            yield name, one_of(name, values)
    for feature, stated in criteria.features.items():
        yield f"feature:{feature}", one_of("feature", [f"{feature}:{value}" for value in stated])
    if criteria.station or criteria.line or criteria.walk_max:
        yield "near", walked(criteria, vocabulary)
    for name, field in BOUNDED.items():
        if (bound := getattr(criteria, name)) is not None:
            yield name, Range(**{field: {"gte" if name.endswith("_min") else "lte": hundredths(bound)}})
    if criteria.available:
        yield "available", Bool(should=[_free_in(value, vocabulary) for value in criteria.available])
    if criteria.available_by:
        yield "available_by", Range(available_from={"lte": criteria.available_by.isoformat()})
    if criteria.bbox:
        west, south, east, north = criteria.bbox
        sides = [Range(longitude={"gte": west, "lte": east}), Range(latitude={"gte": south, "lte": north})]
        yield "bbox", Bool(filter=sides)


def _free_in(value: str, vocabulary: Vocabulary) -> Query:
    if value == UNKNOWN:
        return Bool(must_not=[Exists(field="available_from")])
    return Range(available_from=_days(vocabulary.periods[value]))


def _days(period: Period) -> dict[str, str]:
    return {name: day.isoformat() for name, day in (("gte", period.first), ("lt", period.end)) if day}
