"""New rows of a table, thousands at a time.

The ORM prepares each value of each row by a chain of calls, for a hundred columns of which a file fills fifteen: that
was a third of the time of an import. Here a column is looked at once, and a plain value goes as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

# Stored as they are by every database that is used, whatever the field.
_PLAIN = frozenset({str, int, float, bool, type(None)})


def insert_instances(instances: Sequence[Model]) -> None:
    """Insert new instances of one model, whose primary key the database gives; they are not told their own."""
    if not instances:
        return
    model = type(instances[0])
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    insert_rows(model, fields, zip(*(_column(field, instances) for field in fields), strict=True))


def insert_rows(model: type[Model], fields: Sequence["Field[Any, Any]"], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of values as the database takes them, one for each of `fields`."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(rows))


def _column(field: "Field[Any, Any]", instances: Sequence[Model]) -> list[Any]:
    """The values of one field as the database takes them, one an instance."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        # One moment for all of them.
        moment = field.pre_save(instances[0], True)
        for instance in instances:
            setattr(instance, field.attname, moment)
        values = [moment] * len(instances)
    elif type(field).pre_save is not Field.pre_save:
        values = [field.pre_save(instance, True) for instance in instances]
    else:
        values = [instance.__dict__[field.attname] for instance in instances]
    return values if _PLAIN.issuperset(map(type, values)) else list(_prepared(field, values))


def _prepared(field: "Field[Any, Any]", values: Sequence[Any]) -> Iterator[Any]:
    """Each value but the plain ones by the field: once, as most are repeated."""
    known: dict[tuple[type, Any], Any] = {}
    for value in values:
        kind = type(value)
        if kind in _PLAIN:
            yield value
        elif kind.__hash__ is None:
            yield field.get_db_prep_save(value, connection)
        else:
            if (kind, value) not in known:
                known[kind, value] = field.get_db_prep_save(value, connection)
            yield known[kind, value]
