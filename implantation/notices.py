"""Sending the mails that are owed: at least once, under a lease, waiting longer after each failure."""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from implantation.choices import NoticeKind
from implantation.models import Notice
from implantation.tracking import tracking_url

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
# Written to an address that anybody may have typed into the public form: nothing typed there is echoed.
TO_INVESTOR = (NoticeKind.ACKNOWLEDGEMENT, NoticeKind.MESSAGE, NoticeKind.NEW_HOLDER)


def compose(notice: Notice) -> EmailMultiAlternatives:
    """The mail of a notice, in the recipient's language, from templates/implantation/mail/."""
    event = notice.event
    enquiry = event.enquiry
    context = {
        "enquiry": enquiry,
        "event": event,
        "decision": getattr(enquiry, "decision", None),
        "site_url": settings.SITE_URL,
        "tracking_url": tracking_url(enquiry),
        "desk_url": f"{settings.SITE_URL}{reverse('enquiry:detail', args=[enquiry.pk])}",
    }
    with translation.override(notice.language):
        text = render_to_string(f"implantation/mail/{notice.kind}.txt", context).strip()
    subject, body = text.split("\n", 1)
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMultiAlternatives(
        subject=subject.strip(),
        body=body.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.recipient],
        reply_to=[enquiry.holder.email] if notice.kind in TO_INVESTOR else [],
        headers={"Message-ID": f"<notice-{notice.pk}.{enquiry.uuid}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def sweep_notices(*, now: datetime | None = None) -> int:
    """Try each notice owed now once; return how many were sent. Several sweeps may run at the same time."""
    now = now or timezone.now()
    sent = 0
    for pk in list(Notice.objects.due(now).values_list("pk", flat=True)):
        # A single statement takes the lease: of two sweeps, one gets the row.
        if Notice.objects.due(now).filter(pk=pk).update(leased_until=now + LEASE):
            sent += _try(Notice.objects.select_related("event__enquiry__holder").get(pk=pk), now)
    return sent


def _try(notice: Notice, now: datetime) -> bool:
    notice.attempts += 1
    notice.leased_until = None
    try:
        compose(notice).send()
    except Exception as error:  # whatever the mail server says, the notice stays owed
        notice.last_error = f"{type(error).__name__}: {error}"[:200]
        notice.next_try_at = now + min(FIRST_WAIT * 2 ** (notice.attempts - 1), LONGEST_WAIT)
        notice.save()
        logger.warning("notice %s of %s not sent, next try %s", notice.pk, notice.event.enquiry, notice.next_try_at)
        return False
    notice.sent_at, notice.last_error = timezone.now(), ""
    with transaction.atomic():
        notice.save()
    return True


def next_try_at() -> datetime | None:
    """When the next notice falls due, or None when nothing is owed."""
    return Notice.objects.filter(sent_at__isnull=True).aggregate(first=Min("next_try_at"))["first"]
