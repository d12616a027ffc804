"""What the benchmarks of the search share: a database of their own, a made-up offering of any size, random searches,
and the time that pages and their engine take."""

import gc
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Properties that are made one by one; the others are theirs over again with other figures.
MADE = 10_000
FACETS = ("type", "deal", "commune", "surface", "rent", "price", "available", "station", "line", "condition", "lease")
WORDS = ("atelier", "cour", "bureau lumineux", "entrepôt", "plateau divisible", "quai", "Rungis", "local d’activité")
# The first searches warm up the process and the node: they are not counted.
WARMING = 20


def prepare(folder: Path, *, elasticsearch: str) -> None:
    """Set Django up on a database in this folder, with the demonstration in it; `elasticsearch` is an address or ""."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    os.environ["ELASTICSEARCH_URL"] = elasticsearch
    os.environ.setdefault("ELASTICSEARCH_PREFIX", "bench")
    os.environ["DEBUG"] = "false"
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0)


def make_properties(number: int) -> None:
    """So many properties: the first one by one, the others copied in SQL, each with its walks."""
    from django.db import connection
    from django.db.models import QuerySet

    from properties.models import NearbyStation, Property

    if Property.objects.count() >= number:
        return
    started, drawn = time.perf_counter(), random.Random(12)
    first = list(_properties(drawn, min(number, MADE)))
    # Not by the manager of properties: the index of the database is filled once, at the end.
    QuerySet(Property).bulk_create((made for made, _walks in first), batch_size=200)
    QuerySet(NearbyStation).bulk_create(
        (
            NearbyStation(property=made, station_id=slug, minutes=minutes)
            for made, near in first
            for slug, minutes in near
        ),
        batch_size=500,
    )
    lowest, highest = first[0][0].pk, first[-1][0].pk
    changed = {
        "id": "id + :by",
        "reference": "reference || '-' || :n",
        "surface": "surface + :n * 7 % 900",
        "rent": "rent + :n % 60",
        "verified_on": "date(verified_on, '-' || (:n % 50) || ' days')",
    }
    columns = [field.column for field in Property._meta.concrete_fields]
    own = Property._meta.db_table
    near = NearbyStation._meta.db_table
    with connection.cursor() as cursor:
        for n in range(1, -(-number // MADE)):
            by = n * (highest - lowest + 1)
            values = [changed.get(column, column).replace(":by", str(by)).replace(":n", str(n)) for column in columns]
            cursor.execute(
                f"INSERT INTO {own} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {own}"
                f" WHERE id BETWEEN {lowest} AND {highest}"
            )
            cursor.execute(
                f"INSERT INTO {near} (property_id, station_id, minutes) SELECT property_id + {by}, station_id, minutes"
                f" FROM {near} WHERE property_id BETWEEN {lowest} AND {highest}"
            )
    print(f"{number} properties, made in {time.perf_counter() - started:.0f} s", flush=True)


def _properties(drawn: random.Random, number: int) -> Iterator[tuple]:
    from datetime import date, timedelta

    from properties.choices import DEALS_WITH_PRICE, DEALS_WITH_RENT, Condition, Deal, Feature, Kind, Lease
    from properties.models import Property
    from properties.services import walkable
    from territory.models import Commune, Partner, Station

    partner = Partner.objects.first()
    communes, stations = list(Commune.objects.all()), list(Station.objects.all())
    titles = ("Atelier avec cour", "Local d’activité", "Entrepôts neufs", "Bureaux lumineux", "Plateau divisible")
    for n in range(number):
        commune, deal, kind = drawn.choice(communes), drawn.choice(Deal.values), drawn.choice(Kind.values)
        surface = drawn.choice([40, 90, 180, 400, 800, 1_800, 3_500, 9_000]) + drawn.randrange(60)
        made = Property(
            reference=f"B{n}",
            state="on_market",
            kind=kind,
            deal=deal,
            surface=surface,
            divisible_from=drawn.choice([None, None, surface // 2 + 1]),
            rent=drawn.choice([None, drawn.randint(60, 380)]) if deal in DEALS_WITH_RENT else None,
            price=drawn.randint(100_000, 6_000_000) if deal in DEALS_WITH_PRICE else None,
            available_from=drawn.choice([None, date(2026, 11, 1) + timedelta(days=drawn.randrange(700))]),
            lease=drawn.choice(["", *Lease.values]),
            condition="" if kind == Kind.LAND else drawn.choice(["", *Condition.values]),
            commune=commune,
            precision="commune",
            public_latitude=commune.latitude + drawn.uniform(-0.01, 0.01),
            public_longitude=commune.longitude + drawn.uniform(-0.015, 0.015),
            title={"fr": f"{drawn.choice(titles)} {commune.name}"},
            description={"fr": " ".join(drawn.choice(WORDS) for _ in range(12))},
            verified_on=date(2026, 11, 20) - timedelta(days=drawn.randrange(90)),
            partner=partner,
            **{feature.value: drawn.choice(feature.answers.values) for feature in Feature},
        )
        yield made, [(near.station_id, near.minutes) for near in walkable(made, stations)]


def searches(number: int) -> Iterator[str]:
    """Addresses: one to five facets, one or two values of each, sometimes words, a range, a sort, a walk."""
    from search.criteria import Criteria
    from search.loading import load_vocabulary

    vocabulary, drawn = load_vocabulary(), random.Random(27)
    for _ in range(number):
        criteria = Criteria(
            q=drawn.choice(["", "", "", drawn.choice(WORDS)]),
            rent_max=drawn.choice([None, None, None, 200]),
            area_min=drawn.choice([None, None, None, 300]),
            walk_max=drawn.choice([None, None, 5, 10]),
            sort=drawn.choice(["", "", "rent", "surface", "walk"]),
        )
        for name in drawn.sample(FACETS, drawn.randint(1, 4)):
            values = tuple(sorted(drawn.sample(vocabulary.values[name], drawn.randint(1, 2))))
            criteria = replace(criteria, **{name: values})
        if drawn.random() < 0.3:
            criteria = replace(criteria, feature=(drawn.choice(vocabulary.values["feature"]),))
        yield criteria.query_string


Clock = Callable[[], float]


class Stopwatch:
    """Seconds that the engine took, of the page that is made now; and which engine answered, of all pages."""

    def __init__(self, clock: Clock) -> None:
        self.seconds, self.answered = 0.0, Counter[str]()
        self._clock = clock

    @contextmanager
    def running(self) -> Iterator[None]:
        before = self._clock()
        yield
        self.seconds += self._clock() - before

    def around(self, method: Callable) -> Callable:
        from search.engines.results import Results

        def timed(*arguments: object, **named: object) -> object:
            with self.running():
                found = method(*arguments, **named)
            if isinstance(found, Results):
                self.answered[found.engine] += 1
            return found

        return timed


def plain_loop(clock: Clock) -> float:
    """Seconds of 100,000 turns: how fast the machine is now, since other machines on the same host may halve it."""
    before, total = clock(), 0
    for turn in range(100_000):
        total += turn * turn
    return clock() - before


def measure(number: int, engine: type, clock: Clock = time.perf_counter) -> None:
    """Each search once, as a page; then its engine's share."""
    from django.test import Client

    watch, client = Stopwatch(clock), Client(headers={"host": "127.0.0.1"})
    for name in ("search", "count", "nearest"):
        setattr(engine, name, watch.around(getattr(engine, name)))
    pages, shares, totals, loops = [], [], [], []
    for turn, query in enumerate(searches(number + WARMING)):
        if turn == WARMING:
            # As gunicorn's processes do (site/config/gunicorn.py).
            gc.collect()
            gc.freeze()
            watch.answered.clear()
        watch.seconds, before = 0.0, clock()
        answer = client.get(f"/fr/immobilier/?{query}")
        took = clock() - before
        assert answer.status_code == 200, (query, answer.status_code)
        if turn >= WARMING:
            pages.append(took * 1000)
            shares.append(watch.seconds * 1000)
            totals.append(_total(answer.content.decode()))
            loops.append(plain_loop(clock) * 1000)
    say("page", pages)
    say("engine", shares)
    say("a plain loop of 100,000 turns meanwhile", loops)
    answered = ", ".join(f"{engine} {times}" for engine, times in watch.answered.items())
    print(f"{number} searches ({answered}), {statistics.median(totals):.0f} properties found by half of them")


def _total(page: str) -> int:
    """What its heading says; a page is not looked into as tests do, which takes a copy of each template's context."""
    return int(re.sub(r"\D", "", page.partition('<h1 class="numeral"')[2].partition("<span")[0].partition(">")[2]))


def say(label: str, taken: list[float]) -> None:
    """The median, the 95th in a hundred and the longest of these milliseconds."""
    cuts = statistics.quantiles(taken, n=20)
    print(
        f"{label}: p50 {statistics.median(taken):.0f} ms, p95 {cuts[-1]:.0f} ms, longest {max(taken):.0f} ms",
        flush=True,
    )
