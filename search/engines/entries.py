"""Engine-neutral index entries, one a property.

An entry holds public data only: the public point, the walks unless the point was drawn at random, and the shown part of
the address. Two properties that differ only in hidden data make equal entries.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import floor
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.utils.translation import override

from foundation.by_language import TextByLanguage
from properties.choices import PUBLIC_STATES, Condition, Deal, Feature, Kind, Lease, Stated
from properties.models import NearbyStation, Property
from properties.models.record.place import is_drawn, shown_address, shown_business_park
from search.analysis.text import index_words
from search.vocabulary import UNKNOWN, WALKS, money_value, surface_values
from territory.choices import Department
from territory.models import Commune

# Schema version: incremented when the same property yields another entry, to force a rebuild.
READING = 2
# Map grid square in degrees: about 900 m either way at this latitude.
CELL = {"latitude": 0.008, "longitude": 0.012}
_CELLS_A_ROW = 100_000


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One property as indexed: m², €/m²/year, €, degrees; None is "not stated".

    `key` is the primary key; `public` marks visitor-visible states. `smallest` is the smallest part on offer, or the
    whole of an indivisible property. `condition` and `lease` are `unknown` when not stated; `features` follow the order
    of `Feature`. `walks` are (station, minutes), nearest first; None when the public point was drawn. `head` holds the
    words of title, reference and place, `body` all other public words, in every language.
    """

    key: int
    reference: str
    public: bool
    kind: str
    deal: str
    commune: str
    condition: str
    lease: str
    features: tuple[str, ...]
    surface: Decimal
    smallest: Decimal
    rent: Decimal | None
    price: Decimal | None
    undisclosed: bool
    available_from: date | None
    latitude: float
    longitude: float
    walks: tuple[tuple[str, int], ...] | None
    verified_on: date | None
    head: tuple[str, ...]
    body: tuple[str, ...]

    @property
    def surface_values(self) -> tuple[str, ...]:
        """The surface bands of the property."""
        return surface_values(self.smallest, self.surface)

    @property
    def rent_value(self) -> str:
        """The single value of facet `rent`."""
        return money_value("rent", self.deal, self.rent, undisclosed=self.undisclosed)

    @property
    def price_value(self) -> str:
        """The single value of facet `price`."""
        return money_value("price", self.deal, self.price, undisclosed=self.undisclosed)

    @property
    def walk_value(self) -> str | None:
        """The least of `WALKS` within reach of a station, or `unknown`; None when every station is farther."""
        if self.walks is None:
            return UNKNOWN
        return next((str(limit) for limit in WALKS if self.walks and self.walks[0][1] <= limit), None)

    @property
    def cell(self) -> int:
        """The map grid square of the public point."""
        row, column = floor(self.latitude / CELL["latitude"]), floor(self.longitude / CELL["longitude"])
        return row * _CELLS_A_ROW + column


def hundredths(amount: Decimal | None) -> int | None:
    """Convert m² or € to integer hundredths, the unit of every index; None stays None."""
    return None if amount is None else int(amount * 100)


class Item(NamedTuple):
    """Columns of a property read by `entry`; a tuple, since model instances cost ten times as much by the thousand."""

    key: int
    reference: str
    state: str
    kind: str
    deal: str
    commune: str
    condition: str
    lease: str
    surface: Decimal
    divisible_from: Decimal | None
    rent: Decimal | None
    price: Decimal | None
    undisclosed: bool
    available_from: date | None
    latitude: float
    longitude: float
    verified_on: date | None
    precision: str
    true_latitude: float | None
    address: str
    business_park: str
    title: TextByLanguage
    description: TextByLanguage
    features: tuple[str, ...]
    walks: tuple[tuple[str, int], ...]
    place: tuple[str, ...]


_FEATURES = tuple(Feature.values)
_NAMED = {"key": "pk", "latitude": "public_latitude", "longitude": "public_longitude", "true_latitude": "latitude"}
_OWN = Item._fields[: Item._fields.index("features")]
_READ = (*(_NAMED.get(name, name) for name in _OWN), *_FEATURES)


def readable(properties: QuerySet[Property]) -> Iterator[Item]:
    """Yield the items of these properties, in three queries."""
    rows = list(properties.values_list(*_READ))
    walks: dict[int, list[tuple[str, int]]] = {row[0]: [] for row in rows}
    near = NearbyStation.objects.filter(property__in=list(walks)).order_by()
    for key, station, minutes in near.values_list("property_id", "station_id", "minutes"):
        walks[key].append((station, minutes))
    communes = Commune.objects.values_list("insee", "name", "department", "postcodes").order_by()
    places = {insee: _place(name, department, *postcodes) for insee, name, department, postcodes in communes}
    end, commune_column = len(_OWN), _OWN.index("commune")
    for row in rows:
        near_it = tuple(sorted(walks[row[0]], key=_nearest))
        yield Item._make((*row[:end], row[end:], near_it, places[row[commune_column]]))


def entries(properties: QuerySet[Property]) -> Iterator[IndexEntry]:
    """Yield the entries of these properties, in their order."""
    return map(entry, readable(properties))


def entry(item: Item) -> IndexEntry:
    """Build the entry of one property."""
    return IndexEntry(
        key=item.key,
        reference=item.reference,
        public=item.state in PUBLIC_STATES,
        kind=item.kind,
        deal=item.deal,
        commune=item.commune,
        condition=item.condition or UNKNOWN,
        lease=item.lease or UNKNOWN,
        features=item.features,
        surface=item.surface,
        smallest=item.surface if item.divisible_from is None else item.divisible_from,
        rent=item.rent,
        price=item.price,
        undisclosed=item.undisclosed,
        available_from=item.available_from,
        latitude=item.latitude,
        longitude=item.longitude,
        walks=None if is_drawn(item.precision, item.true_latitude) else item.walks,
        verified_on=item.verified_on,
        head=_distinct(index_words(item.reference, *item.title.shown().values()), _label(Kind, item.kind), item.place),
        body=_distinct(
            index_words(
                shown_address(item.precision, item.address),
                shown_business_park(item.precision, item.business_park),
                *item.description.shown().values(),
            ),
            _label(Deal, item.deal),
            _label(Lease, item.lease),
            _label(Condition, item.condition),
            *(
                _label(Feature, feature)
                for feature, stated in zip(_FEATURES, item.features, strict=True)
                if stated == Stated.YES
            ),
        ),
    )


def _nearest(walk: tuple[str, int]) -> tuple[int, str]:
    return walk[1], walk[0]


def _distinct(*words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for some in words for word in some))


@lru_cache(maxsize=512)
def _label(choices: type[TextChoices], value: str) -> tuple[str, ...]:
    """Return the index terms of a choice label in every site language; empty for a blank value."""
    if not value:
        return ()
    labels = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels.append(str(choices(value).label))
    return index_words(*labels)


@lru_cache(maxsize=512)
def _place(name: str, department: str, *postcodes: str) -> tuple[str, ...]:
    """Return the index terms of a commune: name, department, postcodes."""
    return index_words(name, str(dict(Department.choices).get(department, department)), *postcodes)
