"""What officers and the investor do with an enquiry. `at` is when; now, except for the demonstration's past."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.choices import CLOSED_STATES, HELD_STATES, NEXT_STATES, EventKind, NoticeKind, State, Step
from implantation.models import Enquiry
from implantation.services import clock
from implantation.services.errors import Refused
from implantation.services.submission import route
from implantation.services.timeline import (
    coordinators,
    investor,
    label,
    lapse_transfer,
    locked,
    officers,
    owe,
    record,
    required,
)
from territory.choices import OfficerRole
from territory.models import Officer, Partner

LONGEST_REPLY = 5_000  # characters


def acting_for(actor: User, enquiry: Enquiry) -> Partner:
    """The partner in whose name an account acts on an enquiry: its own. Refused unless it holds it or coordinates."""
    if not Enquiry.objects.visible_to(actor).filter(pk=enquiry.pk).exists():
        raise Refused(_("This enquiry is not yours to act on."))
    officer = Officer.objects.select_related("partner").get(user=actor)
    if officer.partner_id != enquiry.holder_id and officer.role != OfficerRole.COORDINATOR:
        raise Refused(_("%(partner)s holds this enquiry; only it may act on it.") % {"partner": enquiry.holder})
    return officer.partner


@transaction.atomic
def release(*, enquiry: Enquiry, actor: User, at: datetime | None = None) -> Enquiry:
    """The coordinator has checked a suspect enquiry: it is routed as if it had just arrived."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.state == State.UNWANTED:
        raise Refused(_("This enquiry was ended as unwanted; bring it back first."))
    if enquiry.state != State.QUARANTINED:
        raise Refused(_("This enquiry was already released."))
    record(enquiry=enquiry, kind=EventKind.RELEASED, at=at, actor=actor, partner=partner)
    route(enquiry=enquiry, at=at)
    return enquiry


@transaction.atomic
def take_in_charge(*, enquiry: Enquiry, actor: User, at: datetime | None = None) -> Enquiry:
    """An officer takes an enquiry. Refused, with the colleague's name, when somebody already did."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.state == State.QUARANTINED:
        raise Refused(_("Check this enquiry and release it first."))
    if enquiry.state != State.RECEIVED:
        if enquiry.taken_by is None:
            raise Refused(_("This enquiry is no longer to take in charge: “%(state)s”.") % {"state": label(enquiry)})
        who = enquiry.taken_by.get_full_name() or enquiry.taken_by.get_username()
        raise Refused(_("%(who)s already took this enquiry in charge.") % {"who": who})
    enquiry.state, enquiry.taken_by, enquiry.taken_at = State.IN_PROGRESS, actor, at
    enquiry.save()
    record(enquiry=enquiry, kind=EventKind.TAKEN, at=at, actor=actor, partner=partner)
    return enquiry


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
    """Write to the investor: a line of the timeline and a mail.

    `tailored` says that it answers what was asked, `awaiting` that the next step is theirs: the clock stops.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    body = required(body, _("Write the message first."))
    if enquiry.state == State.QUARANTINED:
        raise Refused(_("Check this enquiry and release it first."))
    if enquiry.state == State.RECEIVED:
        raise Refused(_("Take the enquiry in charge before you write, so that your colleagues know."))
    if not enquiry.is_open:
        raise Refused(_("This enquiry is closed; reopen it to write."))
    enquiry.last_contact_at = at
    clock.answered(enquiry, at=at, tailored=tailored)
    if awaiting:
        enquiry.state = State.AWAITING_INVESTOR
        clock.stop(enquiry, at=at)
    enquiry.save()
    event = record(enquiry=enquiry, kind=EventKind.MESSAGE_OUT, at=at, actor=actor, partner=partner, body=body)
    owe(event=event, kind=NoticeKind.MESSAGE, recipients=investor(enquiry), at=at)
    return enquiry


@transaction.atomic
def add_note(*, enquiry: Enquiry, actor: User, body: str, at: datetime | None = None) -> Enquiry:
    """Keep a note for colleagues; the investor never sees it."""
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    body = required(body, _("Write the note first."))
    record(enquiry=enquiry, kind=EventKind.NOTE, at=at or timezone.now(), actor=actor, partner=partner, body=body)
    return enquiry


