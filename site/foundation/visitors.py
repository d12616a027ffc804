"""The visitor's network for rate limits: a keyed digest, never an address."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Address with a port, in brackets, or both; an unbracketed IPv6 address has no port.
_WITH_PORT = re.compile(r"\[(?P<bracketed>[^\]]*)\](?::[0-9]*)?|(?P<dotted>[0-9.]+):[0-9]*")


def read_address(text: str) -> Address | None:
    """Parse an address from X-Forwarded-For or a connection; None for `unknown`, `_hidden` and anything else.

    An IPv4-mapped IPv6 address gives the IPv4 address.
    """
    text = text.strip(' \t"')
    if written := _WITH_PORT.fullmatch(text):
        text = written["bracketed"] or written["dotted"] or ""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def forwarded(request: HttpRequest) -> list[str]:
    """Return the entries of X-Forwarded-For, repeated headers joined, the nearest proxy's last."""
    header = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return header.split(",") if header.strip() else []


def visitor_address(request: HttpRequest) -> Address | None:
    """Return the visitor's address from the nearest trusted proxy, else the connection's; None when neither has any.

    With `settings.TRUSTED_PROXIES` of n, the n-th entry from the right of X-Forwarded-For is the first one beyond the
    visitor's control; anything to its left may be forged. An invalid entry, or too few entries, fall back to the
    connection's address: its visitors then share a limit, and none escapes.
    """
    trusted: int = settings.TRUSTED_PROXIES
    entries = forwarded(request) if trusted > 0 else []
    forwarded_address = read_address(entries[-trusted]) if 0 < trusted <= len(entries) else None
    return forwarded_address or read_address(str(request.META.get("REMOTE_ADDR", "")))


def network_of(address: Address | None) -> str:
    """Return the network counted as one visitor: an IPv4 address, an IPv6 /64, or `unknown`."""
    if address is None:
        return "unknown"
    return str(ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False))


def network_digest(request: HttpRequest, *, purpose: str) -> str:
    """Return a keyed digest of the visitor's network, 64 hexadecimal digits.

    The key depends on `purpose`: digests of two purposes cannot be linked.
    """
    return salted_hmac(purpose, network_of(visitor_address(request)), algorithm="sha256").hexdigest()
