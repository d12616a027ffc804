"""Listings that nobody checked lately: their partner is asked, then they are marked, then they leave the site.

Run daily (`manage.py check_premises`). Every step is a row that says when it was done, so a day that was missed or run
twice changes nothing else.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from properties.choices import PUBLIC_STATES, Answer, Door, State
from properties.models import Change, Confirmation, Property
from properties.querysets import PropertyQuerySet
from properties.services import update_property
from territory.models import Partner

logger = logging.getLogger(__name__)

_SALT = "properties.freshness"
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=12)
_LEASE = timedelta(minutes=10)
_STATES = {Answer.AVAILABLE: State.ON_MARKET, Answer.UNDER_OFFER: State.UNDER_OFFER, Answer.GONE: State.WITHDRAWN}
# Questions that nobody answered yet.
_ASKED = Confirmation.objects.filter(closed_at__isnull=True)


class LinkSpentError(Exception):
    """The link was answered, or its listing changed since the mail: nothing was written."""


@dataclass(frozen=True, slots=True)
class CheckLink:
    """A question asked by mail, and the key of its listing's last change when the mail was written (0: none)."""

    question: Confirmation
    last_change: int

    @property
    def is_live(self) -> bool:
        """Whether the link still takes an answer: one, and only about the listing that the mail described."""
        listing = self.question.property
        return self.question.closed_at is None and listing.is_public and _last_change(listing.pk) == self.last_change


@dataclass(frozen=True, slots=True)
class Day:
    """How many listings a run asked about, marked, took off the site, and how many mails left."""

    asked: int
    marked: int
    gone: int
    sent: int


def run(*, now: datetime | None = None) -> Day:
    """Everything that is due at `now`."""
    moment = now or timezone.now()
    settle(moment)
    return Day(asked=ask(moment), marked=mark(moment), gone=leave(moment), sent=send(moment))


def days_of(source: str) -> int:
    """Days for which a check of a listing of this source holds."""
    return int(settings.FRESHNESS_DAYS_BY_SOURCE.get(source, settings.FRESHNESS_DAYS))


@transaction.atomic
def ask(moment: datetime) -> int:
    """Open a question about each public listing whose last check is too old and that no question is open about."""
    public = Property.objects.public().exclude(pk__in=_ASKED.values("property"))
    made = Confirmation.objects.bulk_create(
        [
            Confirmation(property_id=pk, asked_at=moment, next_try=moment)
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
    return overtaken.update(closed_at=moment)


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
            _close(known, moment)
    return len(gone)


def _close(known: Property, moment: datetime, answer: str = "") -> None:
    Confirmation.objects.filter(property=known, closed_at__isnull=True).update(closed_at=moment, answer=answer)


def send(moment: datetime) -> int:
    """One mail to each partner that is asked something: each listing with its link. What fails is tried again later."""
    due = Confirmation.objects.filter(closed_at__isnull=True, sent_at__isnull=True, next_try__lte=moment)
    by_partner: dict[int, list[int]] = defaultdict(list)
    for pk, partner in due.values_list("pk", "property__partner_id"):
        by_partner[partner].append(pk)
    sent = 0
    for partner, asked in by_partner.items():
        # One statement takes the lease: of two runs at once, one gets the rows.
        mine = [pk for pk in asked if due.filter(pk=pk).update(next_try=moment + _LEASE, attempts=F("attempts") + 1)]
        if mine:
            sent += _send(Partner.objects.get(pk=partner), mine, moment)
    return sent


def _send(partner: Partner, asked: list[int], moment: datetime) -> bool:
    rows = Confirmation.objects.filter(pk__in=asked)
    # One statement: a listing and its last change are of the same moment.
    described = rows.select_related("property__commune").annotate(last_change=Max("property__changes"))
    links = [CheckLink(question, question.last_change or 0) for question in described.order_by("property__reference")]
    try:
        compose(partner, links).send()
    except Exception:  # whatever the mail server says, the question stays owed
        logger.exception("the listings to confirm could not be sent to %s", partner.slug)
        attempts = max(link.question.attempts for link in links)
        rows.update(next_try=moment + min(_FIRST_WAIT * 2 ** (attempts - 1), _LONGEST_WAIT))
        return False
    rows.update(sent_at=moment)
    return True


def compose(partner: Partner, links: list[CheckLink]) -> EmailMessage:
    """The mail to a partner's monitored address, in French: first line the subject."""
    with translation.override("fr"):
        listings = [{"property": link.question.property, "url": address(link)} for link in links]
        text = render_to_string("properties/mail/confirm.txt", {"partner": partner, "listings": listings}).strip()
    subject, body = (part.strip() for part in text.split("\n", 1))
    return EmailMessage(
        subject, body + "\n", settings.DEFAULT_FROM_EMAIL, [partner.email], headers={"Auto-Submitted": "auto-generated"}
    )


def address(link: CheckLink) -> str:
    """The absolute address of the page that takes the answer."""
    token = signing.dumps([link.question.pk, link.last_change], salt=_SALT, compress=True)
    return settings.SITE_URL + reverse("properties:confirm", args=[token])


def read_link(token: str) -> CheckLink | None:
    """The link of a token; None when it is garbled, forged or older than three months."""
    try:
        content = signing.loads(token, salt=_SALT, max_age=timedelta(days=90))
    except signing.BadSignature:
        return None
    # Mails of an earlier release carry the question alone: they answer while the listing was never changed.
    key, last_change = content if isinstance(content, list) else (content, 0)
    rows = Confirmation.objects.select_related("property__commune", "property__partner")
    question = rows.filter(pk=key).first()
    return None if question is None else CheckLink(question, last_change)


def _last_change(listing: int) -> int:
    """The key of the last change. Writers lock the listing before they log, so later changes have larger keys."""
    return Change.objects.filter(property=listing).aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def answer(*, link: CheckLink, answer: Answer, today: datetime | None = None) -> Property:
    """Write the partner's answer and close the question. Raises `LinkSpentError` unless the link is live."""
    moment = today or timezone.now()
    # The listing first, as every writer: of two answers at once, the second finds the question closed.
    known = Property.objects.select_for_update().get(pk=link.question.property_id)
    question = Confirmation.objects.select_for_update().get(pk=link.question.pk)
    question.property = known
    if not CheckLink(question, link.last_change).is_live:
        raise LinkSpentError
    known = _write(known, answer, moment, version=known.version, door=Door.CONFIRMATION, user=None)
    _close(known, moment, answer)
    return known


@transaction.atomic
def say(*, instance: Property, answer: Answer, version: int, user: User) -> Property:
    """Write what an officer knows of a listing, asked or not; the open question is answered.

    Raises `StaleVersion` when somebody else wrote meanwhile.
    """
    moment = timezone.now()
    known = _write(instance, answer, moment, version=version, door=Door.FORM, user=user)
    _close(known, moment, answer)
    return known


def _write(
    known: Property, answer: Answer, moment: datetime, *, version: int, door: Door, user: User | None
) -> Property:
    values = {"state": _STATES[answer], "verified_on": timezone.localdate(moment), "to_confirm": False}
    if answer != Answer.GONE and known.expires_on and known.expires_on < timezone.localdate(moment):
        values["expires_on"] = None
    return update_property(instance=known, values=values, version=version, door=door, user=user)
