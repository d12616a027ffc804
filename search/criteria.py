"""The criteria of a search as one frozen value, with its canonical query string.

Field names are the names of the URL parameters and of the facets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property

from search.analysis.text import query_words

SORTS = ("relevance", "newest", "rent", "price", "surface", "walk")
MANY = (
    "type",
    "deal",
    "commune",
    "surface",
    "rent",
    "price",
    "available",
    "station",
    "line",
    "condition",
    "lease",
    "feature",
)
# The three parameters of one walk: its station, its line, its minutes.
NEAR = ("station", "line", "walk_max")
RANGES = {"area": ("area_min", "area_max"), "rent": ("rent_min", "rent_max"), "price": ("price_min", "price_max")}


@dataclass(frozen=True)
class Criteria:
    """The criteria of one search: values of the same parameter are ORed, parameters are ANDed.

    Surfaces in m², rents in €/m²/year, prices in €; `walk_max` in minutes, or `unknown` to find premises without a
    stated walk; `bbox` is the bounding box: west, south, east, north in degrees. `surface`, `rent` and `price` hold
    half-open bands, `available` half-open periods counted from today; both bounds of a range are inclusive, and so is
    `available_by`. Tuples are sorted, without duplicates.
    """

    q: str = ""
    type: tuple[str, ...] = ()
    deal: tuple[str, ...] = ()
    commune: tuple[str, ...] = ()
    area_min: Decimal | None = None
    area_max: Decimal | None = None
    surface: tuple[str, ...] = ()
    rent_min: Decimal | None = None
    rent_max: Decimal | None = None
    rent: tuple[str, ...] = ()
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    price: tuple[str, ...] = ()
    available_by: date | None = None
    available: tuple[str, ...] = ()
    station: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    walk_max: int | str | None = None
    condition: tuple[str, ...] = ()
    lease: tuple[str, ...] = ()
    feature: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None
    sort: str = ""
    page: int = 1

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The stemmed words of `q`, all required in a matching property."""
        return query_words(self.q)

    @property
    def order(self) -> str:
        """The sort order in force: `sort`, or the default order."""
        return self.sort or default_sort(self.q)

    @cached_property
    def features(self) -> dict[str, tuple[str, ...]]:
        """Requested answers by feature, `{"fibre": ("unknown", "yes")}`: answers are ORed, features are ANDed."""
        answers: dict[str, tuple[str, ...]] = {}
        for value in self.feature:
            name, _, stated = value.partition(":")
            answers[name] = (*answers.get(name, ()), stated)
        return answers

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the parameters that narrow the search, in field order."""
        blank = Criteria()
        names = (field.name for field in fields(self) if field.name not in ("sort", "page"))
        return tuple(name for name in names if getattr(self, name) != getattr(blank, name))

    def only(self, names: Sequence[str]) -> str | None:
        """Return the only name among `names` that narrows the search; None for none or several."""
        chosen = [name for name in self.chosen if name in names]
        return chosen[0] if len(chosen) == 1 else None

    def without(self, *names: str) -> "Criteria":
        """Return the first page of the search with these parameters cleared."""
        blank = Criteria()
        changed: dict[str, Any] = {name: getattr(blank, name) for name in names}
        kept_sort = self.sort if "q" not in names or self.sort != "relevance" else ""
        return replace(self, **changed, page=1, sort=kept_sort)

    def minus(self, name: str, value: str) -> "Criteria":
        """Return the first page of the search with one value of a multi-valued parameter removed."""
        left: dict[str, Any] = {name: tuple(item for item in getattr(self, name) if item != value)}
        return replace(self, **left, page=1)

    def at(self, page: int) -> "Criteria":
        """Return the same search at another page."""
        return replace(self, page=page)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (name, value) in canonical order, defaults omitted."""
        blank = Criteria()
        for field in fields(self):
            value = getattr(self, field.name)
            if value == getattr(blank, field.name):
                continue
            for item in value if field.name in MANY else (value,):
                yield field.name, _written(item)

    @cached_property
    def query_string(self) -> str:
        """The canonical query string, without `?`; empty for an unfiltered search."""
        return urlencode(list(self.pairs()), safe=":,")


def default_sort(q: str) -> str:
    """Return `relevance` for a text query, else `newest` (last checked first)."""
    return "relevance" if q else "newest"


def _written(value: Any) -> str:
    match value:
        case Decimal():
            text = format(value, "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case date():
            return value.isoformat()
        case tuple():
            return ",".join(degrees(side) for side in value)
    return str(value)


def degrees(value: float) -> str:
    """Format degrees with at most five decimals, about one metre."""
    return f"{value:.5f}".rstrip("0").rstrip(".")
