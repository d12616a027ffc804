"""The history of a routing table, the mails owed for it, and who may write it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from implantation.errors import Refused
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
    """Append a line to the history of a table, at its present edition."""
    return TableEvent.objects.create(
        table=table, kind=kind, at=at, actor=actor, partner=partner, edition=table.edition, reason=reason, data=data
    )


def owe_about(*, event: TableEvent, kind: TableMailKind, recipients: Iterable[tuple[str, str]]) -> None:
    """Owe one mail to each (address, language), and wake the sweep that sends them."""
    TableMail.objects.bulk_create(
        TableMail(event=event, kind=kind, recipient=address, language=language, due_at=event.at)
        for address, language in dict(recipients).items()
    )
    send_table_mails.enqueue()


def coordinator_only(actor: User, *, said: str = "") -> None:
    """Refused unless the account is an active coordinator's."""
    if not Officer.objects.filter(user=actor, role=OfficerRole.COORDINATOR, user__is_active=True).exists():
        raise Refused(said or _("Only the coordinator prepares routing rules."))


def locked_table(table: RoutingTable) -> RoutingTable:
    """The table as it is now, held with every other version until the transaction ends.

    All are locked, in one order: of two people who act on tables at once, the second sees what the first did.
    """
    versions = list(RoutingTable.objects.select_for_update().order_by("pk"))
    found = next((version for version in versions if version.pk == table.pk), None)
    if found is None:
        raise Refused(_("These rules no longer exist."))
    return found
