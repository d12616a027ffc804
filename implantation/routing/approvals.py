"""Approval of a draft: proof, acceptance of the residual, answers of the partners with a changed share."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.wording import day
from implantation.deadlines import add_working_days
from implantation.errors import OutdatedError, RefusedError, required
from implantation.officers.addresses import coordinators, officers
from implantation.routing.choices import ApprovalState, TableEventKind, TableMailKind, TableState
from implantation.routing.deciding import table_in_force
from implantation.routing.history import coordinator_only, locked_table, note, owe_about
from implantation.routing.models import Approval, RoutingTable
from implantation.routing.proof.judgement import judge
from territory.models import Officer, Partner

ANSWER_WITHIN_DAYS = 10  # working days, after which the coordinator may go on without the answer
LONGEST_REASON = 500


@transaction.atomic
def ask_approval(
    *, table: RoutingTable, actor: User, edition: int | None = None, at: datetime | None = None
) -> RoutingTable:
    """Prove a draft and ask each partner with a changed share; without any, the draft is approved at once.

    Refused with the problems of the proof, and while an enlarged residual of the last rule is not accepted. `edition`
    is the optimistic lock: `OutdatedError` for an older edition.
    """
    at = at or timezone.now()
    coordinator_only(actor)
    table = locked_table(table)
    if table.state != TableState.DRAFT:
        raise RefusedError(
            _("The partners are asked about a draft; these rules are: %(state)s.") % {"state": _state(table)}
        )
    if edition is not None and edition != table.edition:
        raise OutdatedError(_("Somebody changed this draft while you were at it: look at it as it is now."))
    judgement = judge(table)
    if judgement.problems:
        raise RefusedError(" ".join(judgement.problems))
    if judgement.to_accept:
        raise RefusedError(_("More is left to the last rule than before: mend the rules, or accept it with a reason."))
    current = table_in_force()
    table.state, table.round, table.compared_with = TableState.PROVED, table.round + 1, current
    table.save()
    today = timezone.localdate(at)
    changed_shares = [share for share in judgement.asked if share.partner.is_member(today)]
    note(
        table=table,
        kind=TableEventKind.PROVED,
        at=at,
        actor=actor,
        asked=[changed_share.partner.slug for changed_share in changed_shares],
    )
    for change in changed_shares:
        Approval.objects.create(
            table=table,
            round=table.round,
            partner=change.partner,
            before=change.before,
            after=change.after,
            asked_at=at,
            due=add_working_days(today, ANSWER_WITHIN_DAYS),
        )
        event = note(table=table, kind=TableEventKind.ASKED, at=at, actor=actor, partner=change.partner)
        owe_about(event=event, kind=TableMailKind.TO_APPROVE, recipients=officers(change.partner))
    _approve_if_all_agree(table, at)
    return table


@transaction.atomic
def answer_table(
    *, table: RoutingTable, actor: User, approve: bool, reason: str = "", round: int | None = None
) -> Approval:
    """Record a partner's answer: approval, or refusal with a reason. A refusal may become an approval during the round.

    `round` is the optimistic lock: `OutdatedError` for an earlier round, or when the table awaits no answer.
    """
    at = timezone.now()
    table = locked_table(table)
    officer = Officer.objects.select_related("partner").filter(user=actor, user__is_active=True).first()
    approval = approval_of(table, officer.partner) if officer else None
    if officer is None or approval is None:
        raise RefusedError(_("These rules do not ask your partner for an answer."))
    if table.state != TableState.PROVED or (round is not None and round != table.round):
        raise OutdatedError(_("These rules changed or were approved meanwhile: read them as they are now."))
    if not approve:
        reason = required(reason, _("Say why not, for the coordinator."), longest=LONGEST_REASON)
    approval.state = ApprovalState.GIVEN if approve else ApprovalState.REFUSED
    approval.answered_at, approval.answered_by, approval.reason = at, actor, "" if approve else reason
    approval.save()
    event = note(
        table=table,
        kind=TableEventKind.ANSWERED,
        at=at,
        actor=actor,
        partner=officer.partner,
        reason=approval.reason,
        answer=approval.state,
    )
    owe_about(event=event, kind=TableMailKind.ANSWERED, recipients=coordinators())
    _approve_if_all_agree(table, at)
    return approval


@transaction.atomic
def override_approval(
    *, table: RoutingTable, partner: Partner, actor: User, reason: str, at: datetime | None = None
) -> Approval:
    """Override a partner's missing answer after `ANSWER_WITHIN_DAYS` working days, with a reason kept."""
    at = at or timezone.now()
    coordinator_only(actor)
    table = locked_table(table)
    approval = approval_of(table, partner)
    if table.state != TableState.PROVED or approval is None or approval.state != ApprovalState.ASKED:
        raise RefusedError(_("No answer of %(partner)s is awaited.") % {"partner": partner})
    if timezone.localdate(at) <= approval.due:
        raise RefusedError(
            _("%(partner)s may answer until %(day)s; after that you may go on without its answer.")
            % {"partner": partner, "day": day(approval.due)}
        )
    reason = required(reason, _("Say why you go on without its answer; it is kept."), longest=LONGEST_REASON)
    approval.state, approval.answered_at, approval.answered_by = ApprovalState.OVERRIDDEN, at, actor
    approval.reason = reason
    approval.save()
    note(table=table, kind=TableEventKind.OVERRIDDEN, at=at, actor=actor, partner=partner, reason=reason)
    _approve_if_all_agree(table, at)
    return approval


@transaction.atomic
def accept_residual(*, table: RoutingTable, actor: User, reason: str, edition: int | None = None) -> None:
    """Accept a draft's enlarged residual, with the coordinator's reason, for this edition only."""
    coordinator_only(actor)
    table = locked_table(table)
    if table.state != TableState.DRAFT or (edition is not None and edition != table.edition):
        raise OutdatedError(_("Somebody changed this draft while you were at it: look at it as it is now."))
    judgement = judge(table)
    if not judgement.enlarged.regions:
        raise RefusedError(_("Nothing more is left to the last rule than before: there is nothing to accept."))
    reason = required(reason, _("Say why this may stay with the last rule; it is kept."), longest=LONGEST_REASON)
    note(
        table=table,
        kind=TableEventKind.RESIDUAL_ACCEPTED,
        at=timezone.now(),
        actor=actor,
        reason=reason,
        regions=[{fact: sorted(values) for fact, values in region.items()} for region in judgement.enlarged.regions],
        rest=judgement.enlarged.rest,
        against=judgement.against.version if judgement.against else None,
    )


def approval_of(table: RoutingTable, partner: Partner) -> Approval | None:
    """Return the approval of a partner in the table's present round, or None."""
    return table.approvals.filter(round=table.round, partner=partner).first()


def _approve_if_all_agree(table: RoutingTable, at: datetime) -> None:
    agreed = (ApprovalState.GIVEN, ApprovalState.OVERRIDDEN)
    if not table.approvals.filter(round=table.round).exclude(state__in=agreed).exists():
        table.state = TableState.APPROVED
        table.save()
        note(table=table, kind=TableEventKind.APPROVED, at=at)


def _state(table: RoutingTable) -> str:
    return str(table.get_state_display())
