"""What the visitor asks, frozen: read from an address with a word on every bad value, and written back as one address.

The names are the parameters of the address (DESIGN §7), so that a field, a parameter and a facet are one thing.
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
# Three sides of one walk.
NEAR = ("station", "line", "walk_max")
RANGES = {"area": ("area_min", "area_max"), "rent": ("rent_min", "rent_max"), "price": ("price_min", "price_max")}


@dataclass(frozen=True)
class Criteria:
    """One search. Several values of one name are alternatives; names add up.

    Surfaces in m², rents in €/m²/year, prices in €; `walk_max` is in minutes, or `unknown` for what is not stated;
    `bbox` is west, south, east, north in degrees.
    `surface`, `rent` and `price` hold half-open bands, `available` half-open periods counted from today; both bounds
    of a range are included, as is `available_by`. Tuples are sorted and without repeats.
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
        """The words that a property must hold, as the index knows them."""
        return query_words(self.q)

    @property
    def order(self) -> str:
        """The sort in force."""
        return self.sort or default_sort(self.q)

    @cached_property
    def features(self) -> dict[str, tuple[str, ...]]:
        """`{"fibre": ("unknown", "yes")}`: alternatives within a feature, features add up."""
        asked: dict[str, tuple[str, ...]] = {}
        for value in self.feature:
            name, _, stated = value.partition(":")
            asked[name] = (*asked.get(name, ()), stated)
        return asked

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names that narrow the search, in order."""
        blank = Criteria()
        names = (field.name for field in fields(self) if field.name not in ("sort", "page"))
        return tuple(name for name in names if getattr(self, name) != getattr(blank, name))

    def only(self, names: Sequence[str]) -> str | None:
        """The one of these names that narrows the search; None when none of them does, or several do."""
        chosen = [name for name in self.chosen if name in names]
        return chosen[0] if len(chosen) == 1 else None

    def without(self, *names: str) -> "Criteria":
        """The same search from its first page, these names put back to nothing."""
        blank = Criteria()
        changed: dict[str, Any] = {name: getattr(blank, name) for name in names}
        kept_sort = self.sort if "q" not in names or self.sort != "relevance" else ""
        return replace(self, **changed, page=1, sort=kept_sort)

    def minus(self, name: str, value: str) -> "Criteria":
        """The same search from its first page, one of several values taken out."""
        left: dict[str, Any] = {name: tuple(item for item in getattr(self, name) if item != value)}
        return replace(self, **left, page=1)

    def at(self, page: int) -> "Criteria":
        """The same search at another page."""
        return replace(self, page=page)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Names and values in their one order, defaults left out."""
        blank = Criteria()
        for field in fields(self):
            value = getattr(self, field.name)
            if value == getattr(blank, field.name):
                continue
            for item in value if field.name in MANY else (value,):
                yield field.name, _written(item)

    @cached_property
    def query_string(self) -> str:
        """The one address of this search, without `?`; empty for everything."""
        return urlencode(list(self.pairs()), safe=":,")


def default_sort(q: str) -> str:
    """Words ask for the best answer first, anything else for what was checked last."""
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
    """Five decimals are one metre."""
    return f"{value:.5f}".rstrip("0").rstrip(".")
