"""A rebuild goes on beside searches and changes; killed at any step, it is started over and nobody noticed."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from properties.models import Property
from search.criteria import Criteria
from search.elastic import client
from search.elastic.guard import GuardedEngine
from search.elastic.indexing import comparing, indices, outbox, rebuilding, sampling, synonyms, worker
from search.elastic.indexing.worker import QUEUE
from search.loading import load_vocabulary
from search.models import IndexState, Owed, SynonymSet
from territory.models import Partner
from tests.search.world import make_world, plain, publish

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What nothing catches."""


@pytest.fixture
def partner() -> Partner:
    return make_world()


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("search_index", *arguments, stdout=out)
    return out.getvalue()


def answer(**asked: object):
    return GuardedEngine().search(Criteria(**asked), load_vocabulary(), page_size=10)


def test_until_the_first_rebuild_the_database_answers_and_says_so(elastic, partner):
    publish([plain(), plain()], partner)
    found = answer()
    assert (found.engine, found.total, found.degraded[0]) == ("database", 2, "engine")
    assert "run search_index rebuild" in said("status")
    assert "is in force" in said("rebuild")
    found = answer()
    assert (found.engine, found.total, found.degraded) == ("elasticsearch", 2, ())
    assert said("verify") == "0 differences\n"


STEPS = [
    (synonyms, "push"),
    (indices, "create"),
    (rebuilding, "_fill"),
    (indices, "show"),
    (rebuilding, "_check"),
    (indices, "put_in_force"),
]


@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _module, step in STEPS])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_it_is_started_over_and_nobody_noticed(elastic, partner, monkeypatch, module, step, when):
    kept, gone = publish([plain(title="Atelier"), plain(title="Entrepôt")], partner)
    rebuilding.rebuild(print)
    genuine = getattr(module, step)

    def die(*arguments: object) -> None:
        if when == "after":
            genuine(*arguments)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(module, step, die)
        with pytest.raises(Killed):
            rebuilding.rebuild(print)
    assert (answer().engine, answer().total) == ("elasticsearch", 2)
    Property.objects.filter(pk=gone.pk).update(state="withdrawn")
    Property.objects.filter(pk=kept.pk).update(title={"fr": "Verrière"})
    QUEUE.sweep()
    indices.show(indices.in_force())
    assert (answer().engine, answer().hits) == ("elasticsearch", (kept.pk,))
    name = rebuilding.rebuild(print)
    assert indices.in_force() == name
    assert (answer(q="verrière").engine, answer(q="verrière").total) == ("elasticsearch", 1)
    assert comparing.differences() == []
    assert IndexState.objects.get().building == ""
    assert set(indices._all()) == {name, indices.way_back()}


def _titled(text):
    return "title", {"fr": text}


def test_what_changes_while_it_is_filled_is_in_both(elastic, partner, monkeypatch):
    items = publish([plain(title=f"Atelier {n}") for n in range(6)], partner)
    rebuilding.rebuild(print)
    monkeypatch.setattr(rebuilding, "CHUNK", 2)
    genuine, changes = worker.documents, iter([_titled("Verrière"), ("state", "withdrawn"), _titled("Serre")])

    def and_meanwhile(keys):
        made = genuine(keys)
        name, value = next(changes, _titled("Halle"))
        if len(keys) == 2:
            # Read before this change, written after it: the later number must win.
            Property.objects.filter(pk=keys[0]).update(**{name: value})
            taken = QUEUE.claim(timezone.now())
            worker.put(genuine([row.key for row in taken.rows]), outbox.next_sequence(), worker.targets())
            QUEUE.settle(taken, {}, timezone.now())
        return made

    monkeypatch.setattr(worker, "documents", and_meanwhile)
    rebuilding.rebuild(print)
    monkeypatch.undo()
    assert comparing.differences() == []
    assert (answer(q="verrière").total, answer(q="serre").total, answer().total) == (1, 1, len(items) - 1)


def test_it_tells_how_far_it_is_how_fast_and_how_long_it_will_take(elastic, partner, monkeypatch):
    publish([plain(), plain(), plain()], partner)
    monkeypatch.setattr(rebuilding, "CHUNK", 2)
    monkeypatch.setattr(rebuilding, "_EVERY", 0)
    told = [line for line in said("rebuild").splitlines() if line.endswith("s left")]
    assert [line.split(" · ")[0] for line in told] == ["2 of 3", "3 of 3"]
    assert all(re.fullmatch(r"\d of 3 · [\d,]+ a second · [\d,]+ s left", line) for line in told)
    assert told[-1].endswith(" · 0 s left")


