"""One site measured, in a process under its own settings: prints a line of JSON for each subject.

Queries and the engine's share are counted in this process; time, bytes and answers a second are those of the server.
"""

import json
import logging
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

import django

from tests.benchmarks.pages.load import HOST, ask
from tests.benchmarks.pages.serving import serve

# Once for what the process keeps, then those whose middle one counts.
TURNS = 7


def main(seconds: float, log: Path) -> None:
    django.setup()
    logging.disable(logging.WARNING)  # a page that is not found is measured too
    from tests.benchmarks.pages.subjects import officer_cookie, subjects

    cookie = officer_cookie()
    with serve("config.wsgi", {}, log) as server:
        for subject in subjects():
            queries, engine = _inside(subject.address, cookie if subject.as_officer else "")
            answers = ask(
                server,
                subject.address,
                cookie=cookie if subject.as_officer else "",
                expected=subject.status,
                seconds=seconds,
            )
            row = {
                "name": subject.name,
                "goal": subject.milliseconds,
                "most_queries": subject.queries,
                "engine": engine if subject.searches else 0.0,
                "queries": queries,
                **asdict(answers),
            }
            print(json.dumps(row), flush=True)


def _inside(address: str, cookie: str) -> tuple[int, float]:
    """Queries of one answer, and milliseconds of processor that the engine took of it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from search.engines import DatabaseEngine
    from tests.benchmarks.offering import Stopwatch

    client = Client(headers={"host": HOST, "x-forwarded-proto": "https", "cookie": cookie})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        _read(client.get(address))
    queries = len(captured)  # the next request forgets them
    watch, methods = Stopwatch(time.process_time), ("search", "count", "nearest")
    kept = {name: getattr(DatabaseEngine, name) for name in methods}
    shares = []
    try:
        for name in methods:
            setattr(DatabaseEngine, name, watch.around(kept[name]))
        for _turn in range(TURNS):
            watch.seconds = 0.0
            _read(client.get(address))
            shares.append(watch.seconds * 1000)
    finally:
        for name, method in kept.items():
            setattr(DatabaseEngine, name, method)
    return queries, sorted(shares)[TURNS // 2]


def _read(response: object) -> None:
    """Have a streamed answer made to its end."""
    if getattr(response, "streaming", False):
        b"".join(response)  # type: ignore[call-overload]


if __name__ == "__main__":
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.base"
    main(float(sys.argv[1]), Path(sys.argv[2]))
