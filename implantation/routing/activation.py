"""Activation of a routing table, now or scheduled; cancellation; first table of a site."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.by_language import in_every_language, text_name
from foundation.wording import moment
from implantation.errors import RefusedError
from implantation.officers.addresses import coordinators, officers
from implantation.routing.choices import DATED_STATES, PREPARING_STATES, TableEventKind, TableMailKind, TableState
from implantation.routing.deciding import table_in_force
from implantation.routing.history import coordinator_only, locked_table, note, owe_about
from implantation.routing.models import RoutingTable, TableEvent
from implantation.routing.proof.judgement import problems_of
from implantation.routing.proof.keeping import keep_proof
from implantation.routing.serialization import Row, write_rows
from territory.models import Partner

_CLOCKS_DIFFER = timedelta(minutes=2)
_EVERY_ENQUIRY = gettext_lazy("This partner coordinates the partnership: it answers every request.")


@transaction.atomic
def activate_table(*, table: RoutingTable, actor: User, at: datetime | None = None) -> RoutingTable:
    """Put a table in force from `at` (default now), when the former table is superseded.

    Refused to accounts other than a coordinator's, for a past instant, while another table is scheduled, for a table
    not approved or proved against rules since replaced, and when the table could not decide or names a partner not a
    member on the day. A refusal leaves the table in force untouched.
    """
    now = timezone.now()
    coordinator_only(actor, said=_("Only the coordinator puts a routing table in force."))
    if at is not None and at < now - _CLOCKS_DIFFER:
        raise RefusedError(_("This date is past: put the table in force now, or choose a date to come."))
    table = locked_table(table)
    settle_schedule(now=now)
    since = at or now
    if table.state in (TableState.DRAFT, TableState.PROVED):
        raise RefusedError(
            _("These rules are not approved yet: ask the partners whose share changes, and wait for them.")
        )
    if table.state not in PREPARING_STATES:
        raise RefusedError(
            _("The rules %(table)s are not to be put in force: %(state)s.")
            % {"table": table, "state": table.get_state_display()}
        )
    waiting = RoutingTable.objects.filter(state=TableState.SCHEDULED).first()
    if waiting is not None:
        raise RefusedError(
            _("The rules %(table)s are to take over on %(day)s: take that back first, or wait for it.")
            % {"table": waiting, "day": moment(waiting.in_force_from)}
        )
    current = table_in_force(now)
    if table.compared_with != current:
        raise RefusedError(
            _("The rules in force changed since the partners answered: take these back to draft and ask them again.")
        )
    _refuse_unproved(table, since)
    if since > now:
        table.state, table.in_force_from = TableState.SCHEDULED, since
        table.save()
        event = note(table=table, kind=TableEventKind.SCHEDULED, at=now, actor=actor)
    else:
        event = _take_over(table, since, actor)
    keep_proof(table=table, on=timezone.localdate(since))
    members = Partner.objects.members_on(timezone.localdate(now))
    partner_addresses = [address for partner in members for address in officers(partner)]
    owe_about(event=event, kind=TableMailKind.DATED, recipients=[*partner_addresses, *coordinators()])
    return table


@transaction.atomic
def unschedule_table(*, table: RoutingTable, actor: User) -> RoutingTable:
    """Cancel the scheduled activation of a table not yet in force; the table is approved again."""
    coordinator_only(actor, said=_("Only the coordinator puts a routing table in force."))
    table = locked_table(table)
    settle_schedule(now=timezone.now())
    table.refresh_from_db()
    if table.state != TableState.SCHEDULED:
        raise RefusedError(_("The rules %(table)s do not wait for a date any more.") % {"table": table})
    table.state, table.in_force_from = TableState.APPROVED, None
    table.save()
    note(table=table, kind=TableEventKind.UNSCHEDULED, at=timezone.now(), actor=actor)
    return table


def settle_schedule(*, now: datetime) -> None:
    """Record the takeover of a scheduled table past its date; decisions follow the date, not this record."""
    due = RoutingTable.objects.filter(state=TableState.SCHEDULED, in_force_from__lte=now).first()
    if due is not None and due.in_force_from is not None:
        _take_over(due, due.in_force_from, None)


def _take_over(table: RoutingTable, at: datetime, actor: User | None) -> TableEvent:
    """Supersede the table in force by this table; `actor` is None for a scheduled takeover or a new site."""
    for former in RoutingTable.objects.filter(state=TableState.IN_FORCE):
        former.state = TableState.SUPERSEDED
        former.save()
        note(table=former, kind=TableEventKind.SUPERSEDED, at=at, by=table.version)
    table.state, table.in_force_from = TableState.IN_FORCE, at
    table.save()
    return note(table=table, kind=TableEventKind.IN_FORCE, at=at, actor=actor)


def _refuse_unproved(table: RoutingTable, since: datetime) -> None:
    if problems := problems_of(table, on=timezone.localdate(since)):
        raise RefusedError(" ".join(problems))


class Missing(TextChoices):
    """Rows required before a partner can hold an enquiry with a reason."""

    COORDINATOR = "coordinator", "coordinator"
    TABLE = "routing table", "routing table"


def missing() -> list[Missing]:
    """Return the missing rows; empty when this site can hold an enquiry."""
    lacking = [] if Partner.objects.filter(is_coordinator=True).exists() else [Missing.COORDINATOR]
    return lacking if table_in_force() is not None else [*lacking, Missing.TABLE]


@transaction.atomic
def open_routing() -> RoutingTable | None:
    """Put in force a first table of a single rule for the coordinator, unless a table ever was in force.

    Raises `RefusedError` when the table is not proved: the coordinator then lacks an officer or a deputy.
    """
    if RoutingTable.objects.filter(state__in=DATED_STATES).exists():
        return None
    last = RoutingTable.objects.order_by("-version").first()
    table = RoutingTable.objects.create(version=last.version + 1 if last else 1, note=_("First table, of one rule"))
    rule: Row = {
        "conditions": {},
        "lead": Partner.objects.coordinator().slug,
        "axis": None,
        **{text_name("reason", code): text for code, text in in_every_language(_EVERY_ENQUIRY).items()},
        "contributors": [],
    }
    write_rows(table, [rule])
    now = timezone.now()
    _refuse_unproved(table, now)
    _take_over(table, now, None)
    keep_proof(table=table, on=timezone.localdate(now))
    return table
