"""The values that a search may use: closed lists of the offering and the places of the territory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import cached_property

from properties.choices import Condition, Deal, Feature, Kind, Lease, Stated

# A choice of its own wherever the offer may leave something out: not stated is not a no.
UNKNOWN = Stated.UNKNOWN.value

# Cumulative: within 10 minutes includes within 5.
WALKS = (5, 10, 15)


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open range: `low` is in it, `high` is not; no `high` means and above."""

    value: str
    low: Decimal
    high: Decimal | None


def _bands(*bounds: int) -> tuple[Band, ...]:
    pairs = zip(bounds, [*bounds[1:], None], strict=True)
    return tuple(
        Band(f"{low}-{'' if high is None else high}", Decimal(low), None if high is None else Decimal(high))
        for low, high in pairs
    )


# m²; the value put in the address is `100-250`, `5000-`.
SURFACE_BANDS = {band.value: band for band in _bands(0, 50, 100, 250, 500, 1000, 2500, 5000)}

FEATURES = tuple(f"{feature}:{stated}" for feature in Feature for stated in feature.answers.values)


@dataclass(frozen=True)
class Vocabulary:
    """Codes with their names: communes by INSEE code, stations by slug, lines by code (with their mode)."""

    communes: Mapping[str, str] = field(default_factory=dict)
    stations: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Every value of each facet, in the order in which people read them."""
        return {
            "type": tuple(Kind.values),
            "deal": tuple(Deal.values),
            "commune": tuple(self.communes),
            "surface": tuple(SURFACE_BANDS),
            "walk_max": tuple(str(minutes) for minutes in WALKS),
            "station": tuple(self.stations),
            "line": tuple(self.lines),
            "condition": (*Condition.values, UNKNOWN),
            "lease": (*Lease.values, UNKNOWN),
            "feature": FEATURES,
        }
