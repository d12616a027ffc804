"""The text index of the database: one row a property, written by us, the same words on SQLite and PostgreSQL.

SQLite has an FTS5 table, PostgreSQL a tsvector with a GIN index (migration 0001). `head` holds the words of what the
property is called and where it is, `body` everything else the public may read.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import connection
from django.db.models.expressions import RawSQL

TABLE = "search_text"
_CHUNK = 500

Words = tuple[str, ...]
# Primary key, head, body.
Row = tuple[int, Words, Words]

Item = TypeVar("Item")


def write(rows: Iterable[Row], *, gone: Iterable[int] = ()) -> None:
    """Replace these rows and remove those of `gone`; runs in the caller's transaction."""
    rows = list(rows)
    stale = [*(key for key, _, _ in rows), *gone]
    with connection.cursor() as cursor:
        for keys in _chunks(stale):
            cursor.execute(f"DELETE FROM {TABLE} WHERE {_key()} IN ({', '.join(['%s'] * len(keys))})", keys)
        for chunk in _chunks(rows):
            cursor.executemany(_insert(), [_stored(*row) for row in chunk])


def read() -> dict[int, tuple[str, str]]:
    """Every row as it is stored: the words of head and body, separated by spaces."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_key()}, head, body FROM {TABLE}")
        return {key: (head, body) for key, head, body in cursor.fetchall()}


def clear() -> None:
    """Forget every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def keys_holding(words: Words, *, in_head: bool = False) -> RawSQL:
    """Subquery of the primary keys whose text (or head alone) holds all of these words."""
    if connection.vendor == "postgresql":
        expression = " & ".join(f"'{word}':A" if in_head else f"'{word}'" for word in words)
        return RawSQL(f"SELECT property_id FROM {TABLE} WHERE words @@ %s::tsquery", [expression])
    expression = " AND ".join(f'"{word}"' for word in words)
    if in_head:
        expression = f"head : ({expression})"
    return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [expression])


def _key() -> str:
    return "property_id" if connection.vendor == "postgresql" else "rowid"


def _insert() -> str:
    if connection.vendor == "postgresql":
        return f"INSERT INTO {TABLE} (property_id, head, body, words) VALUES (%s, %s, %s, %s::tsvector)"
    return f"INSERT INTO {TABLE} (rowid, head, body) VALUES (%s, %s, %s)"


def _stored(key: int, head: Words, body: Words) -> tuple[int | str, ...]:
    row = (key, " ".join(head), " ".join(body))
    if connection.vendor != "postgresql":
        return row
    # Built here rather than by to_tsvector, whose own word cutting would differ from ours.
    vector = [f"'{word}':1A" for word in head] + [f"'{word}':2B" for word in body if word not in set(head)]
    return (*row, " ".join(vector))


def _chunks(items: list[Item]) -> Iterator[list[Item]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
