"""Time and memory of a large import: `PYTHONPATH=site:. .venv/bin/python -m tests.benchmarks.import_properties`.

On a database of its own (SQLite in a temporary folder unless DATABASE_URL says another, which is emptied of nothing).
With `--peer`, django-import-export reads the same file into the same table instead: run both, each in a process of its
own, to compare. Install it by hand (`.venv/bin/uv pip install django-import-export`), it is no dependency of the
product; `import_peer` says what it does and what it leaves out.
"""

import argparse
import csv
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def write_file(path: Path, number: int) -> None:
    """Rows such as an agency's: every kind of cell, half of them with a point."""
    header = "reference;type;deal;surface;rent;insee;title_fr;description_fr;available_from;fibre;latitude;longitude"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(header.split(";"))
        for row in range(number):
            point = ("48,7875", "2,3928") if row % 2 else ("", "")
            kind = ("office", "Entrepôt", "activity")[row % 3]
            words = (f"Locaux {row}", f"Plateau clair numéro {row}, cour fermée, accès direct.")
            surface = f"{120 + row % 3000},50"
            writer.writerow(
                [f"B-{row}", kind, "rent", surface, 90 + row % 200, "94081", *words, "01/03/2027", "oui", *point]
            )


def ours(path: Path, *, again: bool) -> None:
    """The product's import: what is known is found by the rows alone, `again` or not."""
    from properties.importing.service import import_file
    from territory.models import Partner

    report = import_file(path=path, source="bench", partner=Partner.objects.get(slug="ept"))
    print(f"created {len(report.created)}, unchanged {len(report.unchanged)}, rejected {len(report.rejections)}")


def peer(path: Path, *, again: bool) -> None:
    try:
        from tests.benchmarks.import_peer import import_file
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"--peer needs {error.name}: .venv/bin/uv pip install django-import-export, then run this again."
        ) from None
    import_file(path, again=again)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--again", action="store_true", help="then the same file once more: nothing changes")
    parser.add_argument("--peer", action="store_true", help="django-import-export instead of the product's import")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        # Development keeps every query in memory otherwise.
        settings.DEBUG = False
        call_command("migrate", verbosity=0)
        call_command("load_territory", verbosity=0)
        path = Path(folder) / "bench.csv"
        write_file(path, options.rows)
        for label in ["new", "again"][: 1 + options.again]:
            wall, user = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
            (peer if options.peer else ours)(path, again=label == "again")
            after = resource.getrusage(resource.RUSAGE_SELF)
            print(
                f"{label}: {options.rows} rows, {time.perf_counter() - wall:.1f} s,"
                f" user {after.ru_utime - user.ru_utime:.1f} s, system {after.ru_stime - user.ru_stime:.1f} s,"
                f" peak {after.ru_maxrss / 1024:.0f} MB"
            )


if __name__ == "__main__":
    main()
