"""Chainable reads of enquiries and their timelines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils import timezone

from implantation.enquiries.choices import HELD_STATES, OPEN_STATES, EnquiryState, TransferState
from territory.choices import OfficerRole
from territory.models import Officer

if TYPE_CHECKING:
    from implantation.enquiries.models import Enquiry, Event  # noqa: F401


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> EnquiryQuerySet:
        """Filter to the enquiries visible to an account: held by or proposed to its partner; all for a coordinator.

        Held requests are visible to the coordinator only; an account without a partner sees nothing.
        """
        officer = Officer.objects.filter(user_id=user.pk, user__is_active=True).first() if user.pk else None
        if officer is None:
            return self.none()
        if officer.role == OfficerRole.COORDINATOR:
            return self.all()
        held = models.Q(holder=officer.partner_id)
        proposed = models.Q(transfers__to_partner=officer.partner_id, transfers__state=TransferState.PROPOSED)
        theirs = self.model._base_manager.filter(held | proposed).exclude(state__in=HELD_STATES)
        return self.filter(pk__in=theirs.values("pk"))

    def read_whole_by(self, user: AbstractBaseUser | AnonymousUser) -> EnquiryQuerySet:
        """Filter `visible_to` to the enquiries read whole: held by the account's partner, or all for a coordinator.

        Of an enquiry only proposed to its partner, an account reads the facts and the message until acceptance: no
        name, address, exchange or note.
        """
        officer = Officer.objects.filter(user_id=user.pk).first() if user.pk else None
        seen = self.visible_to(user)
        if officer is None or officer.role == OfficerRole.COORDINATOR:
            return seen
        return seen.filter(holder=officer.partner_id)

    def open(self) -> EnquiryQuerySet:
        """Filter to open enquiries (`OPEN_STATES`)."""
        return self.filter(state__in=OPEN_STATES)

    def unwanted(self) -> EnquiryQuerySet:
        """Filter to requests closed as unwanted; erased after `UNWANTED_KEPT`."""
        return self.filter(state=EnquiryState.UNWANTED)

    def wanted(self) -> EnquiryQuerySet:
        """Exclude the unwanted, counted apart."""
        return self.exclude(state=EnquiryState.UNWANTED)

    def late(self, at: datetime | None = None) -> EnquiryQuerySet:
        """Filter to enquiries with a due date before `at` (default now)."""
        return self.filter(due_at__lt=at or timezone.now())


class AppendOnlyQuerySet(models.QuerySet["Event"]):
    """Queryset without update, delete or upsert: each raises TypeError."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("the timeline is append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("the timeline is append-only")

    def _raw_delete(self, using: str | None) -> int:
        raise TypeError("the timeline is append-only")

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            raise TypeError("the timeline is append-only")
        return super().bulk_create(objs, *args, **kwargs)
