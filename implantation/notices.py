"""Sending the mails that are owed: at least once, under a lease, waiting longer after each failure."""

import logging
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from implantation.choices import NoticeKind, State
from implantation.models import Enquiry, Notice
from implantation.reminders import told_to
from implantation.tracking import tracking_url

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
LISTED = 30  # requests held for checking, in one mail
# Written to an address that anybody may have typed into the public form: nothing typed there is echoed.
TO_INVESTOR = (NoticeKind.ACKNOWLEDGEMENT, NoticeKind.MESSAGE, NoticeKind.NEW_HOLDER, NoticeKind.NEW_LINK)


def compose(notice: Notice) -> EmailMultiAlternatives:
    """The mail of a notice, in the recipient's language, from templates/implantation/mail/: first line the subject."""
    enquiry = notice.event.enquiry if notice.event else None
    to_investor = notice.kind in TO_INVESTOR
    with translation.override(notice.language):
        context = _about_enquiry(notice) if enquiry else _about_day(notice) if notice.day else _about_table(notice)
        text = render_to_string(f"implantation/mail/{notice.kind}.txt", context).strip()
    subject, body = (part.strip() for part in text.split("\n", 1))
    host = urlsplit(settings.SITE_URL).hostname
    about = enquiry.uuid if enquiry else notice.day or f"table-{notice.table_event_id}"
    message = EmailMultiAlternatives(
        subject=subject,
        body=body + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.recipient],
        reply_to=[enquiry.holder.email] if enquiry and to_investor else [],
        headers={"Message-ID": f"<notice-{notice.pk}.{about}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    frame = {"subject": subject, "text": body, "language": notice.language}
    message.attach_alternative(render_to_string("implantation/mail/frame.html", frame), "text/html")
    return message


def _about_enquiry(notice: Notice) -> dict[str, Any]:
    """Each gets its own way in, never the other's: the tracking link is the investor's key."""
    assert notice.event is not None
    enquiry = notice.event.enquiry
    context = {
        "enquiry": enquiry,
        "event": notice.event,
        "decision": getattr(enquiry, "decision", None),
        "site_url": settings.SITE_URL,
    }
    if notice.kind in TO_INVESTOR:
        return context | {"tracking_url": tracking_url(enquiry)}
    if notice.kind == NoticeKind.TO_CHECK:
        return {"site_url": settings.SITE_URL} | _held()
    return context | {"desk_url": f"{settings.SITE_URL}{reverse('enquiry:detail', args=[enquiry.pk])}"}


def _held() -> dict[str, Any]:
    """How many requests are held for checking now, the first of them with their pages, and the list of all."""
    held = Enquiry.objects.filter(state=State.QUARANTINED).order_by("created_at", "pk")
    return {
        "number": held.count(),
        "enquiries": [
            (enquiry, f"{settings.SITE_URL}{reverse('enquiry:detail', args=[enquiry.pk])}") for enquiry in held[:LISTED]
        ],
        "desk_url": f"{settings.SITE_URL}{reverse('enquiry:index')}?todo=check",
    }


def _about_table(notice: Notice) -> dict[str, Any]:
    """What happened to a routing table, and the page where it is read and answered."""
    assert notice.table_event is not None
    table = notice.table_event.table
    url = f"{settings.SITE_URL}{reverse('rules:version', args=[table.version])}"
    return {"table": table, "event": notice.table_event, "desk_url": url, "site_url": settings.SITE_URL}


def _about_day(notice: Notice) -> dict[str, Any]:
    """What is late or due, as it stands when the mail is written: references and what is owed, nothing typed."""
    found = [
        (enquiry, f"{settings.SITE_URL}{reverse('enquiry:detail', args=[enquiry.pk])}")
        for enquiry in told_to(notice.recipient, at=timezone.now())
    ]
    late = sum(enquiry.is_late for enquiry, _url in found)
    return {"enquiries": found, "late": late, "day": notice.day, "site_url": settings.SITE_URL}


def sweep_notices(*, now: datetime | None = None) -> int:
    """Try each notice owed (at `now`, for tests) once; return how many were sent. Several sweeps may run at once."""
    sent = 0
    for pk in list(Notice.objects.due(now or timezone.now()).values_list("pk", flat=True)):
        moment = now or timezone.now()
        # A single statement takes the lease: of two sweeps, one gets the row.
        if Notice.objects.due(moment).filter(pk=pk).update(leased_until=moment + LEASE):
            sent += _try(pk, moment)
    return sent


def _try(pk: int, moment: datetime) -> bool:
    """Send one notice that is leased. Its row is updated, never saved: it may be purged meanwhile."""
    row = Notice.objects.filter(pk=pk)
    notice = row.select_related(
        "event__enquiry__holder", "event__partner", "table_event__table", "table_event__partner"
    ).first()
    if notice is None:
        return False
    if notice.kind == NoticeKind.TO_CHECK:
        # This mail lists all that are held: another one owed to the same address would say it again.
        others = Notice.objects.filter(kind=notice.kind, recipient=notice.recipient).exclude(pk=pk)
        others.free(moment).delete()
    attempts = notice.attempts + 1
    try:
        compose(notice).send()
    except Exception as error:  # whatever the mail server says, the notice stays owed
        later = moment + min(FIRST_WAIT * 2 ** min(notice.attempts, 20), LONGEST_WAIT)
        # The kind of the error alone: its text may quote the recipient's address.
        kind = f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
        row.update(attempts=attempts, leased_until=None, next_try_at=later, last_error=kind)
        logger.warning(
            "notice %s of %s not sent (%s), next try %s", pk, notice.event or notice.table_event, kind, later
        )
        return False
    row.update(attempts=attempts, leased_until=None, sent_at=timezone.now(), last_error="")
    return True


def next_try_at() -> datetime | None:
    """When the next notice falls due (a leased one, when its lease is over), or None when nothing is owed."""
    owed = Notice.objects.filter(sent_at__isnull=True)
    free = owed.filter(leased_until__isnull=True).aggregate(first=Min("next_try_at"))["first"]
    leased = owed.aggregate(first=Min("leased_until"))["first"]
    return min((moment for moment in (free, leased) if moment is not None), default=None)