@transaction.atomic
def replace_link(*, enquiry: Enquiry, actor: User, send: bool, at: datetime | None = None) -> Enquiry:
    """Revoke every tracking link given so far; with `send`, owe the investor a mail with the new one.

    Later mails carry the new link either way. `send` is refused while the enquiry is kept to be checked: no mail goes
    to an address that nobody has looked at.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if send and enquiry.state in HELD_STATES:
        raise Refused(_("This enquiry is to be checked first: until then no mail goes to the address that was typed."))
    enquiry.token_version += 1
    enquiry.save()
    event = record(enquiry=enquiry, kind=EventKind.LINK_REPLACED, at=at, actor=actor, partner=partner)
    if send:
        owe(event=event, kind=NoticeKind.NEW_LINK, recipients=investor(enquiry), at=at)
    return enquiry


@transaction.atomic
def need_no_answer(*, enquiry: Enquiry, actor: User, at: datetime | None = None) -> Enquiry:
    """The investor's last message wants no answer (thanks, a paper that was asked for): nothing is owed any more."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.step != Step.REPLY:
        raise Refused(_("No message of the investor waits for an answer."))
    clock.owe_nothing(enquiry)
    enquiry.save()
    record(enquiry=enquiry, kind=EventKind.NO_ANSWER, at=at, actor=actor, partner=partner)
    return enquiry


@transaction.atomic
def change_state(*, enquiry: Enquiry, actor: User, state: str, reason: str = "", at: datetime | None = None) -> Enquiry:
    """Move an enquiry on, close it or open it again. Closing and reopening want a reason, kept for colleagues."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if state not in NEXT_STATES.get(enquiry.state, ()):
        raise Refused(
            _("From “%(state)s” the enquiry cannot go there; somebody may have changed it meanwhile.")
            % {"state": label(enquiry)}
        )
    if state in CLOSED_STATES or enquiry.state in CLOSED_STATES:
        reason = required(reason, _("Say why, for your colleagues."))
    before, enquiry.state = enquiry.state, state
    enquiry.closed_at = at if state in CLOSED_STATES else None
    if enquiry.closed_at:
        clock.owe_nothing(enquiry)
    elif before in CLOSED_STATES:
        clock.reopened(enquiry, at=at)
    elif state == State.AWAITING_INVESTOR:
        clock.stop(enquiry, at=at)
    else:
        clock.go_on(enquiry, at=at)
    enquiry.save()
    if enquiry.closed_at:
        lapse_transfer(enquiry=enquiry, at=at, actor=actor)
    record(
        enquiry=enquiry,
        kind=EventKind.STATE,
        at=at,
        actor=actor,
        partner=partner,
        body=reason,
        before=before,
        after=state,
    )
    return enquiry


@transaction.atomic
def record_reply(*, enquiry: Enquiry, body: str, seen: int | None = None, at: datetime | None = None) -> Enquiry:
    """The investor writes from the tracking page: a line of the timeline, and a mail to the holder's officers.

    `seen` is the sequence of the last line the writer had seen: the same words again after it are the same message,
    sent twice by a double click or a reload.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    body = required(body, _("Write your message first."), longest=LONGEST_REPLY)
    if seen is not None:
        lately = enquiry.events.filter(kind=EventKind.MESSAGE_IN, sequence__gt=seen)
        if lately.filter(text__body=body).exists():
            return enquiry
    if enquiry.state == State.UNWANTED:
        raise Refused(_("This request is closed. If that is a mistake, write to the coordinator."))
    if enquiry.state == State.WITHDRAWN:
        raise Refused(_("You withdrew this enquiry. Send a new one whenever you like."))
    enquiry.last_contact_at = at
    if enquiry.state == State.AWAITING_INVESTOR:
        enquiry.state = State.IN_PROGRESS
    clock.asked(enquiry, at=at)
    enquiry.save()
    event = record(enquiry=enquiry, kind=EventKind.MESSAGE_IN, at=at, body=body)
    quarantined = enquiry.state == State.QUARANTINED
    owe(
        event=event,
        kind=NoticeKind.REPLY,
        recipients=coordinators() if quarantined else officers(enquiry.holder),
        at=at,
    )
    return enquiry


@transaction.atomic
def withdraw(*, enquiry: Enquiry, at: datetime | None = None) -> Enquiry:
    """The investor gives up; the partner is told and stops."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    if enquiry.state in CLOSED_STATES:
        raise Refused(_("This enquiry is already closed."))
    enquiry.state, enquiry.closed_at, enquiry.last_contact_at = State.WITHDRAWN, at, at
    clock.owe_nothing(enquiry)
    enquiry.save()
    lapse_transfer(enquiry=enquiry, at=at)
    event = record(enquiry=enquiry, kind=EventKind.WITHDRAWN, at=at)
    owe(event=event, kind=NoticeKind.WITHDRAWAL, recipients=officers(enquiry.holder), at=at)
    return enquiry
