"""Check links: a partner's answer about one listing through the mailed link, and an officer's own statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from properties.choices import CheckAnswer, Door, PropertyState
from properties.models import Change, Confirmation, Property
from properties.services import update_property

# Changing the salt would invalidate the links already sent.
_SALT = "properties.freshness"


_STATES = {
    CheckAnswer.AVAILABLE: PropertyState.ON_MARKET,
    CheckAnswer.UNDER_OFFER: PropertyState.UNDER_OFFER,
    CheckAnswer.GONE: PropertyState.WITHDRAWN,
}


class LinkSpentError(Exception):
    """Link already answered, or listing changed since the mail; nothing was written."""


@dataclass(frozen=True, slots=True)
class CheckLink:
    """Question asked by mail, with the key of its listing's last change at the time of the mail (0: none)."""

    question: Confirmation
    last_change: int

    @property
    def is_live(self) -> bool:
        """True until the first answer, while the listing stays as the mail described."""
        listing = self.question.property
        return self.question.closed_at is None and listing.is_public and _last_change(listing.pk) == self.last_change


def close(known: Property, moment: datetime, answer: str = "") -> None:
    """Close the open question about a listing, if any, with its answer, and cancel its mail."""
    questions = Confirmation.objects.filter(property=known, closed_at__isnull=True)
    questions.update(closed_at=moment, answer=answer, due_at=None, lease=None)


def address(link: CheckLink) -> str:
    """Return the absolute URL of the answer page, with a signed token."""
    token = signing.dumps([link.question.pk, link.last_change], salt=_SALT, compress=True)
    return f"{settings.SITE_URL}{reverse('properties:confirm', args=[token])}"


def read_link(token: str) -> CheckLink | None:
    """Return the link of a token, or None when garbled, forged or older than 90 days."""
    try:
        content = signing.loads(token, salt=_SALT, max_age=timedelta(days=90))
    except signing.BadSignature:
        return None
    # Tokens of an earlier release hold the question alone and stay live while the listing was never changed.
    key, last_change = content if isinstance(content, list) else (content, 0)
    rows = Confirmation.objects.select_related("property__commune", "property__partner")
    question = rows.filter(pk=key).first()
    return None if question is None else CheckLink(question, last_change)


def _last_change(listing: int) -> int:
    """Return the key of the last change. Writers lock the listing before logging, so later changes have larger keys."""
    return Change.objects.filter(property=listing).aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def answer(*, link: CheckLink, answer: CheckAnswer, today: datetime | None = None) -> Property:
    """Write the partner's answer and close the question. Raises `LinkSpentError` unless the link is live."""
    moment = today or timezone.now()
    # Lock order of every writer, listing first: the second of two concurrent answers finds the question closed.
    listing = Property.objects.select_for_update().get(pk=link.question.property_id)
    question = Confirmation.objects.select_for_update().get(pk=link.question.pk)
    question.property = listing
    if not CheckLink(question, link.last_change).is_live:
        raise LinkSpentError
    listing = _write(listing, answer, moment, version=listing.version, door=Door.CONFIRMATION, user=None)
    close(listing, moment, answer)
    return listing


@transaction.atomic
def say(*, instance: Property, answer: CheckAnswer, version: int, user: User) -> Property:
    """Write an officer's own answer about a listing, and close its open question if any.

    Raises `StaleVersionError` when somebody else wrote meanwhile.
    """
    moment = timezone.now()
    listing = _write(instance, answer, moment, version=version, door=Door.FORM, user=user)
    close(listing, moment, answer)
    return listing


def _write(
    known: Property, answer: CheckAnswer, moment: datetime, *, version: int, door: Door, user: User | None
) -> Property:
    values = {"state": _STATES[answer], "verified_on": timezone.localdate(moment), "to_confirm": False}
    if answer != CheckAnswer.GONE and known.expires_on and known.expires_on < timezone.localdate(moment):
        values["expires_on"] = None
    return update_property(instance=known, values=values, version=version, door=door, user=user)
