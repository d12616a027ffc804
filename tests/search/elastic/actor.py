"""What the fault tests have done in processes of their own: acts such as `write:200`, one after the other.

Whoever imports this has loaded the site, with the settings of the tests; `perform` is run in a fork of that.
"""

import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
import environ
from django.apps import apps

if not apps.ready:
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from properties.models import Property
from search.criteria import Criteria
from search.elastic import client
from search.elastic.indexing import rebuilding, worker
from search.elastic.indexing.worker import QUEUE
from search.engines.results import Degraded
from search.loading import load_vocabulary
from search.models import SynonymSet
from search.services import engine_in_force
from territory.models import Partner
from tests.search.world import TITLES, make_world, plain, publish

WORDS = ("verrière", "halle", "plateau", "serre", "cour")


def fill(number: int) -> None:
    """A small world and so many properties."""
    publish([plain(title=TITLES[n % len(TITLES)], surface=50 + n % 700) for n in range(number)], make_world())


def write(number: int) -> None:
    """So many properties written, in random ways: one, many, new, gone, undone."""
    drawn = random.Random(os.getpid())
    partner, written = Partner.objects.get(), 0
    while written < number:
        keys = list(Property.objects.values_list("pk", flat=True))
        some = drawn.sample(keys, drawn.randint(1, min(40, len(keys))))
        kind = drawn.randrange(7)
        with transaction.atomic():
            chosen = Property.objects.filter(pk__in=some)
            # In order: PostgreSQL would end one of two writers that wait for each other's rows.
            list(chosen.select_for_update().order_by("pk").values_list("pk"))
            if kind == 0:
                chosen.update(title={"fr": drawn.choice(WORDS)})
            elif kind == 1:
                chosen.update(state=drawn.choice(["on_market", "withdrawn", "under_offer", "draft"]))
            elif kind == 2:
                chosen.update(rent=drawn.randint(50, 400))
            elif kind == 3:
                for item in chosen[:4]:
                    item.description = {"fr": drawn.choice(WORDS)}
                    item.save()
            elif kind == 4:
                chosen.filter(pk__in=some[:2]).delete()
            elif kind == 5:
                made = [plain(title=drawn.choice(WORDS)) for _ in range(3)]
                _publish_more(made, partner, drawn)
            else:
                chosen.update(title={"fr": "never"})
                transaction.set_rollback(True)
        written += len(some)


def _publish_more(made: list, partner: Partner, drawn: random.Random) -> None:
    template = Property.objects.order_by("?").first()
    for offer in made:
        template.pk = None
        template.reference = f"NEW-{os.getpid()}-{drawn.getrandbits(40):x}"[:20]
        template.title = {"fr": offer.title}
        template.save(force_insert=True)


def work(number: int) -> None:
    """Pay what is owed, again and again, for so many seconds; says when it begins, and after each bulk."""
    genuine = QUEUE.settle

    def settle(claim, failures, at):
        genuine(claim, failures, at)
        sys.stdout.write("paid\n")

    QUEUE.settle = settle
    sys.stdout.write("at work\n")
    end = time.monotonic() + number
    while time.monotonic() < end:
        if not QUEUE.sweep():
            time.sleep(0.05)


def die_between_bulk_and_delete(_: str) -> None:
    """Write what is owed, and be killed before it is settled."""
    QUEUE.settle = lambda claim, failures, at: os.kill(os.getpid(), signal.SIGKILL)
    QUEUE.sweep()


def rebuild_until_the_engine_dies(number: int) -> None:
    """A rebuild of so many properties at a time, that goes on after the second time once the engine is gone."""
    rebuilding.CHUNK = number
    genuine, times = worker.documents, itertools.count(1)

    def held(keys):
        if next(times) == 3:
            sys.stdout.write("in the middle\n")
            while client.writer().ping():
                time.sleep(0.05)
        return genuine(keys)

    worker.documents = held
    call_command("search_index", "rebuild")


def synonyms(number: int) -> None:
    """So many sets of synonyms."""
    for n in range(number):
        SynonymSet.objects.create(expressions=["atelier", f"fabrique{n}"])


def do_tasks(_: str) -> None:
    """`manage.py db_worker`, as it is run beside a site."""
    call_command("db_worker", "--interval", "1")


def keep_synonyms_and_look(number: int) -> None:
    """Keep sets of synonyms, then change them; says when each is in force for a visitor."""
    # However busy the machine is, it is the index that answers.
    client.BUDGET = 30.0
    for n in range(number):
        kept = SynonymSet.objects.create(expressions=["atelier", f"fabrique{n}"])
        _say_when(lambda word=f"fabrique{n}": _found(word) > 0)
        kept.expressions = ["atelier", f"manufacture{n}"]
        kept.save()
        _say_when(lambda word=f"fabrique{n}": _found(word) == 0)


def _found(word: str) -> int:
    engine = engine_in_force()
    answer = engine.search(Criteria(q=word), load_vocabulary(), page_size=1, facets=False)
    assert (answer.engine, answer.degraded) == (engine.name, (Degraded.FACETS, Degraded.MAP)), answer
    return answer.total


def _say_when(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.05)
    sys.stdout.write("in force\n")


def index(action: str) -> None:
    """`manage.py search_index`."""
    call_command("search_index", *action.split())


def perform(acts: tuple[str, ...], database: str, engine: str, prefix: str, told: Path) -> None:
    """Do these, `VERB` or `VERB:ARGUMENT`, with this database and this engine; what is said is written in a file."""
    connection.settings_dict["NAME"] = environ.Env.db_url_config(database)["NAME"]
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = engine, prefix
    # Open to the end of the process: how it fails is written there too.
    sys.stdout = sys.stderr = told.open("a", buffering=1)
    for act in acts:
        verb, _, given = act.partition(":")
        globals()[verb](int(given) if given.isdigit() else given)
