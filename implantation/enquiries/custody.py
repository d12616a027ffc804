"""Transfer of custody between partners: proposal, acceptance, refusal, expiry, departure of a partner."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from implantation.deadlines import add_working_days
from implantation.enquiries import clock
from implantation.enquiries.choices import OPEN_STATES, EnquiryState, EventKind, NoticeKind, Step, TransferState
from implantation.enquiries.handling import acting_for
from implantation.enquiries.models import Enquiry, Event, Transfer
from implantation.enquiries.timeline import locked, owe, record
from implantation.errors import RefusedError, required
from implantation.officers.addresses import officers
from implantation.routing.deciding import table_in_force
from implantation.routing.models import Rule
from territory.models import Partner

ANSWER_WITHIN_DAYS = 2  # working days
MOVES_BEFORE_COORDINATOR = 2


@transaction.atomic
def propose_transfer(
    *, enquiry: Enquiry, actor: User, to_partner: Partner, reason: str, at: datetime | None = None
) -> Transfer:
    """Propose an enquiry to another partner, to be answered within `ANSWER_WITHIN_DAYS` working days.

    After `MOVES_BEFORE_COORDINATOR` moves, partners may transfer to the coordinator only, effective at once.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    reason = required(reason, _("Say why, for the partner that receives it."))
    today = timezone.localdate(at)
    if not enquiry.is_open:
        raise RefusedError(_("Only an open enquiry can be handed over."))
    if to_partner == enquiry.holder:
        raise RefusedError(_("%(partner)s already holds this enquiry.") % {"partner": to_partner})
    if not to_partner.is_member(today):
        raise RefusedError(_("%(partner)s is not a member today.") % {"partner": to_partner})
    if enquiry.transfers.filter(state=TransferState.PROPOSED).exists():
        raise RefusedError(_("A transfer is already proposed; wait for its answer."))
    last_resort = enquiry.moves >= MOVES_BEFORE_COORDINATOR and not partner.is_coordinator
    if last_resort and not to_partner.is_coordinator:
        raise RefusedError(
            _("This enquiry changed partner twice; only the coordinator, %(partner)s, may take it now.")
            % {"partner": Partner.objects.coordinator()}
        )
    transfer = Transfer.objects.create(
        enquiry=enquiry,
        from_partner=enquiry.holder,
        to_partner=to_partner,
        proposed_by=actor,
        proposed_at=at,
        due=add_working_days(today, ANSWER_WITHIN_DAYS),
    )
    event = record(
        enquiry=enquiry,
        kind=EventKind.TRANSFER_PROPOSED,
        at=at,
        actor=actor,
        partner=partner,
        body=reason,
        to=to_partner.short_name,
    )
    if last_resort:
        hand_over(transfer=transfer, enquiry=enquiry, actor=None, at=at)
    else:
        owe(event=event, kind=NoticeKind.TRANSFER_PROPOSED, recipients=officers(to_partner), at=at)
    return transfer


@transaction.atomic
def accept_transfer(*, transfer: Transfer, actor: User, at: datetime | None = None) -> Enquiry:
    """Accept a transfer: the proposed partner becomes the holder from this instant."""
    at = at or timezone.now()
    enquiry = locked(transfer.enquiry)
    transfer = _open(transfer, actor)
    if not transfer.to_partner.is_member(timezone.localdate(at)):
        raise RefusedError(_("%(partner)s is not a member today.") % {"partner": transfer.to_partner})
    hand_over(transfer=transfer, enquiry=enquiry, actor=actor, at=at)
    return enquiry


@transaction.atomic
def decline_transfer(*, transfer: Transfer, actor: User, reason: str, at: datetime | None = None) -> Enquiry:
    """Decline a transfer with a reason; the holder keeps the enquiry."""
    at = at or timezone.now()
    enquiry = locked(transfer.enquiry)
    transfer = _open(transfer, actor)
    reason = required(reason, _("Say why, for the partner that keeps it."))
    event = _answer(transfer, enquiry, TransferState.DECLINED, EventKind.TRANSFER_DECLINED, actor, reason, at)
    owe(event=event, kind=NoticeKind.TRANSFER_ANSWERED, recipients=officers(transfer.from_partner), at=at)
    return enquiry


