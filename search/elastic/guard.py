"""Circuit breaker around Elasticsearch, with the database as fallback: a visitor never waits for a failed engine."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from circuitbreaker import CircuitBreaker
from django.core.cache import cache

from search.criteria import Criteria
from search.elastic import client
from search.elastic.definition import alias
from search.elastic.indexing import outbox
from search.elastic.querying.asking import UnansweredError
from search.elastic.querying.engine import ElasticEngine
from search.engines.base import Engine, Nearest
from search.engines.database import DatabaseEngine
from search.engines.results import Degraded, Results
from search.models import IndexedProperty, IndexState
from search.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

# Above this many properties the fallback omits facet counts, too slow in the database.
MOST_COUNTED = 20_000

Answered = TypeVar("Answered")


class UnavailableError(Exception):
    """Elasticsearch fails to answer or must not be queried; the message gives the reason."""


def _is_outage(kind: type[BaseException], error: BaseException) -> bool:
    return client.is_outage(error) or (isinstance(error, UnansweredError) and error.status in client.BUSY)


# One breaker a process: open for ten seconds after three failures in a row, then half-open for the next caller.
breaker = CircuitBreaker(failure_threshold=3, recovery_timeout=10, expected_exception=_is_outage, name="elasticsearch")


class GuardedEngine(Engine):
    """Elasticsearch with the database as fallback, reported in `degraded`."""

    name = ElasticEngine.name

    def search(self, criteria: Criteria, vocabulary: Vocabulary, *, page_size: int, facets: bool = True) -> Results:
        try:
            results = _asked(lambda: ElasticEngine().search(criteria, vocabulary, page_size=page_size, facets=facets))
        except UnavailableError:
            results = DatabaseEngine().search(
                criteria, vocabulary, page_size=page_size, facets=facets and _size() <= MOST_COUNTED
            )
            return replace(results, degraded=(Degraded.ENGINE, *results.degraded))
        return replace(results, lag=outbox.lag())

    def keys(self, criteria: Criteria, vocabulary: Vocabulary) -> tuple[int, ...]:
        return _either(lambda engine: engine.keys(criteria, vocabulary))

    def count(self, criteria: Criteria, vocabulary: Vocabulary) -> int:
        return _either(lambda engine: engine.count(criteria, vocabulary))

    def nearest(self, criteria: Criteria, vocabulary: Vocabulary, bound: str) -> Nearest | None:
        return _either(lambda engine: engine.nearest(criteria, vocabulary, bound))


def _either(ask: Callable[[Engine], Answered]) -> Answered:
    try:
        return _asked(lambda: ask(ElasticEngine()))
    except UnavailableError:
        return ask(DatabaseEngine())


def _asked(ask: Callable[[], Answered]) -> Answered:
    """Query Elasticsearch through the breaker. Raises `UnavailableError`, at once while the breaker is open."""
    if breaker.opened:
        raise UnavailableError("it failed a moment ago")
    if not IndexState.objects.filter(served=alias(), missed_since=None).exists():
        raise UnavailableError("there is no index of this definition, or it missed changes")
    try:
        answered: Answered = breaker.call(ask)
    except (*client.ERRORS, UnansweredError) as error:
        logger.warning("the database answers, not Elasticsearch: %s: %s", type(error).__name__, error)
        raise UnavailableError from error
    return answered


def _size() -> int:
    """Return the approximate number of indexed properties, cached for a minute."""
    return cache.get_or_set("search.size", IndexedProperty.objects.count, 60) or 0
