"""New rows of a table, thousands at a time.

The ORM prepares each value of each row by a chain of calls, for a hundred columns of which a file fills fifteen: that
was a third of the time of an import. Here a column is looked at once, and a plain value goes as it is.
"""

from collections.abc import Callable, Iterable, Sequence
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
    readers = [_reader(field) for field in fields]
    insert_rows(model, fields, (tuple(read(instance) for read in readers) for instance in instances))


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


def _reader(field: "Field[Any, Any]") -> Callable[[Model], Any]:
    def read(instance: Model) -> Any:
        value = field.pre_save(instance, True) if computes else getattr(instance, name)
        return value if type(value) in _PLAIN else field.get_db_prep_save(value, connection)

    name, computes = field.attname, type(field).pre_save is not Field.pre_save
    return read
