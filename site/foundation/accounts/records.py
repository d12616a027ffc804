"""Writes to the access log, and its purge."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from foundation.choices import PROOFS, AccessKind
from foundation.models import AccessRecord
from foundation.visitors import network_digest

# A network stays an account's home this long after its last entry from there.
AT_HOME = timedelta(days=90)


def account_named(name: str) -> User | None:
    """Return the account with this user name, or None."""
    return User.objects.filter(username=name).first()


def visitor_network(request: HttpRequest) -> str:
    """Return the digest of the visitor's network for the log and the attempt counts."""
    return network_digest(request, purpose="foundation.accounts")


def record(kind: AccessKind, *, user: Any, request: HttpRequest | None = None, **export: Any) -> AccessRecord:
    """Append a line to the access log; `user` is None for an unknown name."""
    network = visitor_network(request) if request is not None else ""
    return AccessRecord.objects.create(kind=kind, user=user, network=network, **export)


def is_at_home(name: str, network: str) -> bool:
    """Return True when the account entered from this network recently (`AT_HOME`, `PROOFS`)."""
    since = timezone.now() - AT_HOME
    entered = AccessRecord.objects.filter(kind__in=PROOFS, network=network, at__gte=since)
    return entered.filter(user__username=name).exists()


def purge(*, at: datetime) -> int:
    """Delete lines older than `settings.ACCESS_LOG_DAYS`; return their number."""
    return AccessRecord.objects.filter(at__lt=at - timedelta(days=settings.ACCESS_LOG_DAYS)).delete()[0]
