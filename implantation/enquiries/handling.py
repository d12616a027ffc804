"""Officers' and investors' actions on an enquiry. `at` defaults to now; the demonstration passes past instants."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.enquiries import clock
from implantation.enquiries.choices import CLOSED_STATES, NEXT_STATES, EnquiryState, EventKind, NoticeKind
from implantation.enquiries.models import Enquiry
from implantation.enquiries.timeline import label, lapse_transfer, locked, owe, record
from implantation.errors import RefusedError, required
from implantation.officers.addresses import officers
from territory.choices import OfficerRole
from territory.models import Officer, Partner


def acting_for(actor: User, enquiry: Enquiry) -> Partner:
    """Return the account's partner, acting on the enquiry.

    Refused unless the partner is the holder or the coordinator.
    """
    if not Enquiry.objects.visible_to(actor).filter(pk=enquiry.pk).exists():
        raise RefusedError(_("This enquiry is not yours to act on."))
    officer = Officer.objects.select_related("partner").get(user=actor)
    if officer.partner_id != enquiry.holder_id and officer.role != OfficerRole.COORDINATOR:
        raise RefusedError(_("%(partner)s holds this enquiry; only it may act on it.") % {"partner": enquiry.holder})
    return officer.partner


@transaction.atomic
def take_in_charge(*, enquiry: Enquiry, actor: User, at: datetime | None = None) -> Enquiry:
    """Take an enquiry in charge. Refused, with the colleague's name, when already taken."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.state == EnquiryState.QUARANTINED:
        raise RefusedError(_("Check this enquiry and release it first."))
    if enquiry.state != EnquiryState.RECEIVED:
        if enquiry.taken_by is None:
            raise RefusedError(
                _("This enquiry is no longer to take in charge: “%(state)s”.") % {"state": label(enquiry)}
            )
        who = enquiry.taken_by.get_full_name() or enquiry.taken_by.get_username()
        raise RefusedError(_("%(who)s already took this enquiry in charge.") % {"who": who})
    enquiry.state, enquiry.taken_by, enquiry.taken_at = EnquiryState.IN_PROGRESS, actor, at
    enquiry.save()
    record(enquiry=enquiry, kind=EventKind.TAKEN, at=at, actor=actor, partner=partner)
    return enquiry


@transaction.atomic
def change_state(*, enquiry: Enquiry, actor: User, state: str, reason: str = "", at: datetime | None = None) -> Enquiry:
    """Change the state, close or reopen. Closing and reopening need a reason, kept for colleagues."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if state not in NEXT_STATES.get(enquiry.state, ()):
        raise RefusedError(
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
    elif state == EnquiryState.AWAITING_INVESTOR:
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
def withdraw(*, enquiry: Enquiry, at: datetime | None = None) -> Enquiry:
    """Withdraw the enquiry for the investor; the partner gets a mail and stops."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    if enquiry.state in CLOSED_STATES:
        raise RefusedError(_("This enquiry is already closed."))
    enquiry.state, enquiry.closed_at, enquiry.last_contact_at = EnquiryState.WITHDRAWN, at, at
    clock.owe_nothing(enquiry)
    enquiry.save()
    lapse_transfer(enquiry=enquiry, at=at)
    event = record(enquiry=enquiry, kind=EventKind.WITHDRAWN, at=at)
    owe(event=event, kind=NoticeKind.WITHDRAWAL, recipients=officers(enquiry.holder), at=at)
    return enquiry
