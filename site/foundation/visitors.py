"""The visitor's network, as far as a limit needs to know it: under a keyed digest, never an address."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# With a port, in brackets, or both; an IPv6 address without brackets has no port.
_WITH_PORT = re.compile(r"\[(?P<bracketed>[^\]]*)\](?::[0-9]*)?|(?P<dotted>[0-9.]+):[0-9]*")


def read_address(text: str) -> Address | None:
    """The address in an entry of X-Forwarded-For or a connection; None for `unknown`, `_hidden` and anything else.

    An IPv4 address written as IPv6 is the IPv4 one.
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
    """The entries of X-Forwarded-For, several such headers joined, the nearest proxy's last."""
    header = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return header.split(",") if header.strip() else []


def visitor_address(request: HttpRequest) -> Address | None:
    """The visitor's address: from the nearest trusted proxy, or else the connection's own; None when that has none.

    With `settings.TRUSTED_PROXIES` of n, the n-th entry from the right of X-Forwarded-For is the first one that the
    visitor could not write; anything to its left is theirs to invent. An entry that holds no address, or too few
    entries, leave the connection's own: its visitors share one limit, and none goes without.
    """
    trusted: int = settings.TRUSTED_PROXIES
    entries = forwarded(request) if trusted > 0 else []
    found = read_address(entries[-trusted]) if 0 < trusted <= len(entries) else None
    return found or read_address(str(request.META.get("REMOTE_ADDR", "")))


def network_of(address: Address | None) -> str:
    """The network that counts as one visitor: an IPv4 address, a /64 of IPv6, or `unknown`."""
    if address is None:
        return "unknown"
    return str(ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False))


def network_digest(request: HttpRequest, *, purpose: str) -> str:
    """A keyed digest of the visitor's network, 64 hexadecimal digits.

    Digests of two purposes cannot be matched with each other.
    """
    return salted_hmac(purpose, network_of(visitor_address(request)), algorithm="sha256").hexdigest()
