"""Real processes and a real node, killed in the middle of their work: nothing is lost, nothing comes back, and nobody
who visits sees an error."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import ROOT, database_of_its_own
from tests.search.elastic.conftest import URL, leave_out, wipe

# What starts a node that may be killed; `.ci/test` uses the same.
START = ROOT.parent / "shared" / "elasticsearch" / "start"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@dataclass
class Node:
    """A node of our own, that may be killed."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> None:
        environment = os.environ | {"ELASTICSEARCH_NODE_HEAP": "512m"}
        command = [str(START), "--port", str(self.port), *options]
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        os.kill(int((self.data / "pid").read_text()), signal.SIGKILL)
        while answers(self.url):
            time.sleep(0.05)

    def stop(self) -> None:
        subprocess.run([str(START.with_name("stop")), "--port", str(self.port)], check=True)
        shutil.rmtree(self.data)

    @property
    def data(self) -> Path:
        """Where its script keeps what is of this port."""
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        return Path(os.environ.get("ELASTICSEARCH_NODE_HOME", cache / "elasticsearch-node")) / f"data-{self.port}"


@dataclass
class Site:
    """A database and an engine, and what is done with them in processes of their own."""

    environment: dict[str, str]

    def start(self, *acts: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.search.elastic.actor", *acts]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def act(self, *acts: str) -> str:
        """What they say; they succeed."""
        process = self.start(*acts)
        said, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return said


@pytest.fixture
def site(node: str, django_db_setup: None) -> Iterator[Callable[[str], Site]]:
    """Makes a site with a database of its own, and the engine at this address."""
    with database_of_its_own(connection.vendor) as url:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DATABASE_URL": url,
            "DEBUG": "false",
            # Compiled once for all these processes, whatever the machine says.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "pycache"),
            "ELASTICSEARCH_PREFIX": f"{node}-faults",
            "API_REQUESTS_PER_MINUTE": "0",
        }
        yield lambda engine: Site(environment | {"ELASTICSEARCH_URL": engine})
    wipe(f"{node}-faults")


@pytest.fixture(scope="module")
def own_node(node: str) -> Iterator[Node]:
    """Up when a test begins, and when it ends: a node takes several seconds to start and to stop."""
    if not START.exists():
        leave_out(f"no node that may be killed: there is no {START}")
    made = Node(free_port())
    made.start("--clean")
    yield made
    made.stop()


def test_a_worker_killed_between_bulk_and_delete_is_made_good(site):
    here = site(URL)
    killed = here.start("fill:40", "index:rebuild", "write:200", "die_between_bulk_and_delete")
    assert killed.wait(timeout=120) == -signal.SIGKILL
    # Its lease is not over: `sync` waits for nobody, since a later number wins over whatever comes late.
    said = here.act("index:status", "index:sync", "index:verify")
    assert "waiting: 0" not in said
    assert said.endswith("0 differences\n")


def test_ten_thousand_random_writes_with_workers_killed_leave_no_difference(site):
    here = site(URL)
    here.act("fill:300", "index:rebuild")
    writers = [here.start("write:5000") for _ in range(2)]
    workers = [here.start("work:300")]
    while any(writer.poll() is None for writer in writers):
        workers.append(here.start("work:300"))
        time.sleep(4)
        kill(workers.pop(0))
    assert [writer.wait() for writer in writers] == [0, 0]
    kill(*workers)
    said = here.act("synonyms:2", "index:sync --waiting", "index:sync", "index:status", "index:verify")
    assert "set aside: 0" in said
    assert said.endswith("0 differences\n")


def test_the_node_killed_in_the_middle_of_bulks_and_of_a_rebuild(site, own_node):
    here = site(own_node.url)
    here.act("fill:300", "index:rebuild")
    writer, worker = here.start("write:3000"), here.start("work:60")
    time.sleep(4)
    own_node.kill()
    assert writer.wait(timeout=60) == 0
    kill(worker)
    own_node.start()
    rebuild = here.start("rebuild_slowly:20")
    while "filling" not in rebuild.stdout.readline():
        assert rebuild.poll() is None
    time.sleep(0.5)
    own_node.kill()
    assert rebuild.wait(timeout=60) == 1
    assert "run this again" in rebuild.stderr.read()
    own_node.start()
    assert here.act("index:rebuild", "index:sync", "index:verify").endswith("0 differences\n")


def kill(*processes: "subprocess.Popen[str]") -> None:
    for process in processes:
        process.kill()
        process.communicate()


@dataclass
class Load:
    """Visitors, who ask again and again until the end; what they were answered."""

    addresses: list[str]

    def __post_init__(self) -> None:
        self.statuses: list[int] = []
        self.engines: list[str] = []
        self.slowest = 0.0
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=(address,)) for address in self.addresses]
        for thread in self._threads:
            thread.start()

    def _visit(self, address: str) -> None:
        while not self._over.is_set():
            before = time.monotonic()
            try:
                with urllib.request.urlopen(address, timeout=20) as answer:
                    self.statuses.append(answer.status)
                    body = answer.read().decode()
            except urllib.error.HTTPError as error:
                self.statuses.append(error.code)
                continue
            self.slowest = max(self.slowest, time.monotonic() - before)
            if '"engine":' in body:
                self.engines.append("elasticsearch" if '"elasticsearch"' in body else "database")

    def wait_for(self, engine: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        seen = len(self.engines)
        while engine not in self.engines[seen:]:
            assert time.monotonic() < end, f"{engine} never answered"
            time.sleep(0.1)

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


def test_no_error_while_the_node_is_killed_and_started_under_load(site, own_node):
    here = site(own_node.url)
    here.act("fill:300", "index:rebuild")
    port = free_port()
    command = [str(Path(sys.executable).with_name("gunicorn")), "-c", "site/config/gunicorn.py", "config.wsgi"]
    environment = here.environment | {"BIND": f"127.0.0.1:{port}"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    web = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(f"{web}/healthz")
        load = Load(
            [f"{web}/fr/immobilier/?q=atelier", f"{web}/en/premises/?type=activity", f"{web}/api/v1/properties"]
        )
        try:
            load.wait_for("elasticsearch")
            own_node.kill()
            load.wait_for("database")
            time.sleep(2)
            own_node.start()
            load.wait_for("elasticsearch")
        finally:
            load.end()
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert set(load.statuses) == {200}
    assert len(load.statuses) > 50


def wait_until_up(url: str) -> None:
    for _ in range(200):
        if answers(url):
            return
        time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except OSError:
        return False
    return True
