"""Search on Elasticsearch, from the page to the engine: `PYTHONPATH=site:. .venv/bin/python -m
tests.benchmarks.search_elastic --properties 100000`, with `--node` for another node than the local one.

Makes a database of its own (SQLite, in `--folder`, kept for the next run), fills an index from it as `search_index
rebuild` does, then searches at random over every facet, each search once, with the server's cache of answers switched
off. Says p50 and p95 of the page and of the engine's share of it, how fast the index was filled and how fast changes
reach it, what it takes on disk and in memory.
"""

import argparse
import time
from pathlib import Path

from tests.benchmarks.offering import ROOT, make_properties, measure, prepare


def fill() -> None:
    """Fill a new index, as a rebuild does, and say how fast."""
    from search.elastic import client, definition
    from search.elastic.indexing import indices, outbox, rebuilding, synonyms
    from search.models import IndexState

    synonyms.push()
    indices.sweep()
    name = indices.create()
    outbox.current_state()
    IndexState.objects.update(building=name)
    before = time.perf_counter()
    written = rebuilding._fill(name, print)
    took = time.perf_counter() - before
    print(f"filled: {written} properties in {took:.0f} s, {written / took:.0f} a second")
    indices.show(name)
    indices.put_in_force(name)
    IndexState.objects.update(building="", served=definition.alias(), missed_since=None)
    client.writer().indices.put_settings(index=name, settings={"index.requests.cache.enable": False})


def pay(number: int) -> None:
    """Owe the index so many properties, as an import does, pay, and say how fast each went."""
    from django.db import transaction

    from properties.models import Property
    from search.elastic.indexing import outbox
    from search.elastic.indexing.worker import QUEUE

    keys = list(Property.objects.order_by("pk").values_list("pk", flat=True)[:number])
    # What the demonstration left owed.
    QUEUE.sweep()
    for step in ("owed", "paid"):
        before = time.perf_counter()
        if step == "owed":
            with transaction.atomic():
                outbox.owe(keys)
        else:
            assert QUEUE.sweep() == len(keys)
        took = time.perf_counter() - before
        print(f"{step}: {len(keys)} changes in {took:.1f} s, {len(keys) / took:.0f} a second")


def sizes() -> None:
    from search.elastic import client, definition

    server = client.writer()
    store = server.indices.stats(index=definition.alias(), metric="store").body["_all"]["total"]["store"]
    (node,) = server.nodes.stats(metric="jvm,process").body["nodes"].values()
    heap = node["jvm"]["mem"]["heap_used_in_bytes"] / 1e6
    print(f"index: {store['size_in_bytes'] / 1e6:.0f} MB on disk; node: {heap:.0f} MB of heap in use")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--properties", type=int, default=10_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench-elastic")
    parser.add_argument("--node", default="http://127.0.0.1:9200", help="address of the node")
    parser.add_argument("--filled", action="store_true", help="search what an earlier run has filled")
    options = parser.parse_args()
    prepare(options.folder / str(options.properties), elasticsearch=options.node)
    make_properties(options.properties)
    if not options.filled:
        fill()
    pay(min(options.properties, 20_000))
    sizes()
    from search.elastic.guard import GuardedEngine

    measure(options.searches, GuardedEngine)


if __name__ == "__main__":
    main()
