"""Messages of the holder and the investor."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.enquiries import clock
from implantation.enquiries.choices import HELD_STATES, EnquiryState, EventKind, NoticeKind, Step
from implantation.enquiries.handling import acting_for
from implantation.enquiries.models import Enquiry
from implantation.enquiries.timeline import investor, locked, owe, record
from implantation.errors import RefusedError, required
from implantation.officers.addresses import coordinators, officers

LONGEST_REPLY = 5_000  # characters


@transaction.atomic
def write_to_investor(
    *,
    enquiry: Enquiry,
    actor: User,
    body: str,
    tailored: bool = False,
    awaiting: bool = False,
    at: datetime | None = None,
) -> Enquiry:
    """Write to the investor: a timeline event and a mail.

    `tailored` marks the tailored answer; `awaiting` leaves the next step to the investor and stops the clock.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    body = required(body, _("Write the message first."))
    if enquiry.state == EnquiryState.QUARANTINED:
        raise RefusedError(_("Check this enquiry and release it first."))
    if enquiry.state == EnquiryState.RECEIVED:
        raise RefusedError(_("Take the enquiry in charge before you write, so that your colleagues know."))
    if not enquiry.is_open:
        raise RefusedError(_("This enquiry is closed; reopen it to write."))
    enquiry.last_contact_at = at
    clock.answered(enquiry, at=at, tailored=tailored)
    if awaiting:
        enquiry.state = EnquiryState.AWAITING_INVESTOR
        clock.stop(enquiry, at=at)
    enquiry.save()
    event = record(enquiry=enquiry, kind=EventKind.MESSAGE_OUT, at=at, actor=actor, partner=partner, body=body)
    owe(event=event, kind=NoticeKind.MESSAGE, recipients=investor(enquiry), at=at)
    return enquiry


@transaction.atomic
def add_note(*, enquiry: Enquiry, actor: User, body: str, at: datetime | None = None) -> Enquiry:
    """Add an internal note; the investor never sees notes."""
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    body = required(body, _("Write the note first."))
    record(enquiry=enquiry, kind=EventKind.NOTE, at=at or timezone.now(), actor=actor, partner=partner, body=body)
    return enquiry


@transaction.atomic
def replace_link(*, enquiry: Enquiry, actor: User, send: bool, at: datetime | None = None) -> Enquiry:
    """Revoke every tracking link given so far; with `send`, owe the investor a mail with the new link.

    Later mails carry the new link either way. `send` is refused while the enquiry is held for checking: no mail goes to
    an unchecked address.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if send and enquiry.state in HELD_STATES:
        raise RefusedError(
            _("This enquiry is to be checked first: until then no mail goes to the address that was typed.")
        )
    enquiry.token_version += 1
    enquiry.save()
    event = record(enquiry=enquiry, kind=EventKind.LINK_REPLACED, at=at, actor=actor, partner=partner)
    if send:
        owe(event=event, kind=NoticeKind.NEW_LINK, recipients=investor(enquiry), at=at)
    return enquiry


@transaction.atomic
def need_no_answer(*, enquiry: Enquiry, actor: User, at: datetime | None = None) -> Enquiry:
    """Mark the investor's last message (thanks, a requested paper) as needing no answer: nothing is owed any more."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.step != Step.REPLY:
        raise RefusedError(_("No message of the investor waits for an answer."))
    clock.owe_nothing(enquiry)
    enquiry.save()
    record(enquiry=enquiry, kind=EventKind.NO_ANSWER, at=at, actor=actor, partner=partner)
    return enquiry


@transaction.atomic
def record_reply(*, enquiry: Enquiry, body: str, seen: int | None = None, at: datetime | None = None) -> Enquiry:
    """Record the investor's message from the tracking page, with a mail to the holder's officers.

    `seen` is the sequence of the last event shown to the investor and makes the call idempotent: the same text after
    `seen` is a double click or a reload, and is not recorded twice.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    body = required(body, _("Write your message first."), longest=LONGEST_REPLY)
    if seen is not None:
        lately = enquiry.events.filter(kind=EventKind.MESSAGE_IN, sequence__gt=seen)
        if lately.filter(text__body=body).exists():
            return enquiry
    if enquiry.state == EnquiryState.UNWANTED:
        raise RefusedError(_("This request is closed. If that is a mistake, write to the coordinator."))
    if enquiry.state == EnquiryState.WITHDRAWN:
        raise RefusedError(_("You withdrew this enquiry. Send a new one whenever you like."))
    enquiry.last_contact_at = at
    if enquiry.state == EnquiryState.AWAITING_INVESTOR:
        enquiry.state = EnquiryState.IN_PROGRESS
    clock.asked(enquiry, at=at)
    enquiry.save()
    event = record(enquiry=enquiry, kind=EventKind.MESSAGE_IN, at=at, body=body)
    quarantined = enquiry.state == EnquiryState.QUARANTINED
    owe(
        event=event,
        kind=NoticeKind.REPLY,
        recipients=coordinators() if quarantined else officers(enquiry.holder),
        at=at,
    )
    return enquiry
