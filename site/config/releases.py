"""Detection of databases with migrations unknown to this release, impossible to upgrade."""

from datetime import date
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def forgotten_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return applied migrations, as `app.name`, missing from this release's migrated apps.

    A database older than the first release has some: migrations were restarted once.
    """
    loader, applied = MigrationLoader(None), MigrationRecorder(connection).applied_migrations()
    return sorted(
        f"{app}.{name}"
        for app, name in applied
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    )


def set_aside(connection: BaseDatabaseWrapper, on: date) -> Path | None:
    """Rename an incompatible SQLite file, and its -wal and -shm files, to a dated name.

    Returns the new path, or None when nothing was renamed.
    """
    if connection.vendor != "sqlite" or not forgotten_migrations(connection):
        return None
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    stem, number = f"{database.stem}-before-{on.isoformat()}", 1
    while (dated_path := database.with_name(f"{stem}{f'-{number}' if number > 1 else ''}{database.suffix}")).exists():
        number += 1
    for beside in ("-wal", "-shm", ""):
        path = database.with_name(database.name + beside)
        if path.exists():
            path.rename(dated_path.with_name(dated_path.name + beside))
    return dated_path
