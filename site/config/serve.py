"""Entry point of `make run`: `python -m config.serve 127.0.0.1:8000`, with `site/` on the path.

Migrates, publishes the demonstration, then runs the web server and the task worker together. For a trial or a
developer's machine; in production each is a service of its own. Ctrl-C ends both, and the end of either ends the other:
a site without outgoing mail must not look healthy.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import django
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config.releases import set_aside

MANAGE = [sys.executable, str(Path(__file__).resolve().parents[2] / "manage.py")]
GRACE_SECONDS = 15


def prepare() -> None:
    """Migrate the database and publish the missing parts of the demonstration.

    In this process: starting another takes longer than either step when nothing is to do.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    bring_up_to_date()
    call_command("demo")


def bring_up_to_date() -> None:
    """Migrate the database; one made before the first release is set aside, and a new one made."""
    former_path = set_aside(connection, timezone.localdate())
    if former_path:
        print(f"The database was made before the first release: it is kept as {former_path}, and a new one is made.")
    print("migrations ...", end=" ", flush=True)
    if former_path:
        # In a process of its own: some migrations of packages look at the database when they are imported
        # (`wagtail_localize.0001_initial`), and those of this process looked at the one that was set aside.
        subprocess.run([*MANAGE, "migrate", "--verbosity=0"], check=True)
    else:
        call_command("migrate", verbosity=0)
    print("done", flush=True)


def commands(address: str) -> list[list[str]]:
    """Return the command lines of the web server and the worker."""
    return [[*MANAGE, "runserver", address, "--noreload"], [*MANAGE, "db_worker", "--interval", "1"]]


class _StoppedError(Exception):
    """A requested stop."""


def _stop(signum: int, frame: FrameType | None) -> None:
    raise _StoppedError


def run_together(command_lines: Sequence[Sequence[str]]) -> int:
    """Start all commands; when one ends, or on SIGINT or SIGTERM, end the others; return the exit code.

    0 for a requested stop, else the code of the first process to end (1 if its code was 0).
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    # Own sessions: Ctrl-C reaches only this process, and each child is ended once.
    processes = [subprocess.Popen(line, start_new_session=True) for line in command_lines]
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
        code = next(process.returncode for process in processes if process.poll() is not None) or 1
    except _StoppedError:
        code = 0
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    _end(processes)
    return code


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    try:
        prepare()
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run_together(commands(sys.argv[1])))
