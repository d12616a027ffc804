"""Elasticsearch documents, built from `IndexEntry` alone."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from properties.choices import Feature
from search.elastic.definition import BETWEEN, FEATURE_GROUPS, near, set_of
from search.engines.entries import IndexEntry, hundredths
from search.vocabulary import UNKNOWN, WALKS


def document(entry: IndexEntry) -> dict[str, Any]:
    """Build the document of a public property.

    Fields without a value are absent. `content` is a digest of all other fields: equal digests mean equal documents.
    """
    fields = {
        "key": entry.key,
        "reference": entry.reference,
        "type": entry.kind,
        "deal": entry.deal,
        "commune": entry.commune,
        "rent": entry.rent_value,
        "price": entry.price_value,
        "condition": entry.condition,
        "lease": entry.lease,
        **_with_set("surface", entry.surface_values),
        **_features(entry.features),
        "walk_max": entry.walk_value,
        **_walks(entry.walks or ()),
        "area": hundredths(entry.surface),
        "smallest": hundredths(entry.smallest),
        "rent_amount": hundredths(entry.rent),
        "price_amount": hundredths(entry.price),
        "available_from": entry.available_from and entry.available_from.isoformat(),
        "available": entry.available_from.isoformat() if entry.available_from else UNKNOWN,
        "verified_on": entry.verified_on and entry.verified_on.isoformat(),
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "cell": str(entry.cell),
        "head": " ".join(entry.head),
        "words": " ".join(dict.fromkeys((*entry.head, *entry.body))),
    }
    stated = {name: value for name, value in fields.items() if value not in (None, "", (), [])}
    return stated | {"content": _digest(stated)}


def _with_set(field: str, values: Iterable[str]) -> dict[str, Any]:
    """Return the values one by one, to search, and joined as a set, to count."""
    listed = list(values)
    return {field: listed, set_of(field): BETWEEN.join(listed)}


def _features(features: Sequence[str]) -> dict[str, Any]:
    stated = {feature: f"{feature}:{value}" for feature, value in zip(Feature, features, strict=True)}
    sets = {
        set_of(group): BETWEEN.join(stated[feature] for feature in together)
        for group, together in FEATURE_GROUPS.items()
    }
    return {"feature": list(stated.values()), **sets}


def _walks(walks: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Return the stations within each number of minutes."""
    fields: dict[str, Any] = {}
    for minutes in (*WALKS, None):
        fields |= _with_set(near(minutes), sorted(slug for slug, taken in walks if minutes is None or taken <= minutes))
    return fields | {
        "walk": [f"{slug}={taken}" for slug, taken in walks],
        "nearest": min((taken for _slug, taken in walks), default=None),
    }


def _digest(stated: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(stated, sort_keys=True).encode(), digest_size=8).hexdigest()
