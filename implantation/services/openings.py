"""Noting who opens enquiries, and forgetting it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from implantation.models import Enquiry, Opening


def note_opening(*, enquiry: Enquiry, user: Any) -> None:
    """Note that the account opened the enquiry today; once is enough. Of an erased enquiry, nothing is noted."""
    if enquiry.anonymised_at is None:
        opening = Opening(enquiry=enquiry, user=user, day=timezone.localdate())
        Opening.objects.bulk_create([opening], ignore_conflicts=True)


def purge_openings(*, at: datetime) -> int:
    """Delete openings older than `settings.ACCESS_LOG_DAYS`; return how many."""
    return Opening.objects.filter(at__lt=at - timedelta(days=settings.ACCESS_LOG_DAYS)).delete()[0]
