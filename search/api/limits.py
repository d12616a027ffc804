"""Rate limit of the API per client and minute, counted in the cache shared by the processes."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from foundation.visitors import network_digest

_WINDOW = 60


def seconds_to_wait(request: HttpRequest, *, cost: int) -> int:
    """Count a request; return 0 when allowed, else the seconds until the client's next window.

    A client is a network (`foundation.visitors`). `settings.API_REQUESTS_PER_MINUTE` of 0 lifts the limit; the cost of
    a request is capped at the limit. Counters expire by themselves.
    """
    most: int = settings.API_REQUESTS_PER_MINUTE
    digest = network_digest(request, purpose="search.api")
    if not most or not digest:
        return 0
    now = int(time.time())
    key = f"api:{now // _WINDOW}:{digest}"
    cache.add(key, 0, timeout=2 * _WINDOW)
    try:
        spent = cache.incr(key, min(cost, most))
    except ValueError:  # evicted from a full cache in between
        return 0
    return 0 if spent <= most else _WINDOW - now % _WINDOW
