"""Composition and queue of enquiry mails and daily digests."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from foundation.queue import Failure
from implantation.enquiries.choices import EnquiryState, NoticeKind
from implantation.enquiries.models import Enquiry, Notice
from implantation.enquiries.reminders import told_to
from implantation.enquiries.tracking import tracking_url
from implantation.mails import Mails, message, spoken_to

LISTED = 30  # requests held for checking, in one mail
# Recipients may be any address typed into the public form: these mails echo nothing typed there.
TO_INVESTOR = (NoticeKind.ACKNOWLEDGEMENT, NoticeKind.MESSAGE, NoticeKind.NEW_HOLDER, NoticeKind.NEW_LINK)


class Notices(Mails[Notice]):
    """Queue of enquiry mails."""

    model = Notice

    def work(self, rows: Sequence[Notice]) -> Mapping[int, Failure]:
        for notice in rows:
            if notice.kind == NoticeKind.TO_CHECK:
                # This mail lists all held requests: another mail owed to the same address would repeat the list.
                others = Notice.objects.filter(kind=notice.kind, recipient=notice.recipient).exclude(pk=notice.pk)
                others.free(timezone.now()).delete()
        return super().work(rows)

    def compose(self, mail: Notice) -> EmailMultiAlternatives:
        return compose(mail)


QUEUE = Notices()


@task()
def send_notices() -> None:
    """Send the mails due now, and reschedule for the next retry."""
    QUEUE.run(send_notices)


def compose(notice: Notice) -> EmailMultiAlternatives:
    """Compose the mail of a notice, in the recipient's language."""
    with spoken_to(notice):
        if notice.event is None:
            return message(notice, notice.kind, _about_day(notice), about=notice.day)
        enquiry = notice.event.enquiry
        reply_to = [enquiry.holder.email] if notice.kind in TO_INVESTOR else []
        return message(notice, notice.kind, _about_enquiry(notice), about=enquiry.uuid, reply_to=reply_to)


def _about_enquiry(notice: Notice) -> dict[str, Any]:
    """Return the context of an enquiry's mail.

    Officers get the admin link, the investor the tracking link: the tracking link is the investor's key.
    """
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
    """Return the number of held requests, the first `LISTED` with their pages, and the link to all."""
    held = Enquiry.objects.filter(state=EnquiryState.QUARANTINED).order_by("created_at", "pk")
    return {
        "number": held.count(),
        "enquiries": [
            (enquiry, f"{settings.SITE_URL}{reverse('enquiry:detail', args=[enquiry.pk])}") for enquiry in held[:LISTED]
        ],
        "desk_url": f"{settings.SITE_URL}{reverse('enquiry:index')}?todo=check",
    }


def _about_day(notice: Notice) -> dict[str, Any]:
    """Return the late and due enquiries at sending time: references and steps owed, no typed text."""
    enquiries = [
        (enquiry, f"{settings.SITE_URL}{reverse('enquiry:detail', args=[enquiry.pk])}")
        for enquiry in told_to(notice.recipient, at=timezone.now())
    ]
    late = sum(enquiry.is_late for enquiry, _url in enquiries)
    return {"enquiries": enquiries, "late": late, "day": notice.day, "site_url": settings.SITE_URL}
