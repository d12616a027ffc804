"""Appending to the timeline of an enquiry and to its mail outbox."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils.translation import gettext as _

from implantation.enquiries.choices import EnquiryState, EventKind, NoticeKind, TransferState
from implantation.enquiries.models import Enquiry, Event, EventText, Notice
from implantation.enquiries.notices import send_notices
from implantation.errors import RefusedError
from implantation.officers.addresses import coordinators, officers
from territory.models import Partner

# Minimum interval between two mails about held requests.
CHECK_MAILS = timedelta(hours=1)


def locked(enquiry: Enquiry) -> Enquiry:
    """Lock and reload an enquiry until the end of the transaction, against concurrent actions of two officers.

    Refused once the personal data is erased: nobody is left to answer.
    """
    # Without a join: PostgreSQL re-reads a row after waiting for its lock, but joins the row to data read before, and
    # an enquiry with a changed holder would not be found.
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if enquiry.anonymised_at:
        raise RefusedError(_("The personal data of this enquiry was erased; it is kept for statistics only."))
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
    """Append an event to the timeline of a locked enquiry. `data` holds codes and names of bodies, no free text."""
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
    """Owe one mail to each (address, language), and enqueue the sending task."""
    Notice.objects.bulk_create(
        Notice(
            event=event,
            kind=kind,
            recipient=address,
            language=language,
            due_at=at,
        )
        for address, language in dict(recipients).items()
    )
    send_notices.enqueue()


def owe_check(*, event: Event, at: datetime) -> None:
    """Owe each coordinator a mail about held requests: at most hourly, listing all requests then held.

    A recipient with an unstarted mail gets no second: the pending mail lists the requests held when composed. Locking
    the pending row makes the sender wait for this transaction, and so list this request. Runs inside the transaction of
    a submission; submissions run one at a time.
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
    """Return the investor's address and language."""
    return [(enquiry.email, enquiry.language)]


def label(enquiry: Enquiry) -> str:
    """Return the label of the state."""
    return str(EnquiryState(enquiry.state).label)


def lapse_transfer(*, enquiry: Enquiry, at: datetime, actor: User | None = None) -> None:
    """Lapse the open transfer of a closed enquiry, if any."""
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
