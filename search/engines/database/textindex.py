"""Full-text index of the database: one row a property, with the same words on SQLite and PostgreSQL.

SQLite has an FTS5 table, PostgreSQL a tsvector with a GIN index (migration 0001). `head` holds the words of title,
reference and place, `body` all other public words.
"""

from collections.abc import Callable, Iterable, Sequence

from django.db import connection

from search.analysis.synonyms import Alternatives, Words

TABLE = "search_text"

# Primary key, head, body.
Row = tuple[int, Words, Words]


def write(rows: Iterable[Row]) -> None:
    """Insert new rows; runs in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.executemany(_insert(), [_stored(*row) for row in rows])


def remove(keys: Sequence[int]) -> None:
    """Delete rows by key, a few hundred at most."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {_key()} IN ({', '.join(['%s'] * len(keys))})", keys)


def clear() -> None:
    """Delete every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def read(keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return stored head and body by key, words separated by spaces."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_key()}, head, body FROM {TABLE} WHERE {_key()} IN ({', '.join(['%s'] * len(keys))})", keys
        )
        return {key: (head, body) for key, head, body in cursor.fetchall()}


def keys() -> set[int]:
    """Return all keys."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_key()} FROM {TABLE}")
        return {key for (key,) in cursor.fetchall()}


def called_so(keys: Sequence[int], parts: Sequence[Alternatives]) -> set[int]:
    """Return the keys whose head holds an alternative of each part; for a few hundred keys."""
    heads = {key: set(head.split()) for key, (head, _body) in read(keys).items()} if keys else {}
    return {
        key
        for key, head in heads.items()
        if all(any(head.issuperset(words) for words in alternatives) for alternatives in parts)
    }


def reading(rows: str, parts: Sequence[Alternatives]) -> tuple[str, tuple[str, list[str]]]:
    """Return the FROM source for `rows` with the text condition.

    SQLite joins from the text table: with `holding`, all keys are read before the first row, three times as slow when
    nearly every row matches.
    """
    if connection.vendor == "postgresql":
        return rows, holding(parts)
    source = f"{TABLE} CROSS JOIN {rows} ON {rows}.property_id = {TABLE}.rowid"
    return source, (f"{TABLE} MATCH %s", [_matching(parts)])


def holding(parts: Sequence[Alternatives], *, in_head: bool = False) -> tuple[str, list[str]]:
    """Return a condition on `property_id`: the text, or head alone, holds an alternative of each part."""
    if connection.vendor == "postgresql":
        label = ":A" if in_head else ""
        expression = _formula(parts, " & ", " | ", lambda word: f"'{word}'{label}")
        return f"property_id IN (SELECT property_id FROM {TABLE} WHERE words @@ %s::tsquery)", [expression]
    expression = _matching(parts)
    if in_head:
        expression = f"head : ({expression})"
    return f"property_id IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)", [expression]


def _matching(parts: Sequence[Alternatives]) -> str:
    return _formula(parts, " AND ", " OR ", lambda word: f'"{word}"')


def _formula(parts: Sequence[Alternatives], every: str, one: str, written: Callable[[str], str]) -> str:
    return every.join(
        "(" + one.join("(" + every.join(map(written, words)) + ")" for words in alternatives) + ")"
        for alternatives in parts
    )


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
    # Built here: to_tsvector would tokenise differently.
    vector = [f"'{word}':1A" for word in head] + [f"'{word}':2B" for word in body if word not in set(head)]
    return (*row, " ".join(vector))
