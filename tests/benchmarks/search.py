"""Search on the database, from the page to the engine: `PYTHONPATH=site:. .venv/bin/python -m tests.benchmarks.search
--properties 10000`.

Makes a database of its own (SQLite, in `--folder`, kept for the next run) and its index, then searches at random over
every facet, each search once; nothing is cached. All of it happens in this process, whose time on the processor is
measured (`--wall`: by the clock on the wall), so that the machine's other work is left out. Says p50 and p95 of the
page and of the engine's share of it; and of hits and total alone, which is what the database answers above 20,000
properties while Elasticsearch is down (`--hits`: nothing else; rows of the index are then copied, which takes a minute
for a million).
"""

import argparse
import time
from pathlib import Path

from tests.benchmarks.offering import MADE, ROOT, WARMING, Clock, make_properties, measure, prepare, say, searches

# Budgets in ms at 10,000 properties.
ENGINE_P95, PAGE_P95 = 25, 60


def fill(number: int) -> None:
    """The index of the database, unless an earlier run has left it."""
    from search import services
    from search.engines.database import table

    if len(table.keys()) < number:
        before = time.perf_counter()
        services.rebuild_index()
        took = time.perf_counter() - before
        print(f"indexed: {number} properties in {took:.0f} s, {number / took:.0f} a second", flush=True)


def copy_rows(number: int) -> None:
    """The rows of the index and their words over again, up to so many."""
    from django.db import connection

    from search.engines.database import table, textindex

    columns = ["property_id + :by", "reference || '-' || :n", *table.COLUMNS[2:]]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), MIN(property_id), MAX(property_id) FROM {table.TABLE}")
        there, lowest, highest = cursor.fetchone()
        for n in range(1, -(-number // there)):
            by = n * (highest - lowest + 1)
            values = ", ".join(columns).replace(":by", str(by)).replace(":n", str(n))
            within = f"BETWEEN {lowest} AND {highest}"
            cursor.execute(
                f"INSERT INTO {table.TABLE} ({', '.join(table.COLUMNS)})"
                f" SELECT {values} FROM {table.TABLE} WHERE property_id {within}"
            )
            cursor.execute(
                f"INSERT INTO {textindex.TABLE} (rowid, head, body) SELECT rowid + {by}, head, body"
                f" FROM {textindex.TABLE} WHERE rowid {within}"
            )


def measure_hits(number: int, clock: Clock) -> None:
    """Each search once: a page of hits and the total, nothing counted beside the filters."""
    from django.http import QueryDict

    from search import services
    from search.engines import DatabaseEngine
    from search.loading import load_vocabulary
    from search.parsing import parse

    vocabulary, taken = load_vocabulary(), []
    for turn, query in enumerate(searches(number + WARMING)):
        criteria, _problems = parse(QueryDict(query), vocabulary)
        before = clock()
        DatabaseEngine().search(criteria, vocabulary, page_size=services.PAGE_SIZE, facets=False)
        if turn >= WARMING:
            taken.append((clock() - before) * 1000)
    say("hits and total", taken)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--properties", type=int, default=10_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench-search")
    parser.add_argument("--hits", action="store_true", help="hits and total only")
    parser.add_argument("--wall", action="store_true", help="by the clock on the wall")
    options = parser.parse_args()
    clock = time.perf_counter if options.wall else time.process_time
    prepare(options.folder / f"{options.properties}{'-hits' if options.hits else ''}", elasticsearch="")
    made = min(options.properties, MADE) if options.hits else options.properties
    make_properties(made)
    fill(made)
    if options.hits:
        copy_rows(options.properties)
    else:
        from search.engines import DatabaseEngine

        measure(options.searches, DatabaseEngine, clock)
        print(f"budget at 10,000: engine p95 {ENGINE_P95} ms, page p95 {PAGE_P95} ms")
    measure_hits(options.searches, clock)


if __name__ == "__main__":
    main()
