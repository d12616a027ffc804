"""A partner that must answer keeps somebody who can. The apps above say what would be left without an answer."""

from typing import Any

from django.contrib.auth.models import AbstractUser, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import Signal

from territory.models import Officer, Partner

# Sent with `partner` and `asked` before its last active officer goes. A receiver returns why that cannot be, and what
# to do first, or nothing. `asked` is false for what is written without a form: only what people wait for counts then.
last_officer_leaves = Signal()


class LastOfficer(ValidationError):
    """The last active officer of a partner that is awaited cannot go."""


def refuse_last(*, user_id: int, asked: bool) -> None:
    """Raise `LastOfficer` when the partner of this account would be left without an active officer and is awaited."""
    officer = Officer.objects.select_related("partner").filter(user_id=user_id, user__is_active=True).first()
    if officer is None:
        return
    if connection.in_atomic_block:
        # Of two colleagues that go at once, the second waits here and reads that the first is gone.
        Partner.objects.select_for_update().get(pk=officer.partner_id)
    if Officer.objects.filter(partner=officer.partner, user__is_active=True).exclude(pk=officer.pk).exists():
        return
    for _receiver, why in last_officer_leaves.send(sender=Partner, partner=officer.partner, asked=asked):
        if why:
            raise LastOfficer(why)


def _officer_goes(sender: Any, instance: Officer, **kwargs: Any) -> None:
    refuse_last(user_id=instance.user_id, asked=False)


def _officer_changes(sender: Any, instance: Officer, **kwargs: Any) -> None:
    before = Officer.objects.filter(pk=instance.pk).first() if instance.pk else None
    if before is not None and goes(before, instance.partner_id, instance.user):
        refuse_last(user_id=before.user_id, asked=False)


def goes(before: Officer, partner_id: int, user: AbstractUser) -> bool:
    """Whether an officer that is given this partner and this account no longer answers for the partner it had."""
    return before.partner_id != partner_id or not user.is_active


def _account_changes(sender: Any, instance: User, **kwargs: Any) -> None:
    if instance.pk and not instance.is_active:
        refuse_last(user_id=instance.pk, asked=False)


def watch() -> None:
    """Guard every write of an officer or an account."""
    pre_delete.connect(_officer_goes, sender=Officer, dispatch_uid="territory.officer_goes")
    pre_save.connect(_officer_changes, sender=Officer, dispatch_uid="territory.officer_changes")
    pre_save.connect(_account_changes, sender=User, dispatch_uid="territory.account_changes")
