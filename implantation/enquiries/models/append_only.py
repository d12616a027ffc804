"""Database triggers against change or removal of timeline rows, by any client.

The triggers are dropped before migrations and created again after: SQLite loses the triggers of a rebuilt table, and a
migration may have to change old rows. One change stays allowed, for the deletion of an account: `actor_id` set to NULL.
`flush` empties the table on PostgreSQL (TRUNCATE fires no row trigger) and is refused on SQLite.
"""

from typing import Any

from django.db import connections

from implantation.enquiries.models import Event

_NAME = "implantation_event_append_only"
_SAYS = "the timeline is append-only"


def protect(using: str = "default", **kwargs: Any) -> None:
    """Create the triggers if the table exists; a receiver of `post_migrate`."""
    connection = connections[using]
    table = Event._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return
        release(using)
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def release(using: str = "default", **kwargs: Any) -> None:
    """Drop the triggers; a receiver of `pre_migrate`."""
    connection = connections[using]
    table = Event._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_NAME} ON {table}")
        else:
            for action in ("update", "actor", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_NAME}_{action}")


# SQLSTATE class 23, raised by Django as IntegrityError.
_POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"""
    CREATE TRIGGER {_NAME} BEFORE UPDATE OR DELETE ON {Event._meta.db_table}
    FOR EACH ROW EXECUTE FUNCTION {_NAME}()
    """,
)


def _sqlite() -> tuple[str, ...]:
    table = Event._meta.db_table
    protected_columns = ", ".join(
        str(field.column) for field in Event._meta.local_concrete_fields if field.name != "actor"
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    return (
        f"CREATE TRIGGER {_NAME}_update BEFORE UPDATE OF {protected_columns} ON {table} {refuse}",
        f"CREATE TRIGGER {_NAME}_actor BEFORE UPDATE OF actor_id ON {table} WHEN NEW.actor_id IS NOT NULL {refuse}",
        f"CREATE TRIGGER {_NAME}_delete BEFORE DELETE ON {table} {refuse}",
    )
