"""Denormalised index table of the database engine: one narrow row a public property.

Written in the transaction of the change, read by hand-written SQL: a row is a sixth of the property's, so a full scan
costs less than an index would save.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, TypeVar

from django.db import connection

from search.engines.database import layout, textindex
from search.engines.database.layout import Layout
from search.engines.entries import IndexEntry, hundredths
from search.models import IndexedProperty, Slot
from territory.models import Commune, Line, Station

TABLE = IndexedProperty._meta.db_table
COLUMNS = tuple(field.name for field in IndexedProperty._meta.fields)
_CHUNK = 500
# Slots about the rows rather than a value: the fingerprint of all packed rows (absent while layouts are mixed), and the
# wanted fingerprint.
_PACKED_AS, _WANTED = "layout", "wanted"

Item = TypeVar("Item")


def current_layout() -> Layout | None:
    """Return the layout of the stored rows; None when another release packed some of them."""
    slots = list(Slot.objects.values_list("facet", "value", "position"))
    return _layout(slots) if (_PACKED_AS, layout.fingerprint(), 0) in slots else None


def is_current() -> bool:
    """Return True when this release can read every packed row."""
    return Slot.objects.filter(facet=_PACKED_AS, value=layout.fingerprint()).exists()


def is_ours_to_pack() -> bool:
    """Return True when this release migrated or rebuilt last: two releases must not undo each other's packing."""
    return Slot.objects.filter(facet=_WANTED, value=layout.fingerprint()).exists()


def settle_layout() -> Layout:
    """Return the layout with a position for every station, line and commune; lengthen the rows when it grows.

    Runs in the caller's transaction, before packing. Clears the fingerprint of another release, since rows of both are
    mixed from now on: facet counts stop until a full rebuild.
    """
    if connection.vendor == "postgresql":
        # Excludes lengthening during a write, and the reverse.
        _run(f"LOCK TABLE {TABLE} IN ROW EXCLUSIVE MODE")
    Slot.objects.filter(facet=_PACKED_AS).exclude(value=layout.fingerprint()).delete()
    wanted = {
        "near": [
            *map(layout.station, Station.objects.values_list("pk", flat=True)),
            *map(layout.line, Line.objects.values_list("pk", flat=True)),
        ],
        "commune": list(Commune.objects.values_list("pk", flat=True)),
    }
    slots = list(Slot.objects.values_list("facet", "value", "position"))
    slot_keys = {(facet, value) for facet, value, _position in slots}
    if all((facet, value) in slot_keys for facet, values in wanted.items() for value in values):
        return _layout(slots)
    if connection.vendor == "postgresql":
        _run(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")
    slot_keys = set(Slot.objects.values_list("facet", "value"))
    for facet, values in wanted.items():
        first = sum(1 for other, _ in slot_keys if other == facet)
        new = [value for value in values if (facet, value) not in slot_keys]
        Slot.objects.bulk_create(Slot(facet=facet, value=value, position=first + n) for n, value in enumerate(new))
        if facet == "near" and new:
            _run(f"UPDATE {TABLE} SET packed = packed || %s", [layout.NOT_NEAR * len(new)])
    return _layout(Slot.objects.values_list("facet", "value", "position"))


def write(entries: Iterable[IndexEntry], *, keys: Iterable[int]) -> None:
    """Replace the rows and words of `keys` by these entries; non-public entries are only removed."""
    row_layout, lines = settle_layout(), _lines()
    insert = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    forget(keys)
    with connection.cursor() as cursor:
        for chunk in chunks(entry for entry in entries if entry.public):
            cursor.executemany(insert, [row(entry, row_layout, lines) for entry in chunk])
            textindex.write((entry.key, entry.head, entry.body) for entry in chunk)


def forget(keys: Iterable[int]) -> None:
    """Delete the rows and words of these properties."""
    for chunk in chunks(keys):
        _run(f"DELETE FROM {TABLE} WHERE property_id IN ({', '.join(['%s'] * len(chunk))})", chunk)
        textindex.remove(chunk)


def clear() -> None:
    """Delete every row, every word and the layout; the empty table belongs to this release.

    Runs in the caller's transaction; on PostgreSQL other writers wait until its end.
    """
    if connection.vendor == "postgresql":
        _run(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")
    _run(f"DELETE FROM {TABLE}")
    textindex.clear()
    Slot.objects.all().delete()
    Slot.objects.bulk_create(
        Slot(facet=facet, value=layout.fingerprint(), position=0) for facet in (_PACKED_AS, _WANTED)
    )


def differing(entries: Iterable[IndexEntry]) -> Iterator[int]:
    """Yield keys of properties with outdated rows or words; all keys when another release packed the rows."""
    row_layout, lines = current_layout(), _lines()
    for chunk in chunks(entries):
        keys = [entry.key for entry in chunk]
        rows = {stored[0]: stored for stored in _rows(keys)}
        words = textindex.read(keys)
        for entry in chunk:
            if not entry.public:
                right = entry.key not in rows and entry.key not in words
            else:
                right = (
                    row_layout is not None
                    and _packable(entry, row_layout, lines)
                    and rows.get(entry.key) == row(entry, row_layout, lines)
                    and words.get(entry.key) == (" ".join(entry.head), " ".join(entry.body))
                )
            if not right:
                yield entry.key


def keys() -> set[int]:
    """Return the keys of all rows and of all words."""
    return {key for (key,) in read(f"SELECT property_id FROM {TABLE}")} | textindex.keys()


def read(statement: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a hand-written SELECT and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def row(entry: IndexEntry, made: Layout, lines: dict[str, list[str]]) -> tuple[Any, ...]:
    """Return the values of `COLUMNS`."""
    return (
        entry.key,
        entry.reference,
        made.pack(entry, lines),
        hundredths(entry.surface),
        hundredths(entry.smallest),
        hundredths(entry.rent),
        hundredths(entry.price),
        entry.available_from.toordinal() if entry.available_from else None,
        entry.verified_on.toordinal() if entry.verified_on else None,
        entry.walks[0][1] if entry.walks else None,
        entry.latitude,
        entry.longitude,
        entry.cell,
    )


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Split into lists of a few hundred items."""
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _layout(slots: Iterable[tuple[str, str, int]]) -> Layout:
    slots = list(slots)
    return Layout(
        near={value: position for facet, value, position in slots if facet == "near"},
        communes={value: layout.character(position) for facet, value, position in slots if facet == "commune"},
    )


def _lines() -> dict[str, list[str]]:
    """Return the lines by station."""
    stops = Station.lines.through.objects.order_by("station_id", "line_id").values_list("station_id", "line_id")
    return {
        slug: [line for _slug, line in station_stops]
        for slug, station_stops in groupby(stops, key=lambda stop: stop[0])
    }


def _packable(entry: IndexEntry, made: Layout, lines: dict[str, list[str]]) -> bool:
    """Return True when the stored layout has all columns and communes of the entry."""
    names = {
        name for slug, _ in entry.walks or () for name in (layout.station(slug), *map(layout.line, lines.get(slug, ())))
    }
    return entry.commune in made.communes and names <= made.near.keys()


def _rows(keys: Sequence[int]) -> list[tuple[Any, ...]]:
    marks = ", ".join(["%s"] * len(keys))
    return read(f"SELECT {', '.join(COLUMNS)} FROM {TABLE} WHERE property_id IN ({marks})", keys)


def _run(statement: str, arguments: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
