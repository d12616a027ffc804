"""Putting a table in force, now or at a later instant, and taking that back."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation import routing
from implantation.choices import NoticeKind, TableEventKind, TableState
from implantation.models import RoutingTable
from implantation.services.errors import Refused
from implantation.services.table_history import coordinator_only, locked_table, note, owe_about
from implantation.services.tables import pure
from implantation.services.timeline import coordinators, officers
from territory.models import Partner
from territory.wording import day, moment

_CLOCKS_DIFFER = timedelta(minutes=2)


@transaction.atomic
def activate_table(*, table: RoutingTable, actor: User | None = None, at: datetime | None = None) -> RoutingTable:
    """Put a table in force from `at` (now): it supersedes the one that was, at once or by itself at its instant.

    Refused to an account that does not coordinate (`actor` is None when the demonstration is published), when the
    instant is past, when another table is to take over, and when the table could not decide or names a partner that is
    not a member on the day; the table in force is then untouched.
    """
    now = timezone.now()
    if actor is not None:
        coordinator_only(actor, said=_("Only the coordinator puts a routing table in force."))
        if at is not None and at < now - _CLOCKS_DIFFER:
            raise Refused(_("This date is past: put the table in force now, or choose a date to come."))
    table = locked_table(table)
    settle_schedule(now=now)
    since = at or now
    if table.state != TableState.DRAFT:
        raise Refused(_("Only a draft can be put in force."))
    waiting = RoutingTable.objects.filter(state=TableState.SCHEDULED).first()
    if waiting is not None:
        raise Refused(
            _("The rules %(table)s are to take over on %(day)s: take that back first, or wait for it.")
            % {"table": waiting, "day": moment(waiting.in_force_from)}
        )
    _refuse_unless_it_decides(table, since)
    table.in_force_from = since
    if since > now:
        table.state = TableState.SCHEDULED
        table.save()
        event = note(table=table, kind=TableEventKind.SCHEDULED, at=now, actor=actor)
    else:
        _supersede(since, table)
        table.state = TableState.IN_FORCE
        table.save()
        event = note(table=table, kind=TableEventKind.IN_FORCE, at=since, actor=actor)
    if actor is not None:
        members = Partner.objects.members_on(timezone.localdate(now))
        told = [address for partner in members for address in officers(partner)]
        owe_about(event=event, kind=NoticeKind.TABLE_DATED, recipients=[*told, *coordinators()])
    return table


@transaction.atomic
def unschedule_table(*, table: RoutingTable, actor: User) -> RoutingTable:
    """Take back the date of force of a table that has not taken over yet: it is approved, and waits again."""
    coordinator_only(actor, said=_("Only the coordinator puts a routing table in force."))
    table = locked_table(table)
    settle_schedule(now=timezone.now())
    table.refresh_from_db()
    if table.state != TableState.SCHEDULED:
        raise Refused(_("The rules %(table)s do not wait for a date any more.") % {"table": table})
    table.state, table.in_force_from = TableState.DRAFT, None
    table.save()
    note(table=table, kind=TableEventKind.UNSCHEDULED, at=timezone.now(), actor=actor)
    return table


def settle_schedule(*, now: datetime) -> None:
    """Write down that a scheduled table has taken over, if its instant has come; decisions did not wait for it."""
    due = RoutingTable.objects.filter(state=TableState.SCHEDULED, in_force_from__lte=now).first()
    if due is not None and due.in_force_from is not None:
        _supersede(due.in_force_from, due)
        due.state = TableState.IN_FORCE
        due.save()
        note(table=due, kind=TableEventKind.IN_FORCE, at=due.in_force_from)


def _supersede(at: datetime, by: RoutingTable) -> None:
    for former in RoutingTable.objects.filter(state=TableState.IN_FORCE):
        former.state = TableState.SUPERSEDED
        former.save()
        note(table=former, kind=TableEventKind.SUPERSEDED, at=at, by=by.version)


def _refuse_unless_it_decides(table: RoutingTable, since: datetime) -> None:
    try:
        pure(table)
    except routing.InvalidTable as error:
        raise Refused(str(error)) from None
    on = timezone.localdate(since)
    for rule in table.rules.select_related("lead").prefetch_related("contributions__partner"):
        for partner in (rule.lead, *(one.partner for one in rule.contributions.all())):
            if not partner.is_member(on):
                raise Refused(
                    _(
                        "Rule %(position)s: %(partner)s is not a member on %(day)s. Give the rule to another partner, "
                        "choose another date, or mend the dates of its membership."
                    )
                    % {"position": rule.position, "partner": partner, "day": day(on)}
                )
