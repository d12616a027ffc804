"""Results of an engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Above this many hits the map shows clusters instead of points.
MOST_POINTS = 500


class Degraded(TextChoices):
    """Parts missing from a degraded result."""

    ENGINE = "engine", _("Words must be spelt exactly for the moment; the results and their number stay exact.")
    FACETS = "facets", _("The numbers beside the filters are missing.")
    MAP = "map", _("The map shows this page only.")
    TYPO = "typo", _("A word was not found, and words close to it were not looked for: check its spelling.")


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A public point of one property, or the mean place of `count` properties (no key)."""

    latitude: float
    longitude: float
    count: int = 1
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest amount on offer, inclusive; None when none is stated."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Result of one search.

    - `hits`: primary keys of one page, in order; `total`: exact.
    - `facets`: exact disjunctive counts of every vocabulary value, by parameter (`walk_max` is cumulative; a property
      may count in several surface bands and stations).
    - `ranges`: amounts on offer for area, rent and price, their own two bounds excluded.
    - `without`: exact total without a chosen criterion (a feature as `feature:NAME`), only where the count was free.
    - `degraded`: abilities missing here (`Degraded`); without facets, `facets`, `ranges` and `without` are empty.
    - `suggestions`: spelling variants of the text with results.
    - `version`: name of the index; `lag`: seconds since the oldest change waiting for the index.
    """

    hits: tuple[int, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    points: tuple[MapPoint, ...]
    engine: str
    ranges: Mapping[str, Range] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    version: str = ""
    lag: float = 0.0
