"""Elasticsearch clients for the nodes of `ELASTICSEARCH_URL`, and the classification of their errors."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

# Time budget, in seconds, of a visitor's search before the fallback to the database.
BUDGET = 0.4
# Timeout, in seconds, of background work: bulk writes, rebuilds, comparisons.
PATIENCE = 10.0
# Errors of the client: outages and rejected requests.
ERRORS = (ApiError, TransportError)
# Status codes of a temporary failure of a correct request.
BUSY = frozenset({408, 429, 500, 502, 503, 504})


def is_configured() -> bool:
    """Return True when the site has an Elasticsearch."""
    return bool(nodes())


def nodes() -> tuple[str, ...]:
    """Return the node URLs, in configured order."""
    return tuple(url.strip() for url in settings.ELASTICSEARCH_URL.split(",") if url.strip())


def names() -> tuple[str, ...]:
    """Return the node URLs without credentials, for display."""
    return tuple(urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl() for url in nodes())


def reader() -> Elasticsearch:
    """Return the client of visitors' searches: timeout of `BUDGET`, failover to the next node."""
    return _connect(nodes(), BUDGET)


def writer() -> Elasticsearch:
    """Return the client of background work, with a timeout of `PATIENCE`."""
    return _connect(nodes(), PATIENCE)


@cache
def _connect(urls: tuple[str, ...], timeout: float) -> Elasticsearch:
    # No retry on timeout: the budget is spent.
    return Elasticsearch(
        list(urls), request_timeout=timeout, max_retries=len(urls) - 1, retry_on_timeout=False, retry_on_status=()
    )


def is_outage(error: BaseException) -> bool:
    """Return True for a temporary failure, worth a retry, rather than a rejected request."""
    if isinstance(error, ApiError):
        return error.status_code in BUSY
    return isinstance(error, TransportError)
