"""Freshness cycle of listings: ask the partner, mark as "to confirm", withdraw.

Run daily (`manage.py check_premises`). Every step is dated in a row, so the cycle is idempotent: a missed or repeated
day changes nothing else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from properties.choices import PUBLIC_STATES, Door, PropertyState
from properties.freshness.links import close
from properties.freshness.mails import QUEUE
from properties.models import Confirmation, Property
from properties.models.querysets import PropertyQuerySet
from properties.services import update_property

# Open questions.
_ASKED = Confirmation.objects.filter(closed_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Day:
    """Counts of one run: listings asked about, marked, withdrawn, and listings covered by a sent mail."""

    asked: int
    marked: int
    gone: int
    sent: int


def run(*, now: datetime | None = None) -> Day:
    """Run every step due at `now`."""
    moment = now or timezone.now()
    settle(moment)
    return Day(asked=ask(moment), marked=mark(moment), gone=leave(moment), sent=QUEUE.sweep(now=moment))


@transaction.atomic
def ask(moment: datetime) -> int:
    """Open a question about each public listing with an outdated check and no open question."""
    public = Property.objects.public().exclude(pk__in=_ASKED.values("property"))
    confirmations = Confirmation.objects.bulk_create(
        [
            Confirmation(property_id=pk, asked_at=moment, due_at=moment)
            for pk in public.filter(_due(moment)).values_list("pk", flat=True)
        ],
        batch_size=1_000,
    )
    return len(confirmations)


def stale(found: PropertyQuerySet, moment: datetime) -> PropertyQuerySet:
    """Filter the public listings with an outdated check or an open question, oldest check first.

    Annotates `mailed_at`, the time of the mail to the partner; None before the mail.
    """
    open_questions = _ASKED.filter(property=OuterRef("pk"))
    waiting = (
        found.public()
        .filter(_due(moment) | Exists(open_questions))
        .annotate(mailed_at=Subquery(open_questions.values("sent_at")))
    )
    return waiting.order_by(F("verified_on").asc(nulls_first=True), "reference")


def _due(moment: datetime) -> Q:
    """Build the condition of an outdated check, with the validity period set for each source."""
    named = settings.FRESHNESS_DAYS_BY_SOURCE
    due = ~Q(source__in=list(named)) & _unchecked_for(settings.FRESHNESS_DAYS, moment)
    for source, days in named.items():
        due |= Q(source=source) & _unchecked_for(int(days), moment)
    return due


def _unchecked_for(days: int, moment: datetime) -> Q:
    """Build the condition of a last check at least `days` old; a listing never checked counts from its publication."""
    since = moment - timedelta(days=days)
    never = Q(verified_on__isnull=True, published_at__lte=since)
    return Q(verified_on__lte=timezone.localdate(since)) | never


def settle(moment: datetime) -> int:
    """Close the questions answered meanwhile by the form or an import, and those about listings off the site."""
    checked = Q(property__verified_on__gte=TruncDate("asked_at"))
    overtaken = Confirmation.objects.filter(checked | ~Q(property__state__in=PUBLIC_STATES), closed_at__isnull=True)
    return overtaken.update(closed_at=moment, due_at=None, lease=None)


def _unanswered_since(moment: datetime, days: int) -> list[int]:
    """Return the listings whose question was mailed `days` ago or more; an unsent mail starts no clock."""
    mailed_questions = Confirmation.objects.filter(closed_at__isnull=True, sent_at__lte=moment - timedelta(days=days))
    return list(mailed_questions.filter(property__state__in=PUBLIC_STATES).values_list("property_id", flat=True))


@transaction.atomic
def mark(moment: datetime) -> int:
    """Mark listings without an answer as "to confirm" on the site."""
    late = _unanswered_since(moment, settings.FRESHNESS_MARKED_AFTER)
    return Property.objects.filter(pk__in=late, to_confirm=False).update(to_confirm=True)


def leave(moment: datetime) -> int:
    """Withdraw listings without an answer for too long and expired listings; row and reference stay."""
    gone = set(_unanswered_since(moment, settings.FRESHNESS_GONE_AFTER))
    gone |= set(
        Property.objects.public().filter(expires_on__lt=timezone.localdate(moment)).values_list("pk", flat=True)
    )
    for pk in sorted(gone):
        with transaction.atomic():
            listing = Property.objects.select_for_update().get(pk=pk)
            update_property(
                instance=listing, values={"state": PropertyState.WITHDRAWN}, version=listing.version, door=Door.CLOCK
            )
            close(listing, moment)
    return len(gone)
