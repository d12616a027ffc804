"""What text search must find, written down: `offers.csv`, and in `queries.csv` what each query finds among them.

`finds` are the references that a query must return, and it must return no other; withdrawn offers and drafts are
there to be found by nothing. `typos.csv` holds misspelt queries, each with the text that must be suggested instead.
The synonyms are those of the demonstration.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.synonyms import seed_synonyms
from properties.choices import DEALS_WITH_DESK_PRICE, DEALS_WITH_PRICE, DEALS_WITH_RENT
from properties.models import Property
from search.criteria import Criteria
from search.engines import Engine
from search.loading import load_vocabulary
from territory.models import Commune
from tests.properties.factories import make_property

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Asked:
    """A query: the language it is in, what it shows, and the references it finds, no other."""

    language: str
    shows: str
    query: str
    finds: frozenset[str]


def queries() -> Iterator[Asked]:
    """The corpus, in its order."""
    for row in _rows("queries"):
        yield Asked(row["language"], row["shows"], row["query"], frozenset(row["finds"].split()))


def typos() -> dict[str, str]:
    """What must be suggested, by misspelt query."""
    return {row["query"]: row["suggestion"] for row in _rows("typos")}


def publish() -> None:
    """Put the offers and the synonyms of the corpus in the database, on the territory that is there."""
    seed_synonyms()
    for row in _rows("offers"):
        stated = dict.fromkeys(row.pop("features").split(), "yes")
        deal = row["deal"]
        money = {
            "rent": 118 if deal in DEALS_WITH_RENT else None,
            "price": 900_000 if deal in DEALS_WITH_PRICE else None,
            "desk_price": 250 if deal in DEALS_WITH_DESK_PRICE else None,
        }
        commune = Commune.objects.get(pk=row["insee"])
        make_property(**row, **stated, **money, latitude=commune.latitude, longitude=commune.longitude)


def found(engine: Engine, query: str) -> frozenset[str]:
    """References of all that the engine finds."""
    keys = engine.keys(Criteria(q=query), load_vocabulary())
    return frozenset(Property.objects.filter(pk__in=keys).values_list("reference", flat=True))


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))
