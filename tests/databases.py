"""One migrated template database per engine, copied by whoever tests: migrations alone take some 15 s.

`python -m tests.databases URL...` makes the templates of several engines side by side, before the tests want them.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import environ
import psycopg
from filelock import FileLock
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "test-databases"

# What migrating leaves in the database beside the migrations' own work depends on these.
_AFTER_MIGRATIONS = (
    "site/config/settings/base.py",
    "implantation/enquiries/models/append_only.py",
    "properties/choices.py",
    "search/engines/database/layout.py",
    "search/vocabulary.py",
)

# As Django's DATABASES has it: ENGINE, NAME, HOST, PORT, USER, PASSWORD.
Address = Mapping[str, Any]
# Told the engine's name just before its template is migrated.
Announce = Callable[[str], None]


def is_sqlite(base: Address) -> bool:
    return base["ENGINE"].endswith("sqlite3")


def url_of(base: Address, name: str) -> str:
    """The DATABASE_URL of a database beside `base`; on SQLite a name is a path."""
    if is_sqlite(base):
        return f"sqlite:///{name}"
    return f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT'] or 5432}/{name}"


def _fingerprint() -> str:
    """Changes with any migration of ours, what is put on the database after them, the lock, and the installed apps."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in _AFTER_MIGRATIONS:
        digest.update((ROOT / path).read_bytes())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("site/*/migrations/*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _silent(engine: str) -> None:
    pass


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        check=True,
    )


def _template_of_sqlite(fingerprint: str, announce: Announce) -> str:
    template = FOLDER / f"template-{fingerprint}.sqlite3"
    if not template.exists():
        announce("SQLite")
        building = template.with_suffix(".building")
        building.unlink(missing_ok=True)
        _migrate(f"sqlite:///{building}")
        building.rename(template)
    return str(template)


def _server(base: Address, name: str) -> psycopg.Connection:
    return psycopg.connect(
        dbname=name,
        autocommit=True,
        host=base["HOST"],
        port=base["PORT"] or 5432,
        user=base["USER"],
        password=base["PASSWORD"],
    )


def _template_of_postgresql(base: Address, fingerprint: str, announce: Announce) -> str:
    template = f"template_{fingerprint}"
    building = f"{template}_building"
    with _server(base, base["NAME"]) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            announce("PostgreSQL")
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(building)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
            _migrate(url_of(base, building))
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(template))
            )
    return template


@contextmanager
def _template(base: Address, announce: Announce = _silent) -> Iterator[str]:
    """The name of the template of this engine, made if there is none; nobody else makes or copies it meanwhile."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    engine = "sqlite" if is_sqlite(base) else "postgresql"
    with FileLock(FOLDER / f"{engine}.lock"):
        make = _template_of_sqlite if is_sqlite(base) else partial(_template_of_postgresql, base)
        yield make(_fingerprint(), announce)


@contextmanager
def empty(base: Address) -> Iterator[str]:
    """The name of a PostgreSQL database without a table, gone at the end."""
    name = f"empty_{os.getpid()}_{secrets.token_hex(4)}"
    with _server(base, base["NAME"]) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        with _server(base, base["NAME"]) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _copy(base: Address, name: str) -> None:
    with _template(base) as template:
        if is_sqlite(base):
            shutil.copy(template, name)
        else:
            with _server(base, base["NAME"]) as server:
                server.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
                )


def _drop(base: Address, name: str) -> None:
    if is_sqlite(base):
        for path in FOLDER.glob(f"{Path(name).name}*"):
            path.unlink()
    else:
        with _server(base, base["NAME"]) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def copied(base: Address) -> Iterator[str]:
    """The name of a copy of the template, gone at the end."""
    name = f"run_{os.getpid()}_{secrets.token_hex(4)}"
    if is_sqlite(base):
        name = str(FOLDER / f"{name}.sqlite3")
    _copy(base, name)
    try:
        yield name
    finally:
        _drop(base, name)


def renew(base: Address, name: str) -> None:
    """Put the template's rows back into a copy of it that nobody is connected to."""
    _drop(base, name)
    _copy(base, name)


def make_template(base: Address, announce: Announce = _silent) -> None:
    """Make the template of an engine unless there is one."""
    with _template(base, announce):
        pass


if __name__ == "__main__":
    with ThreadPoolExecutor() as together:
        list(together.map(make_template, map(environ.Env.db_url_config, sys.argv[1:])))
