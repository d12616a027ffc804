"""Attempt limits counted before the attempt, so that concurrent attempts cannot exceed them.

Each attempt counts as a failure until it succeeds. Waits grow with the failures (backoff); an attempt during a wait is
refused without a look at its password, and does not prolong the wait.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from foundation.choices import LimitedEntry
from foundation.models import AttemptCount

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
# Failures before the first wait: per name and network, per name, per network.
FREE_PAIR, FREE_NAME, FREE_NETWORK = 5, 20, 50
# A count expires this long after its first attempt.
WINDOW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Verdict on an attempt: `allowed` now, or refused before `until`.

    Of an allowed attempt, `until` is the earliest next one should this one fail; None for at once.
    """

    allowed: bool
    until: datetime | None


def name_digest(name: str) -> str:
    """Return a keyed digest of the typed name, folded to one case and Unicode form."""
    return salted_hmac("foundation.attempts", unicodedata.normalize("NFKC", name).casefold().strip()).hexdigest()


@transaction.atomic
def begin(door: LimitedEntry, *, name: str, network: str, at_home: bool = False) -> Attempt:
    """Count one attempt (`name` and `network` are digests; either may be empty).

    `at_home` marks an account with an earlier sign-in from this network. Strangers' attempts on its name elsewhere, or
    on other names from here, do not lock it out: only its own failures from here count.
    """
    now = timezone.now()
    free = {(name, network): FREE_PAIR if name else FREE_NETWORK}
    if not at_home:
        free |= {key: limit for key, limit in (((name, ""), FREE_NAME), (("", network), FREE_NETWORK)) if any(key)}
    AttemptCount.objects.bulk_create(
        [AttemptCount(door=door, name=a_name, network=a_network, since=now) for a_name, a_network in free],
        ignore_conflicts=True,
    )
    # Locked in one order: a concurrent attempt waits here and reads the counts of the first.
    rows = AttemptCount.objects.select_for_update().filter(door=door, name__in=[name, ""], network__in=[network, ""])
    counts = [count for count in rows.order_by("pk") if (count.name, count.network) in free]
    waits = [count.locked_until for count in counts if count.locked_until and count.locked_until > now]
    if waits:
        return Attempt(allowed=False, until=max(waits))
    for count in counts:
        if count.since < now - WINDOW:
            count.since, count.failures = now, 0
        count.failures += 1
        over = count.failures - free[count.name, count.network]
        count.locked_until = now + WAITS[min(over, len(WAITS) - 1)] if over >= 0 else None
    AttemptCount.objects.bulk_update(counts, ["since", "failures", "locked_until"])
    return Attempt(
        allowed=True, until=max((count.locked_until for count in counts if count.locked_until), default=None)
    )


@transaction.atomic
def succeed(door: LimitedEntry, *, name: str, network: str, at_home: bool = False) -> None:
    """Clear the failures of this name and network, as counted by `begin`; other names' failures stay."""
    AttemptCount.objects.filter(door=door, name=name, network=network).delete()
    if not at_home:
        AttemptCount.objects.filter(door=door, name=name, network="").delete()
        from_here = AttemptCount.objects.filter(door=door, name="", network=network)
        from_here.update(failures=Greatest(F("failures") - 1, 0), locked_until=None)


def forget_name(door: LimitedEntry, *, name: str) -> None:
    """Clear all failures under a name, once its owner has proved the identity otherwise."""
    AttemptCount.objects.filter(door=door, name=name).delete()


def purge(*, at: datetime) -> int:
    """Delete expired counts; return their number."""
    waiting = Q(locked_until__gt=at)
    return AttemptCount.objects.filter(since__lt=at - WINDOW).exclude(waiting).delete()[0]
