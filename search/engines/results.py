"""What an engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Above this many hits the map is given groups instead of points.
MOST_POINTS = 500


class Degraded(TextChoices):
    """What an answer may lack."""

    ENGINE = "engine", _("Words must be spelt exactly for the moment; the results and their number stay exact.")
    FACETS = "facets", _("The numbers beside the filters are missing.")
    MAP = "map", _("The map shows this page only.")
    TYPO = "typo", _("A word was not found, and words close to it were not looked for: check its spelling.")


@dataclass(frozen=True, slots=True)
class Point:
    """Where hits are, as the public may know it: one property, or `count` of them around a mean place (no key)."""

    latitude: float
    longitude: float
    count: int = 1
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that is on offer, both included; None when nothing states it."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Answer to one search.

    `hits` are the primary keys of one page, in order; `total` is exact; `facets` gives for each parameter the exact
    count of every value of the vocabulary, its own choice left aside (`walk_max` is cumulative, a property may lie in
    several surface bands, near several stations); `ranges` gives for area, rent and price what is on offer with its
    own two bounds left aside. `without` gives, for a criterion that was chosen (a feature as `feature:NAME`), the exact
    total without it; not for all of them, only where counting it cost nothing. `degraded` names what this engine could
    not do (`Degraded`): without facets, `facets`, `ranges` and `without` are empty. `suggestions` are searches in words
    that would find more. `version` names the index, `lag` is for how many seconds a change has waited to reach it.
    """

    hits: tuple[int, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    points: tuple[Point, ...]
    engine: str
    ranges: Mapping[str, Range] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    version: str = ""
    lag: float = 0.0
