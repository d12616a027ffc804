"""Checking of suspect requests: release, close as unwanted, bring back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.enquiries import clock
from implantation.enquiries.choices import EnquiryState, EventKind, Step
from implantation.enquiries.handling import acting_for
from implantation.enquiries.models import Enquiry
from implantation.enquiries.submission import route
from implantation.enquiries.timeline import locked, record
from implantation.errors import RefusedError


@transaction.atomic
def refuse_unwanted(*, enquiry: Enquiry, actor: User, seen: int | None = None, at: datetime | None = None) -> Enquiry:
    """Close a held request as unwanted, without any mail.

    Refused when the request is no longer held, or when its timeline grew past the event numbered `seen`.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.state != EnquiryState.QUARANTINED:
        raise RefusedError(_("Only a request that is to be checked can be ended as unwanted."))
    if seen is not None and enquiry.events.filter(sequence__gt=seen).exists():
        raise RefusedError(_("Something happened to it meanwhile; read it first."))
    enquiry.state, enquiry.closed_at = EnquiryState.UNWANTED, at
    clock.owe_nothing(enquiry)
    enquiry.save()
    record(enquiry=enquiry, kind=EventKind.UNWANTED, at=at, actor=actor, partner=partner)
    return enquiry


@transaction.atomic
def bring_back(*, enquiry: Enquiry, actor: User, at: datetime | None = None) -> Enquiry:
    """Hold an unwanted request for checking again, with a new delay. Refused once the request is erased."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.state != EnquiryState.UNWANTED:
        raise RefusedError(_("This enquiry is not among the unwanted."))
    enquiry.state, enquiry.closed_at = EnquiryState.QUARANTINED, None
    clock.start(enquiry, Step.CHECK, partner=enquiry.holder, at=at)
    enquiry.save()
    record(enquiry=enquiry, kind=EventKind.BROUGHT_BACK, at=at, actor=actor, partner=partner)
    return enquiry


@transaction.atomic
def release(*, enquiry: Enquiry, actor: User, at: datetime | None = None) -> Enquiry:
    """Release a checked request for routing, as on arrival."""
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    if enquiry.state == EnquiryState.UNWANTED:
        raise RefusedError(_("This enquiry was ended as unwanted; bring it back first."))
    if enquiry.state != EnquiryState.QUARANTINED:
        raise RefusedError(_("This enquiry was already released."))
    record(enquiry=enquiry, kind=EventKind.RELEASED, at=at, actor=actor, partner=partner)
    route(enquiry=enquiry, at=at)
    return enquiry
