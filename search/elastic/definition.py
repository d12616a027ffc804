"""The index definition: mapping, analysers, alias names.

`search.analysis.text` tokenises and stems before indexing, so all engines match alike; the index analyser only splits
at spaces. The synonym set lives on the server and applies at search time, without a reindex.
"""

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from elasticsearch.dsl import Date, Double, Index, Integer, Keyword, Long, Mapping, Text, analyzer, token_filter

from properties.choices import Feature
from search.engines.entries import READING
from search.vocabulary import LISTS, WALKS

# Single-valued facets, stored under their parameter's name. `walk_max` is the least of `WALKS` within reach of a
# station, or not stated.
SINGLE = ("type", "deal", "commune", "rent", "price", "condition", "lease", "walk_max")
# Features are grouped by four: a group has so few distinct sets that one aggregation counts all four.
_TOGETHER = 4
FEATURE_GROUPS = {
    f"feature_{first // _TOGETHER}": tuple(Feature)[first : first + _TOGETHER]
    for first in range(0, len(Feature), _TOGETHER)
}
# Separator of the values of a set.
BETWEEN = "|"
# Hundredths of m² and of €.
AMOUNTS = ("area", "smallest", "rent_amount", "price_amount")
# Tombstone retention: a late write of an older version must not resurrect the document.
DELETIONS_KEPT = "1h"


def near(minutes: int | None) -> str:
    """Return the field of the stations within `minutes`, one of `WALKS`; None means any distance."""
    return "station" if minutes is None else f"station_{minutes}"


def set_of(field: str) -> str:
    """Return the field that stores all values of a multi-valued facet as one keyword.

    Distinct sets are few: at a million properties, counting sets costs a tenth of counting values.
    """
    return f"{field}_set"


def synonym_set() -> str:
    """Return the name of the synonym set on the server."""
    prefix: str = settings.ELASTICSEARCH_PREFIX
    return prefix


def alias() -> str:
    """Return the read alias: the index in force of this definition.

    Each definition has its own alias: during a deployment, old and new code each read a compatible index.
    """
    return f"{settings.ELASTICSEARCH_PREFIX}-{fingerprint()}"


def next_alias() -> str:
    """Return the alias of an index under construction, which receives changes too."""
    return f"{alias()}-next"


def new_name() -> str:
    """Return a timestamped name for a new index."""
    return f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"


def fingerprint() -> str:
    """Return the digest of the definition: equal digests mean compatible documents and queries."""
    return _fingerprint(settings.ELASTICSEARCH_PREFIX)


@cache
def _fingerprint(prefix: str) -> str:
    written = json.dumps(_index(prefix).to_dict(), sort_keys=True).replace(prefix, "") + json.dumps(LISTS)
    return hashlib.blake2b(written.encode(), digest_size=4).hexdigest()


def body() -> dict[str, Any]:
    """Return settings and mapping of a new index, refresh disabled while it is filled."""
    index_body: dict[str, Any] = _index(settings.ELASTICSEARCH_PREFIX).to_dict()
    index_body["settings"]["refresh_interval"] = "-1"
    return index_body


def _index(prefix: str) -> Index:
    index = Index(prefix)
    index.mapping(_mapping(prefix))
    index.settings(
        number_of_shards=1,
        auto_expand_replicas="0-1",
        refresh_interval="1s",
        gc_deletes=DELETIONS_KEPT,
    )
    return index


def _mapping(prefix: str) -> Mapping:
    parted = analyzer("parted", tokenizer="whitespace")
    synonyms = token_filter("synonyms", type="synonym_graph", synonyms_set=prefix, updateable=True)
    widened = analyzer("widened", tokenizer="whitespace", filter=[synonyms])
    stations = [near(minutes) for minutes in (*WALKS, None)]
    fields: dict[str, Any] = {
        "key": Long(),
        "reference": Keyword(),
        **{name: Keyword() for name in SINGLE},
        # Values are searched one by one, and counted as sets.
        **{name: Keyword(doc_values=False) for name in ("surface", "feature", *stations)},
        **{set_of(name): Keyword(index=False) for name in ("surface", *FEATURE_GROUPS, *stations)},
        # `station=minutes`, to sort by the walk to a chosen station.
        "walk": Keyword(doc_values=False),
        "nearest": Integer(),
        **{name: Long() for name in AMOUNTS},
        "available_from": Date(format="strict_date"),
        # The day as a keyword, or `unknown`: keywords aggregate faster than dates.
        "available": Keyword(index=False),
        "verified_on": Date(format="strict_date"),
        "latitude": Double(),
        "longitude": Double(),
        "cell": Keyword(index=False),
        "head": Text(analyzer=parted, search_analyzer=widened, norms=False, index_options="docs"),
        "words": Text(analyzer=parted, search_analyzer=widened, norms=False, index_options="freqs"),
        "content": Keyword(index=False),
    }
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_meta", {"reading": READING})
    for name, field in fields.items():
        mapping.field(name, field)
    return mapping
