"""Connections to the nodes named by `ELASTICSEARCH_URL`, and what is said when none of them answers."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

# Seconds that a visitor's search may take before the database answers instead.
BUDGET = 0.4
# Seconds for what nobody waits for: bulk writes, rebuilding, comparing.
PATIENCE = 10.0
# What the client raises: the engine failed, or refused what it was asked.
ERRORS = (ApiError, TransportError)
# What a node answers when it cannot serve now, though the request was right.
BUSY = frozenset({408, 429, 500, 502, 503, 504})


def is_configured() -> bool:
    """Whether the site has an Elasticsearch."""
    return bool(nodes())


def nodes() -> tuple[str, ...]:
    """The addresses of the nodes, in the order in which they are written."""
    return tuple(url.strip() for url in settings.ELASTICSEARCH_URL.split(",") if url.strip())


def names() -> tuple[str, ...]:
    """The nodes as they may be shown: without the credentials in their addresses."""
    return tuple(urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl() for url in nodes())


def reader() -> Elasticsearch:
    """For a visitor's search: gives up after `BUDGET`; a node that refuses is replaced by the next."""
    return _connect(nodes(), BUDGET)


def writer() -> Elasticsearch:
    """For everything else."""
    return _connect(nodes(), PATIENCE)


@cache
def _connect(urls: tuple[str, ...], timeout: float) -> Elasticsearch:
    # A node that does not answer in time is not asked again: the budget is spent.
    return Elasticsearch(
        list(urls), request_timeout=timeout, max_retries=len(urls) - 1, retry_on_timeout=False, retry_on_status=()
    )


def is_outage(error: BaseException) -> bool:
    """Whether the engine failed, rather than refused what it was asked: trying later may help."""
    if isinstance(error, ApiError):
        return error.status_code in BUSY
    return isinstance(error, TransportError)
