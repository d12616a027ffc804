"""A partner that leaves, or that nobody answers for any more: what it holds never waits there unseen."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from implantation.choices import OPEN_STATES, EventKind, TransferState
from implantation.models import Enquiry, Rule, Transfer
from implantation.services.tables import table_in_force
from implantation.services.timeline import locked, record
from implantation.services.transfers import hand_over, return_transfer
from territory.models import Partner


def why_awaited(*, partner: Partner, asked: bool = True) -> str:
    """Why the last officer of a partner cannot go yet, and what to do first; empty when nobody awaits it.

    What it holds counts always; the rules that still give it enquiries count where a person asks (`asked`).
    """
    if not partner.is_member():
        return ""
    held = Enquiry.objects.filter(holder=partner).open().count()
    if held:
        return _(
            "This is the last active officer of %(partner)s, which holds open enquiries (%(number)s). Add another "
            "officer first, hand these enquiries over, or end the membership: they then go to the coordinator."
        ) % {"partner": partner, "number": held}
    table = table_in_force()
    if asked and table is not None and Rule.objects.filter(table=table, lead=partner).exists():
        return _(
            "This is the last active officer of %(partner)s, to which the rules in force give enquiries. Add another "
            "officer first, or put rules in force that give it none."
        ) % {"partner": partner}
    return ""


def return_what_departed_hold(*, at: datetime | None = None) -> int:
    """Give to the coordinator each open enquiry of a partner that is no longer a member, and close the transfers that
    wait for such a partner. Returns how many enquiries moved; a second run moves none."""
    at = at or timezone.now()
    coordinator = Partner.objects.coordinator()
    members = Partner.objects.members_on(timezone.localdate(at)).exclude(pk=coordinator.pk)
    gone = Partner.objects.exclude(pk__in=members).exclude(pk=coordinator.pk)
    waiting = Transfer.objects.filter(enquiry=OuterRef("pk"), state=TransferState.PROPOSED, to_partner__in=gone)
    touched = Enquiry.objects.open().filter(anonymised_at__isnull=True)
    touched = touched.filter(holder__in=gone) | touched.filter(Exists(waiting))
    return sum(_settle(enquiry, coordinator, at) for enquiry in touched.order_by("pk"))


@transaction.atomic
def _settle(enquiry: Enquiry, coordinator: Partner, at: datetime) -> bool:
    enquiry = locked(enquiry)
    day = timezone.localdate(at)
    if enquiry.state not in OPEN_STATES:
        return False
    leaves = not enquiry.holder.is_member(day)
    for transfer in enquiry.transfers.filter(state=TransferState.PROPOSED):
        if leaves or not transfer.to_partner.is_member(day):
            return_transfer(transfer=transfer, enquiry=enquiry, at=at)
    if not leaves:
        return False
    transfer = Transfer.objects.create(
        enquiry=enquiry, from_partner=enquiry.holder, to_partner=coordinator, proposed_at=at, due=day
    )
    with translation.override(settings.LANGUAGE_CODE):  # kept as written, whoever caused it
        reason = _("%(partner)s is no longer a member; the coordinator takes over.") % {"partner": enquiry.holder}
    record(
        enquiry=enquiry,
        kind=EventKind.TRANSFER_PROPOSED,
        at=at,
        partner=enquiry.holder,
        body=reason,
        to=coordinator.short_name,
    )
    hand_over(transfer=transfer, enquiry=enquiry, actor=None, at=at)
    return True


def refuse_when_awaited(sender: Any, partner: Partner, asked: bool, **kwargs: Any) -> str:
    """Receiver of `last_officer_leaves`."""
    return why_awaited(partner=partner, asked=asked)


def follow_membership(sender: Any, instance: Partner, **kwargs: Any) -> None:
    """Receiver of a partner's save: what it holds leaves with its membership, in the same transaction."""
    # As it was kept, not as it was typed.
    member = Partner.objects.members_on(timezone.localdate()).filter(pk=instance.pk).exists()
    departed = not member and not instance.is_coordinator
    if departed and Partner.objects.filter(is_coordinator=True).exists():
        return_what_departed_hold()