def test_an_index_that_does_not_agree_is_not_put_in_force(elastic, partner, monkeypatch):
    publish([plain(), plain()], partner)
    before = rebuilding.rebuild(print)
    monkeypatch.setattr(rebuilding, "disagreements", lambda name: ["everything: 2 in the database, 1 in the index"])
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with pytest.raises(CommandError, match="searches are answered as before: everything: 2 in the database"):
        said("rebuild")
    assert indices.in_force() == before


def test_an_engine_that_would_keep_a_visitor_waiting_is_waited_for(elastic, partner, monkeypatch):
    publish([plain()], partner)
    monkeypatch.setattr(client, "BUDGET", 1e-6)
    assert rebuilding.rebuild(print) == indices.in_force()


def test_the_samples_see_a_document_that_lacks_and_one_that_is_wrong(elastic, partner):
    first, second = publish([plain(surface=90), plain(surface=640)], partner)
    name = rebuilding.rebuild(print)
    assert sampling.disagreements(name) == []
    found = worker.documents([first.pk, second.pk])
    worker.put({first.pk: None}, outbox.next_sequence(), worker.targets())
    indices.show(name)
    assert "everything: 2 in the database, 1 in the index" in sampling.disagreements(name)
    worker.put({first.pk: found[first.pk] | {"area": 1_000_000}}, outbox.next_sequence(), worker.targets())
    indices.show(name)
    assert sampling.disagreements(name)


def test_verify_names_each_difference_and_sync_repairs_it(elastic, partner):
    first, second, _third = publish([plain(), plain(), plain()], partner)
    name = rebuilding.rebuild(print)
    made = worker.documents([first.pk])[first.pk]
    wrong = {first.pk: made | {"content": "other"}, second.pk: None, 999_999: made | {"key": 999_999}}
    assert worker.put(wrong, outbox.next_sequence(), worker.targets()) == {}
    SynonymSet.objects.bulk_create([SynonymSet(expressions=["atelier", "fabrique"])])
    indices.show(name)
    out = StringIO()
    with pytest.raises(CommandError, match="4 differences"):
        call_command("search_index", "verify", stdout=out)
    told = out.getvalue()
    assert "elasticsearch: REF-0: differs" in told
    assert "elasticsearch: REF-1: differs" in told
    assert "row 999999, no such property" in told
    assert "synonyms: differs" in told
    assert "REF-2" not in told
    assert "elasticsearch: 4 properties repaired" in said("sync")
    assert said("verify") == "0 differences\n"
    assert answer(q="fabrique").total == 3


@pytest.mark.parametrize("action", ["verify", "sync"])
def test_without_an_index_it_says_what_to_do_and_touches_no_other(elastic, action):
    with pytest.raises(CommandError, match="run search_index rebuild"):
        said(action)


def test_the_former_index_is_put_in_force_again_and_brought_up_to_date(elastic, partner):
    (item,) = publish([plain()], partner)
    former = rebuilding.rebuild(print)
    rebuilding.rebuild(print)
    Property.objects.filter(pk=item.pk).update(title={"fr": "Verrière"})
    QUEUE.sweep()
    assert f"in force again: {former}" in said("rebuild", "--back")
    assert indices.in_force() == former
    assert answer(q="verrière").total == 1


def test_another_definition_leaves_the_index_of_the_code_that_still_runs(elastic, partner, monkeypatch):
    publish([plain()], partner)
    former = rebuilding.rebuild(print)
    monkeypatch.setattr("search.elastic.definition.fingerprint", lambda: "0" * 8)
    assert answer().engine == "database"
    Property.objects.update(title={"fr": "Verrière"})
    assert QUEUE.sweep() == 0
    name = rebuilding.rebuild(print)
    assert (answer(q="verrière").engine, answer(q="verrière").total) == ("elasticsearch", 1)
    assert not Owed.objects.exists()
    monkeypatch.undo()
    assert indices.in_force() == former
    assert indices.count(former) == 1 == indices.count(name)
