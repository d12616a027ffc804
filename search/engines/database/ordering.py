"""In which order the rows of the index are listed: always a total one, the same on every database."""

from django.db import connection

from search.analysis.synonyms import expand
from search.criteria import Criteria
from search.engines.database import textindex
from search.engines.database.sql import Condition
from search.engines.database.table import TABLE
from search.vocabulary import Vocabulary

# What an order may look at.
COLUMNS = ("property_id", "reference", "surface", "rent", "price", "nearest", "verified_on")


def order(criteria: Criteria, vocabulary: Vocabulary) -> Condition:
    """What a search asked for; the reference decides last."""
    match criteria.order:
        case "relevance":
            called_so, words = textindex.holding(expand(criteria.words, vocabulary.synonyms), in_head=True)
            return f"CASE WHEN {called_so} THEN 0 ELSE 1 END, {newest()[0]}", words
        case "rent" | "price" as money:
            return f"{money} IS NULL, {money}, {_reference()}", []
        case "surface":
            return f"surface, {_reference()}", []
        case "walk":
            minutes, stations = _shortest_walk(criteria, vocabulary)
            return f"COALESCE({minutes}, 9999), {_reference()}", stations
    return newest()


def newest() -> Condition:
    """Those checked last come first."""
    return f"verified_on IS NULL, verified_on DESC, {_reference()}", []


def _reference() -> str:
    """Compared byte by byte."""
    return 'reference COLLATE "C"' if connection.vendor == "postgresql" else "reference"


def _shortest_walk(criteria: Criteria, vocabulary: Vocabulary) -> Condition:
    """Minutes of the shortest walk that is what was asked."""
    asked = vocabulary.walked_to(criteria.station, criteria.line)
    if asked is None:
        return "nearest", []
    if not asked:
        return "NULL", []
    marks = ", ".join(["%s"] * len(asked))
    return (
        "(SELECT MIN(minutes) FROM properties_nearbystation AS near"
        f" WHERE near.property_id = {TABLE}.property_id AND station_id IN ({marks}))",
        sorted(asked),
    )
