"""The table that the database engine filters, counts and sorts in: one narrow row a public property.

Written in the transaction of the change, read by hand-written SQL: a row is a sixth of the property's, so that reading
all of them costs less than an index would save.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, TypeVar

from django.db import connection

from search.engines.database import layout, textindex
from search.engines.database.layout import Layout
from search.engines.entries import Entry, hundredths
from search.models import IndexedProperty, Slot
from territory.models import Commune, Line, Station

TABLE = IndexedProperty._meta.db_table
COLUMNS = tuple(field.name for field in IndexedProperty._meta.fields)
_CHUNK = 500
# Slots that tell of the rows, and of no value: as which fingerprint all of them are packed (none: some as another), and
# as which one they are to be.
_PACKED_AS, _WANTED = "layout", "wanted"

Item = TypeVar("Item")


def current_layout() -> Layout | None:
    """The layout of the rows that are stored now; None when they cannot be read here: another release packed some."""
    slots = list(Slot.objects.values_list("facet", "value", "position"))
    return _layout(slots) if (_PACKED_AS, layout.fingerprint(), 0) in slots else None


def is_current() -> bool:
    """Every row is packed as this release reads it."""
    return Slot.objects.filter(facet=_PACKED_AS, value=layout.fingerprint()).exists()


def is_ours_to_pack() -> bool:
    """The release that migrated last, or rebuilt last, is this one: during a deployment, two do not undo each other."""
    return Slot.objects.filter(facet=_WANTED, value=layout.fingerprint()).exists()


def settle_layout() -> Layout:
    """The layout with a place for every station, line and commune there is; rows are lengthened when it grows.

    Runs in the caller's transaction, before anything is packed. Rows that another release packed are no longer said to
    be of one layout, since some of this release's come among them: nobody reads them until they are all written anew.
    """
    if connection.vendor == "postgresql":
        # Nobody lengthens the rows while these are written, and the other way round.
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
    known = {(facet, value) for facet, value, _position in slots}
    if all((facet, value) in known for facet, values in wanted.items() for value in values):
        return _layout(slots)
    if connection.vendor == "postgresql":
        _run(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")
    known = set(Slot.objects.values_list("facet", "value"))
    for facet, values in wanted.items():
        first = sum(1 for other, _ in known if other == facet)
        new = [value for value in values if (facet, value) not in known]
        Slot.objects.bulk_create(Slot(facet=facet, value=value, position=first + n) for n, value in enumerate(new))
        if facet == "near" and new:
            _run(f"UPDATE {TABLE} SET packed = packed || %s", [layout.NOT_NEAR * len(new)])
    return _layout(Slot.objects.values_list("facet", "value", "position"))


def write(entries: Iterable[Entry], *, keys: Iterable[int]) -> None:
    """Forget these keys, then write the rows and the words of these properties; what is not public has none."""
    made, lines = settle_layout(), _lines()
    insert = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    forget(keys)
    with connection.cursor() as cursor:
        for chunk in chunks(entry for entry in entries if entry.public):
            cursor.executemany(insert, [row(entry, made, lines) for entry in chunk])
            textindex.write((entry.key, entry.head, entry.body) for entry in chunk)


def forget(keys: Iterable[int]) -> None:
    """Remove the rows and the words of these properties."""
    for chunk in chunks(keys):
        _run(f"DELETE FROM {TABLE} WHERE property_id IN ({', '.join(['%s'] * len(chunk))})", chunk)
        textindex.remove(chunk)


def clear() -> None:
    """Forget every row, every word, and the layout: an empty table, of this release from now on.

    Runs in the caller's transaction; on PostgreSQL nobody else writes rows until its end.
    """
    if connection.vendor == "postgresql":
        _run(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")
    _run(f"DELETE FROM {TABLE}")
    textindex.clear()
    Slot.objects.all().delete()
    Slot.objects.bulk_create(
        Slot(facet=facet, value=layout.fingerprint(), position=0) for facet in (_PACKED_AS, _WANTED)
    )


def differing(entries: Iterable[Entry]) -> Iterator[int]:
    """Keys of these properties whose row or words are not what they would be now: all of them where another release
    packed the rows."""
    made, lines = current_layout(), _lines()
    for chunk in chunks(entries):
        keys = [entry.key for entry in chunk]
        rows = {stored[0]: stored for stored in _rows(keys)}
        words = textindex.read(keys)
        for entry in chunk:
            if not entry.public:
                right = entry.key not in rows and entry.key not in words
            else:
                right = (
                    made is not None
                    and _packable(entry, made, lines)
                    and rows.get(entry.key) == row(entry, made, lines)
                    and words.get(entry.key) == (" ".join(entry.head), " ".join(entry.body))
                )
            if not right:
                yield entry.key


def keys() -> set[int]:
    """Of every row and of all words."""
    return {key for (key,) in read(f"SELECT property_id FROM {TABLE}")} | textindex.keys()


def read(statement: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What a statement finds, written by hand for these tables."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def row(entry: Entry, made: Layout, lines: dict[str, list[str]]) -> tuple[Any, ...]:
    """The values of `COLUMNS`."""
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
    """The items, a few hundred at a time."""
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
    """The lines that stop at each station."""
    stops = Station.lines.through.objects.order_by("station_id", "line_id").values_list("station_id", "line_id")
    return {slug: [line for _slug, line in found] for slug, found in groupby(stops, key=lambda stop: stop[0])}


def _packable(entry: Entry, made: Layout, lines: dict[str, list[str]]) -> bool:
    """Whether the stored layout knows all that the entry names."""
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
