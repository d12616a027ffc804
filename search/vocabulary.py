"""The values that a search may use: closed lists of the offering, bands, and the places of the territory."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import cached_property

from properties.choices import DEALS_WITH_PRICE, DEALS_WITH_RENT, Condition, Deal, Feature, Kind, Lease, Stated
from search.analysis.synonyms import Synonyms

# A choice of its own wherever the offer may leave something out: not stated is not a no.
UNKNOWN = Stated.UNKNOWN.value
# The owner does not publish the amount; and a deal that has no such amount, as a sale has no rent.
UNDISCLOSED = "undisclosed"
NONE = "none"
# Free today.
NOW = "now"

# Cumulative: within 10 minutes includes within 5.
WALKS = (5, 10, 15)
WALK_VALUES = (*map(str, WALKS), UNKNOWN)


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open range: `low` is in it, `high` is not; no `high` means and above."""

    value: str
    low: Decimal
    high: Decimal | None

    def holds(self, amount: Decimal) -> bool:
        return self.low <= amount and (self.high is None or amount < self.high)


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open range of days: `first` is in it, `end` is not; None is without a limit on that side."""

    value: str
    first: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)


def _bands(*bounds: int) -> dict[str, Band]:
    pairs = zip(bounds, [*bounds[1:], None], strict=True)
    bands = (
        Band(f"{low}-{'' if high is None else high}", Decimal(low), None if high is None else Decimal(high))
        for low, high in pairs
    )
    return {band.value: band for band in bands}


# m²; the value put in the address is `100-250`, `5000-`.
SURFACE_BANDS = _bands(0, 50, 100, 250, 500, 1000, 2500, 5000)
# €/m²/year and €; an amount is in one band, a deal without it in none of them.
RENT_BANDS = _bands(0, 75, 100, 150, 200, 300)
PRICE_BANDS = _bands(0, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000)
MONEY_BANDS = {"rent": RENT_BANDS, "price": PRICE_BANDS}
CARRIED_BY = {"rent": DEALS_WITH_RENT, "price": DEALS_WITH_PRICE}
MONEY_VALUES = {name: (*bands, UNKNOWN, UNDISCLOSED, NONE) for name, bands in MONEY_BANDS.items()}

# The lists of which a property has one value each; a feature is a list of its own.
CLOSED: dict[str, tuple[str, ...]] = {
    "type": tuple(Kind.values),
    "deal": tuple(Deal.values),
    "rent": MONEY_VALUES["rent"],
    "price": MONEY_VALUES["price"],
    "condition": (*Condition.values, UNKNOWN),
    "lease": (*Lease.values, UNKNOWN),
    **{feature.value: tuple(feature.answers.values) for feature in Feature},
}
# Decides the stored value of a facet, beside the property itself. Each index keeps a digest of it: rows written under
# other lists mean something else.
LISTS = {
    "closed": list(CLOSED.items()),
    "surface": list(SURFACE_BANDS),
    "walks": WALKS,
    "with amount": {name: [deal.value for deal in deals] for name, deals in CARRIED_BY.items()},
}

# Months from today at which the periods of availability part.
_MONTHS = (0, 3, 6, 12)
AVAILABLE_VALUES = (NOW, "0-3", "3-6", "6-12", "12-", UNKNOWN)

FEATURES = tuple(f"{feature}:{stated}" for feature in Feature for stated in feature.answers.values)


def money_value(name: str, deal: str, amount: Decimal | None, *, undisclosed: bool) -> str:
    """The one value of the facet `rent` or `price` that an offer has."""
    if amount is not None:
        return next(band.value for band in MONEY_BANDS[name].values() if band.holds(amount))
    if deal not in CARRIED_BY[name]:
        return NONE
    return UNDISCLOSED if undisclosed else UNKNOWN


def surface_values(smallest: Decimal, surface: Decimal) -> tuple[str, ...]:
    """The bands that meet what is on offer, from the smallest part to the whole."""
    return tuple(
        band.value
        for band in SURFACE_BANDS.values()
        if surface >= band.low and (band.high is None or smallest < band.high)
    )


def periods(today: date) -> dict[str, Period]:
    """The periods of availability as of today: they part the calendar, each day is in exactly one.

    `now` is up to today; `0-3` is from tomorrow to the day before today + 3 months; and so on.
    """
    starts = [today + timedelta(days=1), *(_months_later(today, months) for months in _MONTHS[1:])]
    ends = [*starts, None]
    spans = zip(AVAILABLE_VALUES, [None, *starts], ends, strict=False)
    return {value: Period(value, first, end) for value, first, end in spans}


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Vocabulary:
    """What a search may name, and what its words mean, on a day.

    Codes with their names: communes by INSEE code, stations by slug, lines by code (with their mode). `stops` are the
    stations of each line. `today` is what availability is counted from.
    """

    communes: Mapping[str, str] = field(default_factory=dict)
    stations: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    stops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: Synonyms = field(default_factory=dict)
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Every value of each facet, in the order in which people read them."""
        return {
            "type": tuple(Kind.values),
            "deal": tuple(Deal.values),
            "commune": tuple(self.communes),
            "surface": tuple(SURFACE_BANDS),
            "rent": MONEY_VALUES["rent"],
            "price": MONEY_VALUES["price"],
            "available": AVAILABLE_VALUES,
            "walk_max": WALK_VALUES,
            "station": tuple(self.stations),
            "line": tuple(self.lines),
            "condition": (*Condition.values, UNKNOWN),
            "lease": (*Lease.values, UNKNOWN),
            "feature": FEATURES,
        }

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The periods of availability, as of today."""
        return periods(self.today)

    def walked_to(self, stations: tuple[str, ...], lines: tuple[str, ...]) -> frozenset[str] | None:
        """The stations that a walk may lead to: one of these, on one of these lines. None is anywhere."""
        if not stations and not lines:
            return None
        on_lines = frozenset(slug for line in lines for slug in self.stops.get(line, ()))
        if not stations:
            return on_lines
        return frozenset(stations) & on_lines if lines else frozenset(stations)