def return_expired_transfers(*, at: datetime | None = None) -> int:
    """Return unanswered transfers past their due day to the holder, with a mail. Returns their number."""
    at = at or timezone.now()
    expired = Transfer.objects.filter(state=TransferState.PROPOSED, due__lt=timezone.localdate(at))
    return sum(_return(transfer, at) for transfer in expired.select_related("enquiry"))


@transaction.atomic
def _return(transfer: Transfer, at: datetime) -> bool:
    enquiry = locked(transfer.enquiry)
    transfer = Transfer.objects.select_related("from_partner", "to_partner").get(pk=transfer.pk)
    if transfer.state != TransferState.PROPOSED:
        return False
    return_transfer(transfer=transfer, enquiry=enquiry, at=at)
    return True


def return_transfer(*, transfer: Transfer, enquiry: Enquiry, at: datetime) -> None:
    """Close an unanswered transfer of a locked enquiry as returned; the holder, unchanged, gets a mail."""
    event = _answer(transfer, enquiry, TransferState.RETURNED, EventKind.TRANSFER_RETURNED, None, "", at)
    owe(event=event, kind=NoticeKind.TRANSFER_ANSWERED, recipients=officers(transfer.from_partner), at=at)


def _open(transfer: Transfer, actor: User) -> Transfer:
    """Reload the transfer; refused unless open and proposed to the account's partner."""
    transfer = Transfer.objects.select_related("from_partner", "to_partner").get(pk=transfer.pk)
    officer = getattr(actor, "officer", None)
    if officer is None or officer.partner_id != transfer.to_partner_id:
        raise RefusedError(_("This transfer is proposed to %(partner)s.") % {"partner": transfer.to_partner})
    if transfer.state != TransferState.PROPOSED:
        raise RefusedError(
            _("This transfer was already answered: %(state)s.") % {"state": transfer.get_state_display()}
        )
    return transfer


def _answer(
    transfer: Transfer,
    enquiry: Enquiry,
    state: TransferState,
    kind: EventKind,
    actor: User | None,
    reason: str,
    at: datetime,
) -> Event:
    transfer.state, transfer.answered_at = state, at
    transfer.save()
    return record(
        enquiry=enquiry,
        kind=kind,
        at=at,
        actor=actor,
        partner=transfer.to_partner,
        body=reason,
        to=transfer.to_partner.short_name,
    )


def hand_over(*, transfer: Transfer, enquiry: Enquiry, actor: User | None, at: datetime) -> None:
    """Change the holder of a locked enquiry at this instant, with mails to the investor and both partners."""
    event = _answer(transfer, enquiry, TransferState.ACCEPTED, EventKind.TRANSFER_ACCEPTED, actor, "", at)
    enquiry.holder, enquiry.held_since, enquiry.moves = transfer.to_partner, at, enquiry.moves + 1
    enquiry.state, enquiry.taken_by, enquiry.taken_at = EnquiryState.RECEIVED, None, None
    clock.start(enquiry, Step.FIRST_ANSWER, partner=transfer.to_partner, at=at)
    enquiry.save()
    owe(event=event, kind=NoticeKind.NEW_HOLDER, recipients=[(enquiry.email, enquiry.language)], at=at)
    owe(
        event=event,
        kind=NoticeKind.TRANSFER_ANSWERED,
        recipients=[*officers(transfer.from_partner), *officers(transfer.to_partner)],
        at=at,
    )


def why_awaited(*, partner: Partner, asked: bool = True) -> str:
    """Explain why the last officer of a partner cannot leave yet, with the remedy; empty when nothing prevents leaving.

    Open enquiries of the partner always count; rules in force for the partner count only with `asked`, when a person
    asks.
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
    """Transfer open enquiries of former members to the coordinator; return transfers proposed to former members.

    Returns the number of enquiries moved. Idempotent: a second run moves none.
    """
    at = at or timezone.now()
    coordinator = Partner.objects.filter(is_coordinator=True).first()
    if coordinator is None:  # the site is not set up: no enquiry exists
        return 0
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
    with translation.override(settings.LANGUAGE_CODE):  # stored text, whatever the account's language
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
    """Receiver of a partner's save: move a former member's enquiries in the same transaction."""
    # Read from the database: the instance holds the typed values.
    member = Partner.objects.members_on(timezone.localdate()).filter(pk=instance.pk).exists()
    departed = not member and not instance.is_coordinator
    if departed:
        return_what_departed_hold()
