"""The naive reading of the contract: every property looked at, one by one, in plain Python."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import override

from properties.choices import PUBLIC_STATES, Condition, Deal, Feature, Kind, Lease, Stated
from search.analysis.synonyms import expand
from search.analysis.text import index_words
from search.criteria import MANY, RANGES, Criteria
from search.engines import Nearest
from search.engines.results import Range
from search.vocabulary import MONEY_BANDS, SURFACE_BANDS, Vocabulary
from tests.search.world import COMMUNES, STATIONS, TODAY, VOCABULARY, Offer


def labels(choices: type, value: str) -> list[str]:
    found = []
    for language in ("fr", "en"):
        with override(language):
            found += [str(choices(value).label)] if value else []
    return found


def head(number: int, offer: Offer) -> set[str]:
    name, department = COMMUNES[offer.commune]
    department_name = {"91": "Essonne", "94": "Val-de-Marne"}[department]
    kind = labels(Kind, offer.kind)
    return set(index_words(f"REF-{number}", offer.title, *kind, name, department_name, f"{department}240"))


def words(number: int, offer: Offer) -> set[str]:
    stated = [f for f, value in zip(Feature.values, offer.features, strict=True) if value == Stated.YES]
    body = [offer.text, *labels(Deal, offer.deal), *labels(Lease, offer.lease), *labels(Condition, offer.condition)]
    body += [label for feature in stated for label in labels(Feature, feature)]
    return head(number, offer) | set(index_words(*body))


def holds(text: set[str], criteria: Criteria) -> bool:
    """Each part of the query, or something that means the same, is in the text."""
    parts = expand(criteria.words, VOCABULARY.synonyms)
    return all(any(set(words) <= text for words in alternatives) for alternatives in parts)


def money(name: str, offer: Offer) -> str:
    """The band of an amount, or why there is none."""
    carried = {"rent": ("rent", "sublease", "lease-transfer"), "price": ("sale", "lease-transfer")}[name]
    amount = getattr(offer, name)
    if amount is None:
        return ("undisclosed" if offer.undisclosed else "unknown") if offer.deal in carried else "none"
    (band,) = [b for b in MONEY_BANDS[name].values() if b.low <= amount and (b.high is None or amount < b.high)]
    return band.value


def available(offer: Offer) -> str:
    """The period of a day, counted from the 23rd of November 2026."""
    day = offer.available_from
    if day is None:
        return "unknown"
    ends = {"now": TODAY + timedelta(days=1), "0-3": date(2027, 2, 23), "3-6": date(2027, 5, 23)}
    ends |= {"6-12": date(2027, 11, 23), "12-": date.max}
    return next(value for value, end in ends.items() if day < end)


def smallest(offer: Offer) -> Decimal:
    return offer.surface if offer.divisible_from is None else offer.divisible_from


def walks(offer: Offer, criteria: Criteria) -> list[int]:
    """Minutes of every walk that is what was asked; none of a place that is not stated."""
    if not located(offer) or criteria.walk_max == "unknown":
        return []
    return [
        minutes
        for slug, minutes in offer.walks
        if (not criteria.station or slug in criteria.station)
        and (not criteria.line or set(criteria.line) & set(STATIONS[slug][2]))
        and (criteria.walk_max is None or minutes <= criteria.walk_max)
    ]


def located(offer: Offer) -> bool:
    """The public knows the very place."""
    return offer.precision == "exact" and offer.truly_at is not None


def near_enough(offer: Offer, criteria: Criteria) -> bool:
    if criteria.walk_max == "unknown":
        return not located(offer) and not criteria.station and not criteria.line
    asks_for_a_walk = criteria.station or criteria.line or criteria.walk_max
    return not asks_for_a_walk or bool(walks(offer, criteria))


def in_range(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def answers(number: int, offer: Offer, criteria: Criteria) -> bool:
    stated = dict(zip(Feature.values, offer.features, strict=True))
    latitude, longitude = offer.place
    return all(
        [
            offer.state in PUBLIC_STATES,
            not criteria.words or holds(words(number, offer), criteria),
            not criteria.type or offer.kind in criteria.type,
            not criteria.deal or offer.deal in criteria.deal,
            not criteria.commune or offer.commune in criteria.commune,
            criteria.area_min is None or offer.surface >= criteria.area_min,
            criteria.area_max is None or smallest(offer) <= criteria.area_max,
            not criteria.surface
            or any(
                offer.surface >= band.low and (band.high is None or smallest(offer) < band.high)
                for band in (SURFACE_BANDS[value] for value in criteria.surface)
            ),
            in_range(offer.rent, criteria.rent_min, criteria.rent_max),
            in_range(offer.price, criteria.price_min, criteria.price_max),
            not criteria.rent or money("rent", offer) in criteria.rent,
            not criteria.price or money("price", offer) in criteria.price,
            not criteria.available or available(offer) in criteria.available,
            criteria.available_by is None
            or (offer.available_from is not None and offer.available_from <= criteria.available_by),
            near_enough(offer, criteria),
            not criteria.condition or (offer.condition or "unknown") in criteria.condition,
            not criteria.lease or (offer.lease or "unknown") in criteria.lease,
            all(stated[name] in asked for name, asked in criteria.features.items()),
            criteria.bbox is None
            or (criteria.bbox[0] <= longitude <= criteria.bbox[2] and criteria.bbox[1] <= latitude <= criteria.bbox[3]),
        ]
    )


def order(number: int, offer: Offer, criteria: Criteria) -> tuple[object, ...]:
    never = float("inf")
    newest = -(offer.verified_on or date.min).toordinal()
    reference = f"REF-{number}"
    near = min(walks(offer, criteria), default=never)
    return {
        "relevance": (not holds(head(number, offer), criteria), newest, reference),
        "newest": (newest, reference),
        "rent": (never if offer.rent is None else offer.rent, reference),
        "price": (never if offer.price is None else offer.price, reference),
        "surface": (offer.surface, reference),
        "walk": (near, reference),
    }[criteria.order]


def search(offers: list[Offer], criteria: Criteria) -> list[str]:
    """References of all that answers, in order."""
    found = [(number, offer) for number, offer in enumerate(offers) if answers(number, offer, criteria)]
    return [f"REF-{number}" for number, offer in sorted(found, key=lambda item: order(*item, criteria))]


def putting(criteria: Criteria, name: str, value: str) -> Criteria:
    """The search with this value in place of the facet's own choice."""
    if name == "feature":
        others = [item for item in criteria.feature if item.split(":")[0] != value.split(":")[0]]
        return replace(criteria, feature=tuple(sorted([*others, value])))
    return replace(criteria, **{name: (value,) if name in MANY else int(value) if value.isdecimal() else value})


