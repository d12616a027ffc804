"""History of a routing table, its mail outbox, and access checks for its writers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from implantation.errors import RefusedError
from implantation.routing.choices import TableEventKind, TableMailKind
from implantation.routing.mails import send_table_mails
from implantation.routing.models import RoutingTable, TableEvent, TableMail
from territory.choices import OfficerRole
from territory.models import Officer, Partner


def note(
    *,
    table: RoutingTable,
    kind: TableEventKind,
    at: datetime,
    actor: User | None = None,
    partner: Partner | None = None,
    reason: str = "",
    **data: Any,
) -> TableEvent:
    """Append an event to the history of a table, at its present edition."""
    return TableEvent.objects.create(
        table=table, kind=kind, at=at, actor=actor, partner=partner, edition=table.edition, reason=reason, data=data
    )


def owe_about(*, event: TableEvent, kind: TableMailKind, recipients: Iterable[tuple[str, str]]) -> None:
    """Owe one mail to each (address, language), and enqueue the sending task."""
    TableMail.objects.bulk_create(
        TableMail(event=event, kind=kind, recipient=address, language=language, due_at=event.at)
        for address, language in dict(recipients).items()
    )
    send_table_mails.enqueue()


def coordinator_only(actor: User, *, said: str = "") -> None:
    """Raise `RefusedError` unless the account is an active coordinator's."""
    if not Officer.objects.filter(user=actor, role=OfficerRole.COORDINATOR, user__is_active=True).exists():
        raise RefusedError(said or _("Only the coordinator prepares routing rules."))


def locked_table(table: RoutingTable) -> RoutingTable:
    """Lock and reload a table, with every other version, until the end of the transaction.

    All versions are locked in key order, against deadlocks: of two concurrent operations, the second sees the first's
    result.
    """
    versions = list(RoutingTable.objects.select_for_update().order_by("pk"))
    locked_version = next((version for version in versions if version.pk == table.pk), None)
    if locked_version is None:
        raise RefusedError(_("These rules no longer exist."))
    return locked_version
