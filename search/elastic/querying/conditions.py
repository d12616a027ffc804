"""Criteria as filters of the index: the one reading of each criterion that counts, lists and maps share."""

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Exists, Match, MatchAll, Query, Range, Terms

from search.criteria import Criteria
from search.elastic.definition import near
from search.engines.entries import hundredths
from search.vocabulary import UNKNOWN, WALKS, Period, Vocabulary
from territory.geography import WALKABLE_M, walking_minutes

# Parameters that are stored as they are asked.
STORED = ("type", "deal", "commune", "surface", "rent", "price", "condition", "lease")
# The field that a bound is compared with: a divisible property fits from its smallest part.
BOUNDED = {
    **{"area_min": "area", "area_max": "smallest"},
    **{f"{name}_{end}": f"{name}_amount" for name in ("rent", "price") for end in ("min", "max")},
}
# Minutes on foot to the furthest station that a property is said to be near.
_LONGEST_WALK = walking_minutes(WALKABLE_M)

# By what is asked: a parameter, `near` for the three that describe one walk, or `feature:name`.
Conditions = dict[str, Query]


def conditions(criteria: Criteria, vocabulary: Vocabulary) -> Conditions:
    """Every filter of this search, by the name under which a facet may leave it out."""
    return dict(_conditions(criteria, vocabulary))


def matching(found: Conditions, leave_out: frozenset[str] = frozenset()) -> Query:
    """What answers all of them but those."""
    kept = [condition for name, condition in found.items() if name not in leave_out]
    return Bool(filter=kept) if kept else MatchAll()


def one_of(field: str, values: Iterable[str]) -> Query:
    """What has one of these values there; none of them is nothing."""
    asked: dict[str, Any] = {field: sorted(values)}
    return Terms(**asked)


def holding(criteria: Criteria, *, field: str = "words") -> Query:
    """What holds all of the search's words, or synonyms of them."""
    # A synonym of several words is all of its words, in any order.
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
    """What has a walk as asked: to one of the stations, on one of the lines, within the minutes, all in one walk."""
    stations, within = vocabulary.walked_to(criteria.station, criteria.line), criteria.walk_max
    if isinstance(within, str):
        # What is not stated leads to no station that was chosen.
        return one_of("walk_max", [within] if stations is None else [])
    if stations is None:
        return one_of("walk_max", [str(minutes) for minutes in WALKS if minutes <= (within or 0)])
    return one_of(near(within), stations)


def shorter_walk_first(stations: frozenset[str]) -> Query:
    """Scores what matches by its shortest walk to one of these stations."""
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
