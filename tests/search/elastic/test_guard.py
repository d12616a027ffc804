"""When Elasticsearch is down or slow the database answers, within the budget, and says so; it comes back by itself."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone
from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from properties.models import Property
from search.criteria import Criteria
from search.elastic import client, guard
from search.elastic.guard import GuardedEngine, breaker
from search.elastic.indexing import rebuilding
from search.elastic.querying.engine import ElasticEngine
from search.engines.results import Degraded
from search.loading import load_vocabulary
from search.models import Owed
from territory.models import Partner
from tests.search.world import make_world, plain, publish

pytestmark = pytest.mark.django_db
BUDGET = client.BUDGET


@pytest.fixture(autouse=True)
def the_budget_of_a_visitor(elastic: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BUDGET", BUDGET)


@pytest.fixture
def partner() -> Partner:
    return make_world()


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A node that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def address_of(node: socket.socket) -> str:
    return f"http://127.0.0.1:{node.getsockname()[1]}"


def times_asked(node: socket.socket) -> int:
    """How many connections wait on it."""
    asked = 0
    while True:
        try:
            node.accept()[0].close()
        except BlockingIOError:
            return asked
        asked += 1


@pytest.fixture
def nobody() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def answer(**asked: object):
    return GuardedEngine().search(Criteria(**asked), load_vocabulary(), page_size=10)


def test_nobody_there(elastic, partner, settings, nobody):
    publish([plain(), plain()], partner)
    rebuilding.rebuild(print)
    settings.ELASTICSEARCH_URL = nobody
    found = answer()
    assert (found.engine, found.total, found.degraded) == ("database", 2, (Degraded.ENGINE,))
    assert found.facets["type"]["activity"] == 2
    engine, words = GuardedEngine(), load_vocabulary()
    assert engine.count(Criteria(), words) == len(engine.keys(Criteria(), words)) == 2
    assert engine.nearest(Criteria(area_min=1000), words, "area_min") == (640, 2)


def test_a_silent_node_is_given_up_after_the_budget_and_soon_not_asked(elastic, partner, settings, silent, caplog):
    publish([plain(), plain()], partner)
    rebuilding.rebuild(print)
    settings.ELASTICSEARCH_URL = address_of(silent)
    with mock.patch.object(Elasticsearch, "options", autospec=True, side_effect=Elasticsearch.options) as asked:
        assert [answer().engine for _ in range(3)] == ["database"] * 3
    assert all(0 < call.kwargs["request_timeout"] <= client.BUDGET for call in asked.call_args_list)
    told = [record.getMessage() for record in caplog.records if record.name == guard.__name__]
    assert [": ConnectionTimeout: " in line for line in told] == [True] * 3
    assert times_asked(silent) == asked.call_count == 3
    assert breaker.opened
    assert answer().engine == "database"
    assert times_asked(silent) == 0


def test_it_comes_back_by_itself(elastic, partner, settings, nobody, monkeypatch):
    publish([plain()], partner)
    rebuilding.rebuild(print)
    monkeypatch.setattr(breaker, "_recovery_timeout", 1)
    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, nobody
    for _ in range(3):
        answer()
    assert breaker.opened
    settings.ELASTICSEARCH_URL = address
    assert answer().engine == "database"
    time.sleep(1.1)
    assert answer().engine == "elasticsearch"
    assert breaker.closed


def test_one_node_of_two_is_enough(elastic, partner, settings, nobody):
    publish([plain()], partner)
    rebuilding.rebuild(print)
    settings.ELASTICSEARCH_URL = f"{nobody}, {settings.ELASTICSEARCH_URL}"
    assert {answer().engine for _ in range(4)} == {"elasticsearch"}


def test_above_twenty_thousand_the_database_gives_hits_and_total_alone(elastic, partner, settings, nobody, monkeypatch):
    publish([plain(), plain(), plain()], partner)
    monkeypatch.setattr(guard, "MOST_COUNTED", 2)
    found = answer()
    assert (found.total, len(found.hits), found.facets, found.points) == (3, 3, {}, ())
    assert set(found.degraded) == {Degraded.ENGINE, Degraded.FACETS, Degraded.MAP}


def test_a_wrong_request_does_not_open_the_breaker_and_the_database_answers(elastic, partner, monkeypatch):
    publish([plain()], partner)
    rebuilding.rebuild(print)
    monkeypatch.setattr("search.elastic.querying.engine._map", lambda search: search.sort("nowhere"))
    for _ in range(4):
        assert answer().engine == "database"
    assert breaker.closed


def test_a_field_with_more_values_than_are_counted_is_never_half_counted(elastic, partner, monkeypatch):
    publish([plain(), plain(lease="")], partner)
    rebuilding.rebuild(print)
    monkeypatch.setattr("search.elastic.querying.counting._ALL", 1)
    found = answer()
    assert (found.engine, found.total, sum(found.facets["lease"].values())) == ("database", 2, 2)
    assert breaker.closed


def test_the_search_asks_for_no_more_than_what_is_left_of_the_budget(elastic, partner, settings, silent):
    settings.ELASTICSEARCH_URL = address_of(silent)
    with pytest.raises(ConnectionTimeout):
        ElasticEngine().search(Criteria(), load_vocabulary(), page_size=10)


def test_the_answer_says_how_long_a_change_has_waited(elastic, partner):
    publish([plain()], partner)
    rebuilding.rebuild(print)
    assert answer().lag == 0
    Property.objects.update(title={"fr": "Verrière"})
    since = timezone.now() - timedelta(seconds=90)
    Owed.objects.update(since=since)
    assert 90 <= answer().lag <= (timezone.now() - since).total_seconds()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("entrepto", "entrepôts"),
        ("Atleier rungis", "atelier rungis"),
        ("warehuose", "warehouse"),
        ("ruungis", "rungis"),
    ],
)
def test_a_slip_of_the_finger_is_answered_with_what_was_meant(elastic, partner, typed, meant):
    publish([plain(title="Atelier avec cour"), plain(title="Entrepôts neufs", kind="warehouse")], partner)
    rebuilding.rebuild(print)
    found = answer(q=typed)
    assert (found.total, found.suggestions[0]) == (0, meant)
    assert answer(q=found.suggestions[0]).total == 1 or meant == "rungis"


def test_what_is_a_name_or_means_nothing_is_not_corrected(elastic, partner):
    publish([plain(title="Atelier avec cour")], partner)
    rebuilding.rebuild(print)
    for typed in ("REF-2", "94241", "zzzzzz", "atelier bureau", "xyz"):
        assert answer(q=typed).suggestions == (), typed
