"""Appending to the timeline, and owing mails for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.choices import EventKind, NoticeKind, State, TransferState
from implantation.models import Enquiry, Event, EventText, Notice
from implantation.presence import answering
from implantation.services.errors import Refused
from implantation.tasks import wake_sweep
from territory.choices import OfficerRole
from territory.models import Officer, Partner

# Between two mails on requests held for checking.
CHECK_MAILS = timedelta(hours=1)


def locked(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it is now, held until the transaction ends: two officers cannot act on it at once.

    Refused when its personal data was erased: there is nobody left to answer.
    """
    # Without a join: PostgreSQL re-reads a row it waited for, but joins it to what it had read before, and a row whose
    # holder changed meanwhile would not be found.
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if enquiry.anonymised_at:
        raise Refused(_("The personal data of this enquiry was erased; it is kept for statistics only."))
    return enquiry


def record(
    *,
    enquiry: Enquiry,
    kind: EventKind,
    at: datetime,
    actor: User | None = None,
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
    """Owe one mail to each (address, language), and wake the sweep that sends them.

    The past of the demonstration is told, not lived: its mails count as sent on the day.
    """
    told = event.enquiry.is_demo and timezone.now() - at > timedelta(minutes=5)
    Notice.objects.bulk_create(
        Notice(
            event=event,
            kind=kind,
            recipient=address,
            language=language,
            next_try_at=at,
            sent_at=at if told else None,
        )
        for address, language in dict(recipients).items()
    )
    if not told:
        wake_sweep.enqueue()


def owe_check(*, event: Event, at: datetime) -> None:
    """Owe the coordinators word of a request held for checking: one mail an hour each, which lists all that are held.

    Nothing is added for whoever has a mail not yet begun: it lists what is held when it is written. Locking that row
    makes a sweep wait, and so read the request. Runs inside the transaction of a submission; these run one at a time.
    """
    for address, language in coordinators():
        mails = Notice.objects.filter(kind=NoticeKind.TO_CHECK, recipient=address)
        if mails.free(at).select_for_update().exists():
            continue
        begun = mails.filter(sent_at__isnull=True).exists()
        last = at if begun else mails.aggregate(last=Max("sent_at"))["last"]
        first = max(at, last + CHECK_MAILS) if last else at
        owe(event=event, kind=NoticeKind.TO_CHECK, recipients=[(address, language)], at=first)


def investor(enquiry: Enquiry) -> list[tuple[str, str]]:
    """The investor's address and language."""
    return [(enquiry.email, enquiry.language)]


def officers(partner: Partner) -> list[tuple[str, str]]:
    """Addresses and languages of who answers for a partner today (`absences.answering`).

    When none is left, its monitored address, and the coordinators, who must mend that.
    """
    return _of(answering(partner, timezone.localdate())) or [
        (partner.email, settings.LANGUAGE_CODE),
        *coordinators(),
    ]


def coordinators() -> list[tuple[str, str]]:
    """Addresses and languages of the coordinators; the coordinating partner's address when there is none."""
    return _of(Officer.objects.filter(role=OfficerRole.COORDINATOR)) or [
        (Partner.objects.coordinator().email, settings.LANGUAGE_CODE)
    ]


def _of(people: QuerySet[Officer]) -> list[tuple[str, str]]:
    return addresses(User.objects.filter(officer__in=people))


def addresses(accounts: QuerySet[User]) -> list[tuple[str, str]]:
    """Of those that are active and have an address, in the language each chose for the admin."""
    accounts = accounts.filter(is_active=True).exclude(email="")
    languages = {code for code, _name in settings.LANGUAGES}
    rows = accounts.order_by("pk").values_list("email", "wagtail_userprofile__preferred_language")
    return [(email, language if language in languages else settings.LANGUAGE_CODE) for email, language in rows]


def required(text: str, message: str, *, longest: int = 10_000) -> str:
    """The text without outer spaces; refused when nothing is left, or more than `longest` characters."""
    text = text.strip()
    if not text:
        raise Refused(message)
    if len(text) > longest:
        raise Refused(_("This text is too long: %(limit)s characters at most.") % {"limit": longest})
    return text


def label(enquiry: Enquiry) -> str:
    """The state in words."""
    return str(State(enquiry.state).label)


def lapse_transfer(*, enquiry: Enquiry, at: datetime, actor: User | None = None) -> None:
    """Close the open transfer, if any, of an enquiry that is closed: there is nothing left to hand over."""
    for transfer in enquiry.transfers.filter(state=TransferState.PROPOSED).select_related("to_partner"):
        transfer.state, transfer.answered_at = TransferState.LAPSED, at
        transfer.save()
        event = record(
            enquiry=enquiry,
            kind=EventKind.TRANSFER_LAPSED,
            at=at,
            actor=actor,
            partner=transfer.from_partner,
            to=transfer.to_partner.short_name,
        )
        owe(event=event, kind=NoticeKind.TRANSFER_ANSWERED, recipients=officers(transfer.to_partner), at=at)
