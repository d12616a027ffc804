"""A partner that must answer keeps somebody who can. The apps above say what would be left without an answer."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.dispatch import Signal

from territory.models import Officer, Partner

# Sent with `partner` and `asked` before its last active officer goes. A receiver returns why that cannot be, and what
# to do first, or nothing. `asked` is false for what is written without a form: only what people wait for counts then.
last_officer_leaves = Signal()


class LastOfficerError(ValidationError):
    """The last active officer of a partner that is awaited cannot go."""


def refuse_last(*, user_id: int, asked: bool) -> None:
    """Raise `LastOfficerError` when the partner of this account would lose its last active officer and is awaited."""
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
            raise LastOfficerError(why)


def goes(before: Officer, partner_id: int, user: AbstractUser) -> bool:
    """Whether an officer that is given this partner and this account no longer answers for the partner it had."""
    return before.partner_id != partner_id or not user.is_active
