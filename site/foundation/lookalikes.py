"""Detection of a proxy missing from `TRUSTED_PROXIES`, behind which all visitors look like one.

Limits by network then hold for all visitors together. A detection is kept in the cache for an hour.
"""

import threading
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from foundation.visitors import Address, forwarded, read_address, visitor_address

_NOTICED = "foundation.lookalikes"
_SECONDS = 3600
# Requests from a single private address after which the address counts as a proxy.
MANY = 1_000
# Not counted: probes come from internal addresses, long before the first visitor.
_PROBES = ("/healthz", "/readyz")


def visitors_look_alike() -> bool:
    """Return True when an untrusted proxy was detected within the last hour."""
    return cache.get(_NOTICED) is not None


class WatchVisitors:
    """Middleware detecting untrusted proxies.

    Two signs: a private client address with a public one in X-Forwarded-For, and a process whose requests all come from
    one private address.
    """

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
        """Return True when all of at least `MANY` requests came from this private address."""
        with self._lock:
            if len(self._seen) < 2:
                self._seen.add(address)
            self._requests += 1
            return self._requests >= MANY and len(self._seen) == 1 and not _is_public(address)


def _hides_a_visitor(address: Address | None, request: HttpRequest) -> bool:
    return not _is_public(address) and any(_is_public(read_address(entry)) for entry in forwarded(request))


def _is_public(address: Address | None) -> bool:
    return address is not None and address.is_global
