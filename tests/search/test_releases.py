"""A changed list, or a new facet: what the release before packed is never misread, and is packed anew by itself."""

import threading
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from properties.choices import Feature
from properties.models import Property
from search import services, tasks
from search.criteria import Criteria
from search.elastic import definition
from search.engines import DatabaseEngine
from search.engines.database import engine, layout, table
from search.engines.database.layout import Layout
from search.engines.results import Degraded
from search.models import IndexedProperty, Slot
from tests.concurrency import at_once
from tests.implantation.factories import set_up
from tests.search import oracle, release
from tests.search.world import VOCABULARY, Offer, make_world, plain, publish

# A value in the middle of a closed list, a facet among the features, a deal that carries a rent.
VALUE = {"properties.choices": '    DEROGATORY = "derogatory", _("Short lease (derogatory)")\n'}
FACET = {
    "properties.choices": '    CRANE = "crane", _("Overhead crane")\n',
    "properties.importing.columns": '            Feature.CRANE: ("pont roulant", "overhead crane"),\n',
}
DEAL = {"properties.choices": "Deal.SUBLEASE, "}

_silent = ("unknown",) * len(Feature.values)
OFFERS: list[Offer] = [
    plain(lease="", features=_silent),
    plain(lease="", kind="office", commune="91027", surface=Decimal(90), rent=None, walks=(("orly", 8),)),
    plain(lease="professional", deal="sale", rent=None, price=Decimal(300_000), condition=""),
    plain(lease="services", deal="sublease", rent=None, undisclosed=True, walks=(("porte", 4), ("athis", 12))),
    plain(features=("yes", *_silent[1:])),
]
SEARCHES = [
    Criteria(),
    Criteria(lease=("unknown",)),
    Criteria(lease=("services", "unknown"), sort="walk"),
    Criteria(feature=("crane:unknown", "fibre:yes")),
    Criteria(type=("office",), surface=("50-100",), commune=("91027",)),
    Criteria(line=("T7",), walk_max=5),
    Criteria(rent=("undisclosed", "none")),
    Criteria(q="atelier", price=("250000-500000",)),
]


def _assert_exact(*, counted: bool) -> None:
    """Hits and totals are those of the oracle, and so are the counts if there are any."""
    engine, references = DatabaseEngine(), dict(Property.objects.values_list("pk", "reference"))
    for criteria in SEARCHES:
        found = engine.search(criteria, VOCABULARY, page_size=20)
        expected = oracle.search(OFFERS, criteria)
        assert [references[key] for key in found.hits] == expected
        assert found.total == len(found.points) == engine.count(criteria, VOCABULARY) == len(expected)
        assert [references[key] for key in engine.keys(criteria, VOCABULARY)] == expected
        assert found.facets == (oracle.facets(OFFERS, criteria, VOCABULARY) if counted else {})
        assert (Degraded.FACETS in found.degraded) is not counted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lacking", [VALUE, FACET], ids=["a value", "a facet"])
def test_what_is_new_in_a_list_is_searched_without_counts_until_migrated_then_counted(lacking, client: Client):
    publish(OFFERS, make_world())
    release.run(lacking, "rebuild")
    _assert_exact(counted=False)
    page = client.get("/en/premises/?lease=unknown").content.decode()
    assert "The numbers beside the filters are missing." in page
    answer = client.get("/api/v1/properties", {"lease": "unknown"}).json()
    assert (answer["total"], answer["degraded"], answer["facets"]) == (2, ["facets"], {})
    set_up()
    ready = client.get("/readyz")
    assert (ready.status_code, "facets" in ready.json()["degraded"]) == (200, True)
    assert len(services.index_differences()) == len(OFFERS)

    said = StringIO()
    call_command("migrate", stdout=said)
    assert f"packed anew for this release: {len(OFFERS)} properties" in said.getvalue()
    _assert_exact(counted=True)
    assert client.get("/api/v1/properties", {"lease": "unknown"}).json()["degraded"] == []
    assert "facets" not in client.get("/readyz").json().get("degraded", [])
    assert services.index_differences() == []


@pytest.mark.django_db(transaction=True)
def test_rows_that_the_release_before_writes_after_the_migration_are_not_counted_until_packed_anew():
    publish(OFFERS, make_world())
    release.run(VALUE, "rebuild")
    call_command("migrate", verbosity=0)
    DBTaskResult.objects.all().delete()

    release.run(VALUE, "write:REF-0", "work")
    _assert_exact(counted=False)
    assert DBTaskResult.objects.filter(task_path=tasks.pack_index.module_path).exists()

    tasks.pack_index.call()
    _assert_exact(counted=True)
    assert services.index_differences() == []


def test_a_rebuild_asked_for_by_hand_packs_the_index_for_the_release_that_is_asked(db):
    publish(OFFERS, make_world())
    Slot.objects.filter(position=0, facet__in=["layout", "wanted"]).update(value="another")
    tasks.pack_index.call()
    _assert_exact(counted=False)
    said = StringIO()
    call_command("search_index", "status", stdout=said)
    assert "nothing is counted" in said.getvalue()
    call_command("search_index", "sync", stdout=StringIO())
    _assert_exact(counted=True)


def test_what_another_release_packs_between_two_statements_of_a_search_is_not_misread(db, monkeypatch):
    publish(OFFERS, make_world())

    def overtaken(*given):
        Slot.objects.filter(facet="layout").update(value="another")
        IndexedProperty.objects.update(packed="5" * len(IndexedProperty.objects.values_list("packed", flat=True)[0]))
        return engine_tally(*given)

    engine_tally = engine.tally
    monkeypatch.setattr(engine, "tally", overtaken)
    _assert_exact(counted=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_writers_of_two_releases_at_once_leave_no_row_that_is_misread(_round, monkeypatch):
    """One rebuilds as the other writes: in the end all rows are of the layout that is told, or none is told."""
    items = publish(OFFERS, make_world())
    other, pack = threading.local(), Layout.pack

    def packed(self, entry, lines):
        return "".join(reversed(pack(self, entry, lines))) if hasattr(other, "here") else pack(self, entry, lines)

    def write() -> None:
        other.here = True
        for item in items:
            services.index(ids=[item.pk])

    monkeypatch.setattr(Layout, "pack", packed)
    ours = layout.fingerprint()
    monkeypatch.setattr(layout, "fingerprint", lambda: "another" if hasattr(other, "here") else ours)
    assert at_once(write, services.rebuild_index) == [None, len(OFFERS)]
    counted = table.is_current()
    _assert_exact(counted=counted)
    assert (services.index_differences() == []) is counted
    services.rebuild_index()
    _assert_exact(counted=True)


def test_each_engine_tells_an_index_of_other_lists_from_its_own():
    ours = (layout.fingerprint(), definition.fingerprint())
    assert tuple(release.run({}, "fingerprints").split()) == ours
    others = [tuple(release.run(lacking, "fingerprints").split()) for lacking in (VALUE, DEAL)]
    assert [len({fingerprints[place] for fingerprints in [ours, *others]}) for place in (0, 1)] == [3, 3]
