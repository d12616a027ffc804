"""What the fault tests run in processes of their own: `python -m tests.search.elastic.actor VERB[:NUMBER] ...`.

The site is the one of the environment: DATABASE_URL, ELASTICSEARCH_URL, ELASTICSEARCH_PREFIX.
"""

import os
import random
import signal
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402  once Django is set up
from django.db import transaction  # noqa: E402

from properties.models import Property  # noqa: E402
from search.elastic import outbox, rebuilding, worker  # noqa: E402
from search.models import SynonymSet  # noqa: E402
from territory.models import Partner  # noqa: E402
from tests.search.world import TITLES, make_world, plain, publish  # noqa: E402

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
        some = drawn.sample(keys, drawn.randint(1, 40))
        kind = drawn.randrange(7)
        with transaction.atomic():
            chosen = Property.objects.filter(pk__in=some)
            if kind == 0:
                chosen.update(title_fr=drawn.choice(WORDS))
            elif kind == 1:
                chosen.update(state=drawn.choice(["on_market", "withdrawn", "under_offer", "draft"]))
            elif kind == 2:
                chosen.update(rent=drawn.randint(50, 400))
            elif kind == 3:
                for item in chosen[:4]:
                    item.description_fr = drawn.choice(WORDS)
                    item.save()
            elif kind == 4:
                chosen.filter(pk__in=some[:2]).delete()
            elif kind == 5:
                made = [plain(title=drawn.choice(WORDS)) for _ in range(3)]
                _publish_more(made, partner, drawn)
            else:
                chosen.update(title_fr="never")
                transaction.set_rollback(True)
        written += len(some)


def _publish_more(made: list, partner: Partner, drawn: random.Random) -> None:
    template = Property.objects.order_by("?").first()
    for offer in made:
        template.pk = None
        template.reference = f"NEW-{os.getpid()}-{drawn.getrandbits(40):x}"[:20]
        template.title_fr = offer.title
        template.save(force_insert=True)


def work(number: int) -> None:
    """Pay what is owed, again and again, for so many seconds."""
    end = time.monotonic() + number
    while time.monotonic() < end:
        if not worker.sweep():
            time.sleep(0.05)


def die_between_bulk_and_delete(_: str) -> None:
    """Write what is owed, and be killed before it is settled."""
    outbox.settle = lambda taken, failures: os.kill(os.getpid(), signal.SIGKILL)
    worker.sweep()


def rebuild_slowly(number: int) -> None:
    """A rebuild that takes a while: so many properties at a time, a pause after each."""
    rebuilding.CHUNK = number
    genuine = worker.documents

    def slowly(keys):
        time.sleep(0.2)
        sys.stdout.write("filling\n")
        sys.stdout.flush()
        return genuine(keys)

    worker.documents = slowly
    call_command("search_index", "rebuild")


def synonyms(number: int) -> None:
    """So many sets of synonyms."""
    for n in range(number):
        SynonymSet.objects.create(expressions=["atelier", f"fabrique{n}"])


def index(action: str) -> None:
    """`manage.py search_index`."""
    call_command("search_index", *action.split())


if __name__ == "__main__":
    for each in sys.argv[1:]:
        verb, _, given = each.partition(":")
        globals()[verb](int(given) if given.isdigit() else given)
