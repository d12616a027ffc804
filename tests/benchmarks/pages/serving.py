"""Processes of a web server, started as the README says, and the time they take on the processor."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running web server: its port on this machine, and the process that started the others."""

    port: int
    pid: int

    def processor(self) -> float:
        """Seconds of processor that its processes have taken so far."""
        pids, taken = [self.pid], 0
        while pids:
            pid = pids.pop()
            # After the name, which may hold spaces: fields 14 and 15 of proc(5), `utime` and `stime`.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            taken += int(fields[11]) + int(fields[12])
            pids += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return taken / _TICK


@contextmanager
def serve(application: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Serve a WSGI application by gunicorn with the site's own configuration; ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "site/config/gunicorn.py", "--log-level", "error", application],
            cwd=ROOT,
            env={**os.environ, **environment, "BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2"},
            stderr=lines,
        )
        try:
            _wait(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(port: int, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no server on port {port} after {seconds:.0f} s")
