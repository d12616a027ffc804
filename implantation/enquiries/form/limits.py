"""Rate limits of requests. A suspect request is never refused, but held until the coordinator has read the request.

No address is stored, only a keyed digest of the visitor's network. Counts come from the database, so the limits hold
across processes and servers.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from foundation.visitors import network_digest
from implantation.enquiries.choices import HELD_STATES, EventKind, Suspicion
from implantation.enquiries.models import Enquiry, Event
from implantation.enquiries.models.querysets import EnquiryQuerySet

# (window, requests allowed)
FROM_ADDRESS = ((timedelta(hours=1), 10), (timedelta(days=1), 30))
FOR_EMAIL = ((timedelta(hours=1), 3), (timedelta(days=1), 8))
OVERALL = ((timedelta(hours=1), 80),)
REPLIES = (timedelta(hours=1), 10)


def sender_digest(request: HttpRequest) -> str:
    """Return a keyed digest of the visitor's network; empty without an address."""
    return network_digest(request, purpose="implantation.limits")


def suspicion(*, trapped: bool, age: timedelta, digest: str, email: str) -> str:
    """Return the reason to hold a request for checking, or an empty string."""
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
        # Held requests do not count, or machines could close the door to people.
        if _since(now - window).exclude(state__in=HELD_STATES).count() >= most:
            return Suspicion.MANY_OVERALL.value
    return ""


def may_reply(enquiry: Enquiry) -> bool:
    """Return True while the investor may send another message: each message alerts the partner's officers."""
    window, most = REPLIES
    written = Event.objects.filter(enquiry=enquiry, kind=EventKind.MESSAGE_IN, at__gte=timezone.now() - window)
    return written.count() < most


def _since(moment: datetime) -> EnquiryQuerySet:
    return Enquiry.objects.filter(created_at__gte=moment, is_demo=False)
