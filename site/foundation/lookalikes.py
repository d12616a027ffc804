"""Noticing that all visitors look like one: a proxy stands in front, and `TRUSTED_PROXIES` does not say so.

Limits by network then hold for all visitors together. What is noticed is kept in the cache for an hour.
"""

import threading
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from foundation.visitors import Address, forwarded, read_address, visitor_address

_NOTICED = "foundation.lookalikes"
_SECONDS = 3600
# After so many requests, all from one address of a private network, that address is a proxy's.
MANY = 1_000
# Asked by machines of the house, long before the first visitor comes.
_PROBES = ("/healthz", "/readyz")


def visitors_look_alike() -> bool:
    """Whether requests of the last hour came through a proxy that the settings do not believe."""
    return cache.get(_NOTICED) is not None


class WatchVisitors:
    """Middleware: notices a request whose visitor's address is not public although a proxy names a public one, and a
    process whose requests all come from one address of a private network."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._seen: set[Address | None] = set()
        self._requests = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = visitor_address(request)
        if _hides_a_visitor(address, request) or (request.path not in _PROBES and self._is_alone(address)):
            cache.set(_NOTICED, True, _SECONDS)
        return self.get_response(request)

    def _is_alone(self, address: Address | None) -> bool:
        """Whether many requests came, all from this address, and it is no public one."""
        with self._lock:
            if len(self._seen) < 2:
                self._seen.add(address)
            self._requests += 1
            return self._requests >= MANY and len(self._seen) == 1 and not _is_public(address)


def _hides_a_visitor(address: Address | None, request: HttpRequest) -> bool:
    return not _is_public(address) and any(_is_public(read_address(entry)) for entry in forwarded(request))


def _is_public(address: Address | None) -> bool:
    return address is not None and address.is_global
