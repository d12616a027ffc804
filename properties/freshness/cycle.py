"""Listings that nobody checked lately: their partner is asked, then they are marked, then they leave the site.

Run daily (`manage.py check_premises`). Every step is a row that says when it was done, so a day that was missed or run
twice changes nothing else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from properties.choices import PUBLIC_STATES, Door, State
from properties.freshness.links import close
from properties.freshness.mails import QUEUE
from properties.models import Confirmation, Property
from properties.models.querysets import PropertyQuerySet
from properties.services import update_property

# Questions that nobody answered yet.
_ASKED = Confirmation.objects.filter(closed_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Day:
    """How many listings a run asked about, marked and took off the site; about how many a mail left."""

    asked: int
    marked: int
    gone: int
    sent: int


def run(*, now: datetime | None = None) -> Day:
    """Everything that is due at `now`."""
    moment = now or timezone.now()
    settle(moment)
    return Day(asked=ask(moment), marked=mark(moment), gone=leave(moment), sent=QUEUE.sweep(now=moment))


@transaction.atomic
def ask(moment: datetime) -> int:
    """Open a question about each public listing whose last check is too old and that no question is open about."""
    public = Property.objects.public().exclude(pk__in=_ASKED.values("property"))
    made = Confirmation.objects.bulk_create(
        [
            Confirmation(property_id=pk, asked_at=moment, due_at=moment)
            for pk in public.filter(_due(moment)).values_list("pk", flat=True)
        ],
        batch_size=1_000,
    )
    return len(made)


def stale(found: PropertyQuerySet, moment: datetime) -> PropertyQuerySet:
    """Of these, the public listings that nobody checked lately, or that a question is open about; oldest check first.

    Each with `mailed_at`, when its partner was asked; None when it was not yet.
    """
    asked = _ASKED.filter(property=OuterRef("pk"))
    waiting = found.public().filter(_due(moment) | Exists(asked)).annotate(mailed_at=Subquery(asked.values("sent_at")))
    return waiting.order_by(F("verified_on").asc(nulls_first=True), "reference")


def _due(moment: datetime) -> Q:
    """The last check no longer holds, for as long as its source says."""
    named = settings.FRESHNESS_DAYS_BY_SOURCE
    due = ~Q(source__in=list(named)) & _unchecked_for(settings.FRESHNESS_DAYS, moment)
    for source, days in named.items():
        due |= Q(source=source) & _unchecked_for(int(days), moment)
    return due


def _unchecked_for(days: int, moment: datetime) -> Q:
    """The last check is that old; what was never checked counts from its first day on the site."""
    since = moment - timedelta(days=days)
    never = Q(verified_on__isnull=True, published_at__lte=since)
    return Q(verified_on__lte=timezone.localdate(since)) | never


def settle(moment: datetime) -> int:
    """Close questions that the form or an import answered meanwhile, and those about what left the site by itself."""
    checked = Q(property__verified_on__gte=TruncDate("asked_at"))
    overtaken = Confirmation.objects.filter(checked | ~Q(property__state__in=PUBLIC_STATES), closed_at__isnull=True)
    return overtaken.update(closed_at=moment, due_at=None, lease=None)


def _unanswered_since(moment: datetime, days: int) -> list[int]:
    """Listings asked about that long ago; time runs from the mail, not from a mail that never left."""
    asked = Confirmation.objects.filter(closed_at__isnull=True, sent_at__lte=moment - timedelta(days=days))
    return list(asked.filter(property__state__in=PUBLIC_STATES).values_list("property_id", flat=True))


@transaction.atomic
def mark(moment: datetime) -> int:
    """Say on the site that a listing is to be confirmed."""
    late = _unanswered_since(moment, settings.FRESHNESS_MARKED_AFTER)
    return Property.objects.filter(pk__in=late, to_confirm=False).update(to_confirm=True)


def leave(moment: datetime) -> int:
    """Take off the site what stayed unanswered too long, and what has expired; the row and its reference stay."""
    gone = set(_unanswered_since(moment, settings.FRESHNESS_GONE_AFTER))
    gone |= set(
        Property.objects.public().filter(expires_on__lt=timezone.localdate(moment)).values_list("pk", flat=True)
    )
    for pk in sorted(gone):
        with transaction.atomic():
            known = Property.objects.select_for_update().get(pk=pk)
            update_property(instance=known, values={"state": State.WITHDRAWN}, version=known.version, door=Door.CLOCK)
            close(known, moment)
    return len(gone)
