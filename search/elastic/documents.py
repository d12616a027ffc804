"""What is stored of a property, made of its `Entry` alone."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from properties.choices import Feature
from search.elastic.definition import near
from search.entries import Entry, hundredths
from search.vocabulary import WALKS


def document(entry: Entry, lines: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The document of a public property; `lines` are those that stop at each station.

    What is not stated is absent. `content` is a digest of all the rest: two documents are equal when it is.
    """
    made = {
        "key": entry.key,
        "reference": entry.reference,
        "type": entry.kind,
        "deal": entry.deal,
        "commune": entry.commune,
        "surface": entry.surface_values,
        "rent": entry.rent_value,
        "price": entry.price_value,
        "condition": entry.condition,
        "lease": entry.lease,
        "feature": [f"{feature}:{stated}" for feature, stated in zip(Feature.values, entry.features, strict=True)],
        **_walks(entry.walks, lines),
        "area": hundredths(entry.surface),
        "smallest": hundredths(entry.smallest),
        "rent_amount": hundredths(entry.rent),
        "price_amount": hundredths(entry.price),
        "available_from": entry.available_from and entry.available_from.isoformat(),
        "verified_on": entry.verified_on and entry.verified_on.isoformat(),
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "cell": entry.cell,
        "head": " ".join(entry.head),
        "words": " ".join(dict.fromkeys((*entry.head, *entry.body))),
    }
    stated = {name: value for name, value in made.items() if value not in (None, "", (), [])}
    return stated | {"content": _digest(stated)}


def _walks(walks: Sequence[tuple[str, int]], lines: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Stations, and the lines that stop there, within each number of minutes."""
    made: dict[str, Any] = {}
    for minutes in (*WALKS, None):
        stations = [slug for slug, taken in walks if minutes is None or taken <= minutes]
        made[near("station", minutes)] = stations
        made[near("line", minutes)] = sorted({line for slug in stations for line in lines.get(slug, ())})
    return made | {
        "walk": [f"{slug}={taken}" for slug, taken in walks],
        "nearest": min((taken for _slug, taken in walks), default=None),
        "walk_max": [str(minutes) for minutes in WALKS if made[near("station", minutes)]],
    }


def _digest(stated: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(stated, sort_keys=True).encode(), digest_size=8).hexdigest()
