"""How much one client may ask in a minute: counted in the cache, so that processes that share one share the count."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from foundation.visitors import network_digest

_WINDOW = 60


def seconds_to_wait(request: HttpRequest, *, cost: int) -> int:
    """0 when this request may be answered, else the seconds until the client's next minute begins.

    A client is a network (`foundation.visitors`). `settings.API_REQUESTS_PER_MINUTE` of 0 lifts the limit; a request
    never costs more than the whole of it. Two counts of a few bytes a client are kept, and forgotten by themselves.
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
    except ValueError:  # a full cache forgot it in between
        return 0
    return 0 if spent <= most else _WINDOW - now % _WINDOW
