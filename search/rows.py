"""Properties of a result, fetched for a page, a file or the map."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language

from foundation.by_language import in_language
from foundation.prepared import Prepared
from properties.models import NearbyStation, Property
from properties.models.record.place import is_drawn
from search.vocabulary import Vocabulary
from territory.models import Commune, Line, Station

# Columns shown in a result row, out of seventy: loading all of them doubles the time.
_ROW = (
    *("reference", "state", "kind", "deal", "surface", "divisible_from", "available_from", "lease", "verified_on"),
    *("to_confirm", "rent", "price", "desk_price", "undisclosed", "title", "is_demo", "commune"),
    *("precision", "latitude", "public_latitude", "public_longitude"),
)


def fetch(keys: Sequence[int]) -> tuple[Property, ...]:
    """Fetch properties by key, in this order, with the relations that files and the API need."""
    properties = Property.objects.public().for_display().defer("commune__boundary").in_bulk(keys)
    return tuple(properties[key] for key in keys if key in properties)


def fetch_rows(keys: Sequence[int], words: Vocabulary) -> tuple[Property, ...]:
    """Fetch properties by key, in this order, with the columns of a result row.

    Only the nearest station of each is loaded. Names of communes, stations and lines come from the vocabulary: querying
    them again doubles the cost of a page of ten.
    """
    nearest: dict[int, NearbyStation] = {}
    for near in _NEAREST.instances(keys=keys):
        nearest.setdefault(near.property_id, near)
        near.station = _station(near.station_id, words)
    properties = {row.pk: row for row in _ROWS.instances(keys=keys)}
    for key, row in properties.items():
        row.commune = Commune(insee=row.commune_id, name=words.communes.get(row.commune_id, row.commune_id))
        row.nearest_station = nearest.get(key)
    return tuple(properties[key] for key in keys if key in properties)


def _station(slug: str, words: Vocabulary) -> Station:
    station = Station(slug=slug, name=words.stations.get(slug, slug))
    station.stopping = [
        Line(code=code, mode=mode) for code, mode in words.lines.items() if slug in words.stops.get(code, ())
    ]
    return station


class Named(NamedTuple):
    """Reference and title of a property; `is_drawn` marks a public point drawn at random."""

    reference: str
    is_drawn: bool
    title: str


def named(keys: Iterable[int]) -> dict[int, Named]:
    """Return references and titles in the active language by key.

    Tuples, since hundreds of model instances cost a page 7 ms.
    """
    rows = _NAMED.rows(get_language(), keys=list(keys))
    return {
        key: Named(reference, is_drawn(precision, latitude), title)
        for key, reference, precision, latitude, title in rows
    }


def _named(language: str | None) -> QuerySet[Property, Any]:
    title = in_language("title", language)
    return Property.objects.public().order_by().values_list("pk", "reference", "precision", "latitude", title)


_ROWS = Prepared(lambda: Property.objects.public().order_by().only(*_ROW))
_NEAREST = Prepared(lambda: NearbyStation.objects.nearest().order_by("minutes", "station_id"), key="property")
_NAMED = Prepared(_named)
