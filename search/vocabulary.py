"""Controlled vocabulary of the search: closed lists of the offering, bands, periods and places of the territory."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import cached_property

from properties.choices import DEALS_WITH_PRICE, DEALS_WITH_RENT, Condition, Deal, Feature, Kind, Lease, Stated
from search.analysis.synonyms import Synonyms

# A value of its own in every facet with optional data: not stated differs from no.
UNKNOWN = Stated.UNKNOWN.value
# UNDISCLOSED: the owner does not publish the amount. NONE: the deal has none, as a sale has no rent.
UNDISCLOSED = "undisclosed"
NONE = "none"
# Available today or earlier.
NOW = "now"

# Cumulative: within 10 minutes includes within 5.
WALKS = (5, 10, 15)
WALK_VALUES = (*map(str, WALKS), UNKNOWN)


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open band of amounts, [`low`, `high`[; unbounded above without `high`."""

    value: str
    low: Decimal
    high: Decimal | None

    def holds(self, amount: Decimal) -> bool:
        return self.low <= amount and (self.high is None or amount < self.high)


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open period of days, [`first`, `end`[; None leaves a side unbounded."""

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


# m²; the URL value is `100-250`, `5000-`.
SURFACE_BANDS = _bands(0, 50, 100, 250, 500, 1000, 2500, 5000)
# €/m²/year and €; an amount falls in one band, a deal without an amount in none.
RENT_BANDS = _bands(0, 75, 100, 150, 200, 300)
PRICE_BANDS = _bands(0, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000)
MONEY_BANDS = {"rent": RENT_BANDS, "price": PRICE_BANDS}
CARRIED_BY = {"rent": DEALS_WITH_RENT, "price": DEALS_WITH_PRICE}
MONEY_VALUES = {name: (*bands, UNKNOWN, UNDISCLOSED, NONE) for name, bands in MONEY_BANDS.items()}

# Single-valued facets; each feature is a facet of its own.
CLOSED: dict[str, tuple[str, ...]] = {
    "type": tuple(Kind.values),
    "deal": tuple(Deal.values),
    "rent": MONEY_VALUES["rent"],
    "price": MONEY_VALUES["price"],
    "condition": (*Condition.values, UNKNOWN),
    "lease": (*Lease.values, UNKNOWN),
    **{feature.value: tuple(feature.answers.values) for feature in Feature},
}
# Inputs of the stored facet values. Each index keeps a digest: rows written under other lists are unreadable.
LISTS = {
    "closed": list(CLOSED.items()),
    "surface": list(SURFACE_BANDS),
    "walks": WALKS,
    "with amount": {name: [deal.value for deal in deals] for name, deals in CARRIED_BY.items()},
}

# Boundaries of the periods of availability, in months from today.
_MONTHS = (0, 3, 6, 12)
AVAILABLE_VALUES = (NOW, "0-3", "3-6", "6-12", "12-", UNKNOWN)

FEATURES = tuple(f"{feature}:{stated}" for feature in Feature for stated in feature.answers.values)


def money_value(name: str, deal: str, amount: Decimal | None, *, undisclosed: bool) -> str:
    """Return the single value of facet `rent` or `price` for an offer."""
    if amount is not None:
        return next(band.value for band in MONEY_BANDS[name].values() if band.holds(amount))
    if deal not in CARRIED_BY[name]:
        return NONE
    return UNDISCLOSED if undisclosed else UNKNOWN


def surface_values(smallest: Decimal, surface: Decimal) -> tuple[str, ...]:
    """Return the surface bands that overlap the offer, from its smallest part to the whole."""
    return tuple(
        band.value
        for band in SURFACE_BANDS.values()
        if surface >= band.low and (band.high is None or smallest < band.high)
    )


def periods(today: date) -> dict[str, Period]:
    """Partition the calendar into the periods of availability counted from `today`.

    `now` is up to today; `0-3` runs from tomorrow to the day before today + 3 months; and so on.
    """
    starts = [today + timedelta(days=1), *(_months_later(today, months) for months in _MONTHS[1:])]
    ends = [*starts, None]
    spans = zip(AVAILABLE_VALUES, [None, *starts], ends, strict=False)
    return {value: Period(value, first, end) for value, first, end in spans}


def _months_later(day: date, months: int) -> date:
    """Add months to a day, clamped to the end of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Vocabulary:
    """The controlled vocabulary on a given day.

    `communes` maps INSEE codes to names, `stations` slugs to names, `lines` codes to modes, `stops` line codes to
    station slugs. Availability is counted from `today`.
    """

    communes: Mapping[str, str] = field(default_factory=dict)
    stations: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    stops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: Synonyms = field(default_factory=dict)
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Every value of each facet, in display order."""
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
        """The periods of availability, counted from `today`."""
        return periods(self.today)

    def walked_to(self, stations: tuple[str, ...], lines: tuple[str, ...]) -> frozenset[str] | None:
        """Return the stations accepted as the end of a walk: chosen ones, on chosen lines; None accepts any."""
        if not stations and not lines:
            return None
        on_lines = frozenset(slug for line in lines for slug in self.stops.get(line, ()))
        if not stations:
            return on_lines
        return frozenset(stations) & on_lines if lines else frozenset(stations)
