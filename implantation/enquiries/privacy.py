"""Log of openings, and erasure of personal data at the end of its retention period."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from implantation.enquiries import clock
from implantation.enquiries.choices import OPEN_STATES, EnquiryState, EventKind, NoticeKind
from implantation.enquiries.models import Enquiry, Event, EventText, Notice, Opening
from implantation.enquiries.models.querysets import EnquiryQuerySet
from implantation.enquiries.timeline import lapse_transfer, locked, owe_check, record

UNWANTED_KEPT = timedelta(days=30)
ERASED = {
    "name": "",
    "email": "",
    "phone": "",
    "company": "",
    "siret": "",
    "message": "",
    "technical_needs": "",
    "origin_digest": "",
    "suspicion": "",
}


def purge_personal_data(*, dry_run: bool = False, at: datetime | None = None) -> list[str]:
    """Anonymise enquiries past retention.

    An enquiry is due `settings.ENQUIRY_RETENTION_YEARS` after its last contact, an unwanted request `UNWANTED_KEPT`
    after its closing, however late this runs. Contact details, free texts and mail addresses are erased, and the
    tracking link stops; facts, dates, state and decision stay. Returns the references concerned; with `dry_run` nothing
    is written.
    """
    at = at or timezone.now()
    try:
        limit = at.replace(year=at.year - settings.ENQUIRY_RETENTION_YEARS)
    except ValueError:  # 29 February
        limit = at.replace(year=at.year - settings.ENQUIRY_RETENTION_YEARS, day=28)
    due = _due(limit, at).order_by("pk")
    references = list(due.values_list("reference", flat=True))
    if not dry_run:
        references = [enquiry.reference for enquiry in due if _purge(enquiry, limit, at)]
    return references


@transaction.atomic
def _purge(enquiry: Enquiry, limit: datetime, at: datetime) -> bool:
    """Anonymise the enquiry if still due under lock: the investor may have written meanwhile."""
    if not _due(limit, at).select_for_update().filter(pk=enquiry.pk).exists():
        return False
    anonymise(enquiry=enquiry, at=at)
    return True


def _due(limit: datetime, at: datetime) -> EnquiryQuerySet:
    """Return enquiries not yet erased with last contact before `limit`, and unwanted requests past `UNWANTED_KEPT`."""
    unwanted = Q(state=EnquiryState.UNWANTED, closed_at__lte=at - UNWANTED_KEPT)
    return Enquiry.objects.filter(Q(last_contact_at__lte=limit) | unwanted, anonymised_at__isnull=True)


@transaction.atomic
def anonymise(*, enquiry: Enquiry, at: datetime) -> None:
    """Erase the personal data of an enquiry; an open enquiry is closed without settlement."""
    enquiry = locked(enquiry)
    lapse_transfer(enquiry=enquiry, at=at)
    for name, nothing in ERASED.items():
        setattr(enquiry, name, nothing)
    if enquiry.state in (*OPEN_STATES, EnquiryState.QUARANTINED):
        enquiry.state, enquiry.closed_at = EnquiryState.UNSUCCESSFUL, at
    clock.owe_nothing(enquiry)
    enquiry.anonymised_at = at
    enquiry.token_version += 1
    enquiry.save()
    EventText.objects.filter(event__enquiry=enquiry).delete()
    _erase_notices(enquiry, at)
    Opening.objects.filter(enquiry=enquiry).delete()
    record(enquiry=enquiry, kind=EventKind.ANONYMISED, at=at)


def _erase_notices(enquiry: Enquiry, at: datetime) -> None:
    """Delete the mails of an enquiry; an unsent mail about held requests is owed again for the others still held."""
    notices = Notice.objects.filter(event__enquiry=enquiry)
    untold = notices.filter(kind=NoticeKind.TO_CHECK, sent_at__isnull=True).exists()
    notices.delete()
    held = (
        Event.objects.filter(kind=EventKind.QUARANTINED, enquiry__state=EnquiryState.QUARANTINED)
        .order_by("-at")
        .first()
    )
    if untold and held is not None:
        owe_check(event=held, at=at)


def note_opening(*, enquiry: Enquiry, user: Any) -> None:
    """Record today's opening of an enquiry by an account, once a day; none for an erased enquiry."""
    if enquiry.anonymised_at is None:
        opening = Opening(enquiry=enquiry, user=user, day=timezone.localdate())
        Opening.objects.bulk_create([opening], ignore_conflicts=True)


def purge_openings(*, at: datetime) -> int:
    """Delete openings older than `settings.ACCESS_LOG_DAYS`; return their number."""
    return Opening.objects.filter(at__lt=at - timedelta(days=settings.ACCESS_LOG_DAYS)).delete()[0]
