"""`make bench`, or `PYTHONPATH=site:. .venv/bin/python -m tests.benchmarks.pages --properties 240 10000`.

Measures the bare view first, then each page at each size. Milliseconds are of processor, scaled to the machine of the
goals, on which the bare view takes 0.98 ms. Prints one table, writes it with a chart into `--folder`.
"""

import argparse
import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

from tests.benchmarks.pages.chart import chart
from tests.benchmarks.pages.load import Answers, ask
from tests.benchmarks.pages.prepared_site import prepare
from tests.benchmarks.pages.serving import ROOT, serve

# Milliseconds of processor that the bare view takes on the machine of the goals.
REFERENCE = 0.98


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--properties", type=int, nargs="+", default=[240])
    parser.add_argument("--enquiries", type=int, nargs="+", default=[40])
    parser.add_argument("--seconds", type=float, default=3, help="for each page")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    bare = _bare(options.folder / "bare.log", options.seconds)
    print(f"bare view: {bare.milliseconds:.2f} ms of processor, {bare.per_second:.0f} answers a second", flush=True)
    scale = REFERENCE / bare.milliseconds
    lines, bars = [], []
    for properties, enquiries in product(options.properties, options.enquiries):
        lines += ["", f"{properties} premises, {enquiries} enquiries", _HEAD]
        for row in _site(options.folder / f"{properties}-{enquiries}", properties, enquiries, options.seconds):
            lines.append(_line(row, scale, bare))
            bars.append((f"{row['name']} · {properties}", row["milliseconds"] * scale, row["goal"]))
    print("\n".join(lines))
    (options.folder / "table.txt").write_text("\n".join(lines) + "\n")
    (options.folder / "chart.svg").write_text(chart(bars))
    print(f"\ntable and chart: {options.folder}")


def _bare(log: Path, seconds: float) -> Answers:
    with serve("tests.benchmarks.pages.bare", {"PYTHONPATH": "site:."}, log) as server:
        return ask(server, "/", seconds=seconds)


def _site(folder: Path, properties: int, enquiries: int, seconds: float) -> list[dict[str, Any]]:
    environment = prepare(folder, properties=properties, enquiries=enquiries)
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.pages.measuring", str(seconds), str(folder / "server.log")],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


_HEAD = f"{'page':28} {'ms':>7} {'goal':>5} {'engine':>7} {'queries':>9} {'KB':>6} {'a second':>9} {'× bare':>7}"


def _line(row: dict[str, Any], scale: float, bare: Answers) -> str:
    """A row of the table; `!` marks what is above its goal."""
    milliseconds, engine, goal = row["milliseconds"] * scale, row["engine"] * scale, row["goal"]
    above = "!" if goal is not None and milliseconds - engine > goal else " "
    too_many = "!" if row["most_queries"] is not None and row["queries"] > row["most_queries"] else " "
    most = f"/{row['most_queries']}" if row["most_queries"] is not None else ""
    return (
        f"{row['name']:28} {milliseconds:6.1f}{above} {goal or '':>5} {engine or 0:7.1f} "
        f"{str(row['queries']) + most:>8}{too_many} {row['size'] / 1024:6.0f} {row['per_second']:9.1f} "
        f"{row['per_second'] / bare.per_second:7.3f}"
    )


if __name__ == "__main__":
    main()