def facets(offers: list[Offer], criteria: Criteria, vocabulary: Vocabulary) -> dict[str, dict[str, int]]:
    return {
        name: {value: len(search(offers, putting(criteria, name, value))) for value in values}
        for name, values in vocabulary.values.items()
    }


def ranges(offers: list[Offer], criteria: Criteria) -> dict[str, Range]:
    """The least and the most of what answers, each range's own bounds left aside."""
    found = {}
    for name, bounds in RANGES.items():
        opened = replace(criteria, **dict.fromkeys(bounds, None))
        matching = [offers[int(reference.removeprefix("REF-"))] for reference in search(offers, opened)]
        if name == "area":
            lows, highs = [smallest(offer) for offer in matching], [offer.surface for offer in matching]
        else:
            lows = highs = [amount for offer in matching if (amount := getattr(offer, name)) is not None]
        found[name] = Range(min(lows, default=None), max(highs, default=None))
    return found


def nearest(offers: list[Offer], criteria: Criteria, bound: str) -> Nearest | None:
    """The value beyond the bound, nearest to it, that gives results in its place, and how many."""
    asked = getattr(criteria, bound)
    if asked is None:
        return None
    values = {
        "area_min": [offer.surface for offer in offers],
        "area_max": [smallest(offer) for offer in offers],
        "rent_min": [offer.rent for offer in offers],
        "rent_max": [offer.rent for offer in offers],
        "price_min": [offer.price for offer in offers],
        "price_max": [offer.price for offer in offers],
        "available_by": [offer.available_from for offer in offers],
    }[bound]
    lower = bound.endswith("_min")
    beyond = {value for value in values if value is not None and (value < asked if lower else value > asked)}
    found = ((value, search(offers, replace(criteria, **{bound: value}))) for value in sorted(beyond, reverse=lower))
    return next((Nearest(value, len(hits)) for value, hits in found if hits), None)
