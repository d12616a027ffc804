"""Writing the access log, and forgetting it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from foundation.choices import PROOFS, AccessKind
from foundation.models import AccessRecord
from foundation.visitors import network_digest

# An account is at home in a network for so long after it last entered from there.
AT_HOME = timedelta(days=90)


def account_named(name: str) -> User | None:
    """The account that signs in under this name, or None."""
    return User.objects.filter(username=name).first()


def visitor_network(request: HttpRequest) -> str:
    """The digest of the visitor's network in the log and in the counts of attempts."""
    return network_digest(request, purpose="foundation.accounts")


def record(kind: AccessKind, *, user: Any, request: HttpRequest | None = None, **export: Any) -> AccessRecord:
    """Add a line about an account (None: the name typed is nobody's)."""
    network = visitor_network(request) if request is not None else ""
    return AccessRecord.objects.create(kind=kind, user=user, network=network, **export)


def is_at_home(name: str, network: str) -> bool:
    """Whether the account of this name entered from this network lately."""
    since = timezone.now() - AT_HOME
    entered = AccessRecord.objects.filter(kind__in=PROOFS, network=network, at__gte=since)
    return entered.filter(user__username=name).exists()


def purge(*, at: datetime) -> int:
    """Delete lines older than `settings.ACCESS_LOG_DAYS`; return how many."""
    return AccessRecord.objects.filter(at__lt=at - timedelta(days=settings.ACCESS_LOG_DAYS)).delete()[0]
