"""Daily digest of late and due enquiries."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from implantation.deadlines import PARIS, is_working_day
from implantation.enquiries.choices import NoticeKind
from implantation.enquiries.models import Notice
from implantation.enquiries.notices import send_notices
from implantation.enquiries.reminders import to_tell
from implantation.officers.addresses import addresses


@transaction.atomic
def owe_digests(*, at: datetime | None = None) -> int:
    """Owe one digest to each officer with late or due enquiries today. Returns the number of new digests.

    Idempotent: one digest a day and recipient, however often called; none on a day with offices closed.
    """
    at = at or timezone.now()
    day = at.astimezone(PARIS).date()
    if not is_working_day(day):
        return 0
    users = User.objects.filter(officer__in=to_tell(at=at))
    existing_recipients = set(
        Notice.objects.filter(day=day, kind=NoticeKind.DIGEST).values_list("recipient", flat=True)
    )
    new = [
        (address, language)
        for address, language in dict(addresses(users)).items()
        if address not in existing_recipients
    ]
    Notice.objects.bulk_create(
        [
            Notice(day=day, kind=NoticeKind.DIGEST, recipient=address, language=language, due_at=at)
            for address, language in new
        ],
        ignore_conflicts=True,
    )
    if new:
        send_notices.enqueue()
    return len(new)
