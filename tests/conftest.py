"""One migrated template database per engine, copied by each worker: migrations alone take about 15 s."""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.utils import translation
from filelock import FileLock

from config.translations import compile_catalogues
from implantation.models import append_only
from territory.services import load

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "var" / "test-databases"

compile_catalogues()
# How long one example takes says more about the machine's other work than about the code.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m database` are the tests that use one: the others say the same whatever the database."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "django_db_setup"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A test that commits is undone by `flush`, which SQLite's triggers refuse; `flush` itself puts them back."""
    marker = item.get_closest_marker("django_db")
    if connection.vendor == "sqlite" and marker is not None and marker.kwargs.get("transaction"):
        append_only.release()


def _fingerprint() -> str:
    """Changes with any migration of ours, with what is put on the database after them, and with the lock."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    digest.update((ROOT / "implantation" / "models" / "append_only.py").read_bytes())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("site/*/migrations/*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        check=True,
    )


def _copy_sqlite(fingerprint: str, worker: str) -> Path:
    template = TEMPLATES / f"template-{fingerprint}.sqlite3"
    if not template.exists():
        building = template.with_suffix(".building")
        building.unlink(missing_ok=True)
        _migrate(f"sqlite:///{building}")
        building.rename(template)
    copy = TEMPLATES / f"run-{os.getpid()}-{worker}.sqlite3"
    shutil.copy(template, copy)
    return copy


def _copy_postgresql(fingerprint: str, worker: str) -> str:
    import psycopg
    from psycopg import sql

    base = settings.DATABASES["default"]
    template, copy = f"template_{fingerprint}", f"run_{os.getpid()}_{worker}"
    address = {"host": base["HOST"], "port": base["PORT"] or 5432, "user": base["USER"], "password": base["PASSWORD"]}
    with psycopg.connect(dbname=base["NAME"], autocommit=True, **address) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            building = f"{template}_building"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(building)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
            credentials = f"{address['user']}:{address['password']}@{address['host']}:{address['port']}"
            _migrate(f"postgres://{credentials}/{building}")
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(template))
            )
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(template)))
    return copy


def _drop_postgresql(name: str) -> None:
    import psycopg
    from psycopg import sql

    base = settings.DATABASES["default"]
    with psycopg.connect(
        dbname="postgres",
        autocommit=True,
        host=base["HOST"],
        port=base["PORT"] or 5432,
        user=base["USER"],
        password=base["PASSWORD"],
    ) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """Point the connection at this worker's copy of the template database."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    fingerprint = _fingerprint()
    with FileLock(TEMPLATES / f"{connection.vendor}.lock"):
        copy = (_copy_sqlite if connection.vendor == "sqlite" else _copy_postgresql)(fingerprint, worker_id)
    with django_db_blocker.unblock():
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(copy)
        yield
        connections.close_all()
        if isinstance(copy, Path):
            for path in copy.parent.glob(f"{copy.name}*"):
                path.unlink()
        else:
            _drop_postgresql(copy)


@contextmanager
def database_of_its_own(vendor: str) -> Iterator[str]:
    """The address of one more copy of the template, for processes of a test's own."""
    fingerprint, name = _fingerprint(), f"own-{secrets.token_hex(4)}"
    if vendor == "sqlite":
        copy = _copy_sqlite(fingerprint, name)
        yield f"sqlite:///{copy}"
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()
        return
    made = _copy_postgresql(fingerprint, name.replace("-", "_"))
    base = settings.DATABASES["default"]
    yield f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT'] or 5432}/{made}"
    _drop_postgresql(made)


@pytest.fixture
def territory(db: None) -> None:
    """The real communes, stations, sectors, partners and axes."""
    load()


@pytest.fixture(autouse=True)
def _no_memory_of_another_test() -> None:
    """What one test cached (Wagtail's sites, a counter of limits) names rows that its rollback took away.

    A request leaves its language active in the thread: another request sets its own, a test that makes none would not.
    """
    cache.clear()
    translation.deactivate()
