"""Total orders of the index rows, identical on every database."""

from django.db import connection

from search.analysis.synonyms import expand
from search.criteria import Criteria
from search.engines.database import textindex
from search.engines.database.sql import Condition
from search.engines.database.table import TABLE
from search.vocabulary import Vocabulary

# Columns used by the orders.
COLUMNS = ("property_id", "reference", "surface", "rent", "price", "nearest", "verified_on")


def order(criteria: Criteria, vocabulary: Vocabulary) -> Condition:
    """Return the ORDER BY of a search; ties are broken by reference."""
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
    """Order by last check, newest first."""
    return f"verified_on IS NULL, verified_on DESC, {_reference()}", []


def _reference() -> str:
    """Return the reference for byte-wise comparison."""
    return 'reference COLLATE "C"' if connection.vendor == "postgresql" else "reference"


def _shortest_walk(criteria: Criteria, vocabulary: Vocabulary) -> Condition:
    """Return SQL for the minutes of the shortest accepted walk."""
    stations = vocabulary.walked_to(criteria.station, criteria.line)
    if stations is None:
        return "nearest", []
    if not stations:
        return "NULL", []
    marks = ", ".join(["%s"] * len(stations))
    return (
        "(SELECT MIN(minutes) FROM properties_nearbystation AS near"
        f" WHERE near.property_id = {TABLE}.property_id AND station_id IN ({marks}))",
        sorted(stations),
    )
