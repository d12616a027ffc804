"""Databases that this release cannot bring up to date: they know migrations that are no longer there."""

from datetime import date
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def forgotten_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """The migrations applied to a database, of apps that have migrations here, which are not among them: `app.name`.

    A database made before the first release has some: its migrations were started over once.
    """
    loader, applied = MigrationLoader(None), MigrationRecorder(connection).applied_migrations()
    return sorted(
        f"{app}.{name}"
        for app, name in applied
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    )


def set_aside(connection: BaseDatabaseWrapper, on: date) -> Path | None:
    """Rename an SQLite file that this release cannot bring up to date, with what SQLite keeps beside it.

    The new name has the day. Returns the new path, or None when nothing was renamed.
    """
    if connection.vendor != "sqlite" or not forgotten_migrations(connection):
        return None
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    stem, number = f"{database.stem}-before-{on.isoformat()}", 1
    while (kept := database.with_name(f"{stem}{f'-{number}' if number > 1 else ''}{database.suffix}")).exists():
        number += 1
    for beside in ("-wal", "-shm", ""):
        path = database.with_name(database.name + beside)
        if path.exists():
            path.rename(kept.with_name(kept.name + beside))
    return kept
