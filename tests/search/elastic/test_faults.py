"""Real processes and a real node, killed in the middle of their work: nothing is lost, nothing comes back, and nobody
who visits sees an error."""

import multiprocessing
import os
import re
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
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import ROOT, copied, url_of
from tests.leaving_out import leave_out
from tests.search.elastic import actor
from tests.search.elastic.conftest import URL, wipe

# What starts a node that may be killed; `.ci/test` uses the same.
START = ROOT.parent / "shared" / "elasticsearch" / "start"
# Actors are forks of one process that has loaded the site: loading it takes more than most of what they do.
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload([actor.__name__, "pytest"])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_until(true: Callable[[], bool], what: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)


@dataclass
class Node:
    """A node of our own, that may be killed."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> None:
        # It lives for seconds: compiling its code well would take longer than running it.
        quick = {"ELASTICSEARCH_NODE_HEAP": "512m", "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"}
        command = [str(START), "--port", str(self.port), *options]
        subprocess.run(command, check=True, env=os.environ | quick, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        os.kill(int((self.data / "pid").read_text()), signal.SIGKILL)
        wait_until(lambda: not answers(self.url), "the node is gone")

    def stop(self) -> None:
        subprocess.run([str(START.with_name("stop")), "--port", str(self.port)], check=True)
        shutil.rmtree(self.data)

    @property
    def data(self) -> Path:
        """Where its script keeps what is of this port."""
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        return Path(os.environ.get("ELASTICSEARCH_NODE_HOME", cache / "elasticsearch-node")) / f"data-{self.port}"


@dataclass
class Acts:
    """What is being done in a process of its own, and the file of what it says and of how it fails."""

    process: ForkServerProcess
    told: Path

    @property
    def said(self) -> str:
        return self.told.read_text()

    @property
    def over(self) -> bool:
        return not self.process.is_alive()

    def end(self, seconds: float = 120) -> int:
        """How it ended: 0, or 1 for a failure, or the number of a signal below 0."""
        self.process.join(seconds)
        assert self.process.exitcode is not None, self.said
        return self.process.exitcode

    def says(self, what: str, times: int = 1) -> None:
        """Wait until it has said this so many times."""
        wait_until(lambda: self.over or len(re.findall(what, self.said)) >= times, f"{what}: {self.said}")
        assert not self.over, self.said

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


@dataclass
class Site:
    """A database and an engine, and what is done with them in processes of their own."""

    database: str
    engine: str
    prefix: str
    folder: Path
    _started: list[Acts] = field(default_factory=list)

    def start(self, *acts: str) -> Acts:
        told = self.folder / f"told-{len(self._started)}"
        told.touch()
        given = (acts, self.database, self.engine, self.prefix, told)
        process = FORKING.Process(target=actor.perform, args=given)
        process.start()
        self._started.append(Acts(process, told))
        return self._started[-1]

    def act(self, *acts: str) -> str:
        """What they say; they succeed."""
        done = self.start(*acts)
        assert done.end() == 0, done.said
        return done.said

    def end(self) -> None:
        """Leave nothing running, whatever a test came to."""
        for acts in self._started:
            acts.kill()


@pytest.fixture
def site(node: str, django_db_setup: None, tmp_path: Path) -> Iterator[Callable[[str], Site]]:
    """Makes a site with a database of its own, and the engine at this address."""
    prefix, made = f"{node}-faults", list[Site]()
    base = dict(settings.DATABASES["default"])
    with copied(base) as database:

        def make(engine: str) -> Site:
            made.append(Site(url_of(base, database), engine, prefix, tmp_path))
            return made[-1]

        yield make
        for each in made:
            each.end()
    wipe(prefix)


def indices_of(site: Site) -> set[str]:
    """The names of the indices that a site has."""
    with urllib.request.urlopen(f"{site.engine}/_cat/indices/{site.prefix}-*?h=index", timeout=10) as answer:
        return set(answer.read().decode().split())


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
    assert killed.end() == -signal.SIGKILL
    # Its lease is not over: `sync` waits for nobody, since a later number wins over whatever comes late.
    said = here.act("index:status", "index:sync", "index:verify")
    assert "waiting: 0" not in said
    assert said.endswith("0 differences\n")


def test_synonyms_are_in_force_by_themselves_once_kept_and_the_index_is_the_same(site):
    here = site(URL)
    here.act("fill:30", "index:rebuild")
    before = indices_of(here)
    worker = here.start("do_tasks")
    said = here.act("keep_synonyms_and_look:3")
    worker.kill()
    assert said.count("in force") == 6
    assert indices_of(here) == before
    assert "0 differences" in here.act("index:verify")


def test_ten_thousand_random_writes_with_workers_killed_leave_no_difference(site):
    here = site(URL)
    here.act("fill:300", "index:rebuild")
    writers = [here.start("write:5000") for _ in range(2)]
    killed = 0
    while not all(writer.over for writer in writers):
        worker = here.start("work:300")
        # Killed at any point: of what it does after a bulk or some, or before where writers keep it waiting.
        paid_for_a_second(worker, 1 + killed % 3)
        worker.kill()
        killed += 1
    assert killed > 5
    assert [writer.end() for writer in writers] == [0, 0], [writer.said for writer in writers]
    said = here.act("synonyms:2", "index:sync --waiting", "index:sync", "index:status", "index:verify")
    assert "set aside: 0" in said
    assert said.endswith("0 differences\n")


def paid_for_a_second(worker: Acts, times: int) -> None:
    end = time.monotonic() + 1
    while worker.said.count("paid") < times and time.monotonic() < end:
        time.sleep(0.02)


def test_the_node_killed_in_the_middle_of_bulks_and_of_a_rebuild(site, own_node):
    here = site(own_node.url)
    here.act("fill:300", "index:rebuild")
    worker = here.start("work:60")
    # First, or the writer may be done before the first bulk on a machine that does other things.
    worker.says("at work")
    writer = here.start("write:1000")
    # One bulk: on a quick machine the worker may find everything written in it.
    worker.says("paid")
    own_node.kill()
    assert writer.end() == 0
    worker.kill()
    own_node.start()
    rebuild = here.start("rebuild_until_the_engine_dies:20")
    rebuild.says("in the middle")
    own_node.kill()
    assert rebuild.end() == 1
    assert "run this again" in rebuild.said
    own_node.start()
    assert here.act("index:rebuild", "index:sync", "index:verify").endswith("0 differences\n")


@dataclass
class Load:
    """Visitors, who ask again and again until the end; what they were answered, 0 for nothing at all."""

    addresses: list[str]

    def __post_init__(self) -> None:
        self.statuses: list[int] = []
        self.engines: list[str] = []
        # Between two visits of one visitor, in seconds.
        self.pause = 0.05
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=(address,)) for address in self.addresses]
        for thread in self._threads:
            thread.start()

    def _visit(self, address: str) -> None:
        while not self._over.wait(self.pause):
            try:
                with urllib.request.urlopen(address, timeout=20) as answer:
                    self.statuses.append(answer.status)
                    body = answer.read().decode()
            except OSError as error:
                self.statuses.append(getattr(error, "code", 0))
                continue
            if '"engine":' in body:
                self.engines.append("elasticsearch" if '"elasticsearch"' in body else "database")

    def wait_for(self, engine: str, times: int = 1) -> None:
        """Until it has answered so many times from now on."""
        seen = len(self.engines)
        wait_until(lambda: self.engines[seen:].count(engine) >= times, f"{engine} answers")

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


# What the database answers while there is no node is held on each by the tests of its engine and of the guard.
@pytest.mark.any_database
def test_no_error_while_the_node_is_killed_and_started_under_load(site, own_node):
    here = site(own_node.url)
    here.act("fill:300", "index:rebuild")
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": here.database,
        "DEBUG": "false",
        "ELASTICSEARCH_URL": here.engine,
        "ELASTICSEARCH_PREFIX": here.prefix,
        "API_REQUESTS_PER_MINUTE": "0",
        "BIND": f"127.0.0.1:{port}",
        # Compiled once for all runs, whatever the machine says.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "pycache"),
    }
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    command = [gunicorn, "-c", "site/config/gunicorn.py", "--preload", "config.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    web = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(f"{web}/healthz"), "the site answers")
        load = Load(
            [f"{web}/fr/immobilier/?q=atelier", f"{web}/en/premises/?type=activity", f"{web}/api/v1/properties"]
        )
        try:
            load.wait_for("elasticsearch")
            own_node.kill()
            load.wait_for("database", times=10)
            own_node.start()
            # On a busy machine all of them together would keep it from answering within a visitor's budget.
            load.pause = 0.5
            load.wait_for("elasticsearch")
        finally:
            load.end()
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert set(load.statuses) == {200}
    assert len(load.statuses) > 50


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except OSError:
        return False
    return True
