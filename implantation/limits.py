"""Who sends too much or too fast. A suspect is never refused: its request is kept apart until somebody has read it.

No address is stored: only a keyed digest of the network it belongs to. The counts are those of the database, so they
hold across processes and servers.
"""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from implantation.choices import EventKind, State, Suspicion
from implantation.models import Enquiry, Event
from implantation.querysets import EnquiryQuerySet

# (window, how many are let through)
FROM_ADDRESS = ((timedelta(hours=1), 10), (timedelta(days=1), 30))
FOR_EMAIL = ((timedelta(hours=1), 3), (timedelta(days=1), 8))
OVERALL = ((timedelta(hours=1), 80),)
REPLIES = (timedelta(hours=1), 10)


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


def sender_digest(request: HttpRequest) -> str:
    """A keyed digest of the visitor's network (an IPv6 visitor owns a /64); empty when there is no address."""
    try:
        address = ipaddress.ip_address(sender_address(request))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped:
        address = mapped
    network = ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False)
    return salted_hmac("implantation.limits", str(network), algorithm="sha256").hexdigest()


def suspicion(*, trapped: bool, age: timedelta, digest: str, email: str) -> str:
    """Why a request is to be read before it is believed, or an empty string."""
    if trapped:
        return Suspicion.TRAP.value
    if age < timedelta(seconds=settings.ENQUIRY_FASTEST_SECONDS):
        return Suspicion.TOO_FAST.value
    now = timezone.now()
    for window, most in FROM_ADDRESS:
        if digest and _since(now - window).filter(origin_digest=digest).count() >= most:
            return Suspicion.MANY_FROM_ADDRESS.value
    for window, most in FOR_EMAIL:
        if _since(now - window).filter(email__iexact=email).count() >= most:
            return Suspicion.MANY_FOR_EMAIL.value
    for window, most in OVERALL:
        # Those kept apart do not count, or machines could close the door to people.
        if _since(now - window).exclude(state=State.QUARANTINED).count() >= most:
            return Suspicion.MANY_OVERALL.value
    return ""


def may_reply(enquiry: Enquiry) -> bool:
    """Whether the investor may write again now: each message wakes the partner's officers."""
    window, most = REPLIES
    written = Event.objects.filter(enquiry=enquiry, kind=EventKind.MESSAGE_IN, at__gte=timezone.now() - window)
    return written.count() < most


def _since(moment: datetime) -> EnquiryQuerySet:
    return Enquiry.objects.filter(created_at__gte=moment, is_demo=False)
