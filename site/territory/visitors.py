"""Who is asking, as far as a limit needs to know: the visitor's network under a keyed digest, never an address."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def sender_address(request: HttpRequest) -> str:
    """The visitor's address: what the nearest trusted proxy says, or the connection's own when there is none.

    With `settings.TRUSTED_PROXIES` of n, the n-th address from the right of X-Forwarded-For is the first one that the
    visitor could not write; anything to its left is theirs to invent.
    """
    connection = str(request.META.get("REMOTE_ADDR", ""))
    trusted: int = settings.TRUSTED_PROXIES
    if not trusted:
        return connection
    forwarded = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    return forwarded[-trusted] if len(forwarded) >= trusted and forwarded[-trusted] else connection


def network_digest(request: HttpRequest, *, purpose: str) -> str:
    """A keyed digest of the visitor's network (an IPv6 visitor owns a /64); empty when there is no address.

    Digests of two purposes cannot be matched with each other.
    """
    try:
        address = ipaddress.ip_address(sender_address(request))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped:
        address = mapped
    network = ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False)
    return salted_hmac(purpose, str(network), algorithm="sha256").hexdigest()
