"""The web server and the worker live and die together."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from config.serve import commands

SITE = Path(__file__).resolve().parents[2] / "site"
FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]


def program(lines: str) -> list[str]:
    return [sys.executable, "-c", lines]


def supervise(*command_lines: list[str]) -> "subprocess.Popen[str]":
    script = f"import sys; sys.path.insert(0, {str(SITE)!r}); from config.serve import run_together; "
    script += f"sys.exit(run_together({list(command_lines)!r}))"
    return subprocess.Popen(program(script), stdout=subprocess.PIPE, text=True)


def test_what_is_run():
    server, worker = commands("127.0.0.1:8000")
    assert server[-3:] == ["runserver", "127.0.0.1:8000", "--noreload"]
    assert "db_worker" in worker


def test_the_end_of_one_is_the_end_of_the_other():
    supervisor = supervise(FOREVER, program("import sys; sys.exit(3)"))
    assert supervisor.wait(timeout=20) == 3


def test_an_end_without_complaint_is_still_a_failure():
    assert supervise(FOREVER, program("")).wait(timeout=20) == 1


def test_ctrl_c_ends_both_and_leaves_none_behind(tmp_path):
    marks = [tmp_path / "one", tmp_path / "two"]
    child = (
        "import signal, sys, time; "
        "signal.signal(signal.SIGTERM, lambda *_: (open({path!r}, 'a').write('ended'), sys.exit())); "
        "open({path!r}, 'w').write('started '); time.sleep(60)"
    )
    supervisor = supervise(*[program(child.format(path=str(mark))) for mark in marks])
    deadline = time.monotonic() + 20
    while not all(mark.exists() and mark.read_text() for mark in marks) and time.monotonic() < deadline:
        time.sleep(0.05)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(timeout=20) == 0
    assert [mark.read_text() for mark in marks] == ["started ended"] * 2
