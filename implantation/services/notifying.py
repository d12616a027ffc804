"""Mails that failed, tried again at once."""

from django.db import transaction
from django.utils import timezone

from implantation.querysets import NoticeQuerySet
from implantation.tasks import wake_sweep


@transaction.atomic
def retry_notices(*, notices: NoticeQuerySet) -> int:
    """Try these again now, those that are not being sent at this moment; how many."""
    now = timezone.now()
    tried = notices.free(now).update(next_try_at=now, leased_until=None)
    if tried:
        wake_sweep.enqueue()
    return tried
