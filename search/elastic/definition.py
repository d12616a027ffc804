"""What the index is made of: its fields, its analysers, its names.

The words are cut and stemmed by `search.analysis.text` before they get here, so that every engine finds the same: they
are only parted at spaces. Synonyms are a set on the server, read when a search is analysed: it changes without a new
index.
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

# Facets of which a property has one value, stored under the name of their parameter. `walk_max` is the least of `WALKS`
# that reaches a station, or not stated.
SINGLE = ("type", "deal", "commune", "rent", "price", "condition", "lease", "walk_max")
# Features are counted four by four: together they have so few values that one pass counts them all.
_TOGETHER = 4
FEATURE_GROUPS = {
    f"feature_{first // _TOGETHER}": tuple(Feature)[first : first + _TOGETHER]
    for first in range(0, len(Feature), _TOGETHER)
}
# Parts the values of a set.
BETWEEN = "|"
# Hundredths of m² and of €.
AMOUNTS = ("area", "smallest", "rent_amount", "price_amount")
# A deletion is remembered for so long: an older write that comes later must not bring the property back.
DELETIONS_KEPT = "1h"


def near(minutes: int | None) -> str:
    """The field of the stations within so many minutes, one of `WALKS`; None is any walk."""
    return "station" if minutes is None else f"station_{minutes}"


def set_of(field: str) -> str:
    """The field that has all that a property has in this one as a single value.

    Properties have few different sets: counting those costs a tenth of counting values one by one, at a million.
    """
    return f"{field}_set"


def synonym_set() -> str:
    """The name of the set of synonyms on the server."""
    prefix: str = settings.ELASTICSEARCH_PREFIX
    return prefix


def alias() -> str:
    """What searches ask for: the index in force of this definition.

    Another definition has another alias: during a deployment, the code that leaves and the code that comes each find
    an index that they can read.
    """
    return f"{settings.ELASTICSEARCH_PREFIX}-{fingerprint()}"


def next_alias() -> str:
    """Where changes go too while another index of this definition is being made."""
    return f"{alias()}-next"


def new_name() -> str:
    """The name of an index made now."""
    return f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"


def fingerprint() -> str:
    """Of this definition: the same as long as documents and searches fit each other."""
    return _fingerprint(settings.ELASTICSEARCH_PREFIX)


@cache
def _fingerprint(prefix: str) -> str:
    written = json.dumps(_index(prefix).to_dict(), sort_keys=True).replace(prefix, "") + json.dumps(LISTS)
    return hashlib.blake2b(written.encode(), digest_size=4).hexdigest()


def body() -> dict[str, Any]:
    """Settings and mappings of a new index, before it is in force: nothing is refreshed while it is filled."""
    made: dict[str, Any] = _index(settings.ELASTICSEARCH_PREFIX).to_dict()
    made["settings"]["refresh_interval"] = "-1"
    return made


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
        # What is searched value by value is counted set by set.
        **{name: Keyword(doc_values=False) for name in ("surface", "feature", *stations)},
        **{set_of(name): Keyword(index=False) for name in ("surface", *FEATURE_GROUPS, *stations)},
        # `station=minutes`, to sort by the walk to where was asked.
        "walk": Keyword(doc_values=False),
        "nearest": Integer(),
        **{name: Long() for name in AMOUNTS},
        "available_from": Date(format="strict_date"),
        # The same day as a word, or not stated: words are counted faster than days.
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
