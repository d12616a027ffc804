"""Appending to the timeline, and owing mails for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from implantation.choices import EventKind, NoticeKind
from implantation.models import Enquiry, Event, EventText, Notice
from implantation.services.errors import Refused
from implantation.tasks import wake_sweep
from territory.choices import OfficerRole
from territory.models import Officer, Partner


def locked(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it is now, held until the transaction ends: two officers cannot act on it at once."""
    return Enquiry.objects.select_for_update(of=("self",)).select_related("holder").get(pk=enquiry.pk)


def record(
    *,
    enquiry: Enquiry,
    kind: EventKind,
    at: datetime,
    actor: AbstractBaseUser | None = None,
    partner: Partner | None = None,
    body: str = "",
    **data: Any,
) -> Event:
    """Append a line to the timeline of an enquiry that is locked. `data` holds codes and names of bodies, no text."""
    last = Event.objects.filter(enquiry=enquiry).order_by("-sequence").values_list("sequence", flat=True).first() or 0
    event = Event(enquiry=enquiry, sequence=last + 1, kind=kind, at=at, actor=actor, partner=partner, data=data)
    text = EventText(event=event, body=body) if body else None
    if text is not None:
        event.text_hash = text.digest()
    event.save()
    if text is not None:
        text.event = event
        text.save()
    return event


def owe(*, event: Event, kind: NoticeKind, recipients: Iterable[tuple[str, str]], at: datetime) -> None:
    """Owe one mail to each (address, language), and wake the sweep that sends them."""
    notices = [
        Notice(event=event, kind=kind, recipient=address, language=language, next_try_at=at)
        for address, language in dict(recipients).items()
    ]
    Notice.objects.bulk_create(notices)
    if notices:
        wake_sweep.enqueue()


def investor(enquiry: Enquiry) -> list[tuple[str, str]]:
    """The investor's address and language."""
    return [(enquiry.email, enquiry.language)]


def officers(partner: Partner) -> list[tuple[str, str]]:
    """Addresses of the officer and deputies of a partner; its monitored address when it has none left.

    The coordinating partner's coordinators are among its officers.
    """
    people = (
        Officer.objects.filter(partner=partner, user__is_active=True).exclude(user__email="").select_related("user")
    )
    addresses = [(officer.user.email, settings.LANGUAGE_CODE) for officer in people]
    return addresses or [(partner.email, settings.LANGUAGE_CODE)]


def coordinators() -> list[tuple[str, str]]:
    """Addresses of the coordinators; the coordinating partner's when there is none."""
    people = Officer.objects.filter(role=OfficerRole.COORDINATOR, user__is_active=True).exclude(user__email="")
    addresses = [(officer.user.email, settings.LANGUAGE_CODE) for officer in people.select_related("user")]
    return addresses or [(Partner.objects.coordinator().email, settings.LANGUAGE_CODE)]


def required(text: str, message: str) -> str:
    """The text without outer spaces; refused when nothing is left."""
    text = text.strip()
    if not text:
        raise Refused(message)
    return text
