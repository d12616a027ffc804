"""System checks reading the database, run by `check --database default` and after `migrate` only."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from implantation.routing.activation import Missing, missing
from implantation.routing.deciding import pure, table_in_force
from implantation.routing.models import RoutingTable
from implantation.routing.table import InvalidTableError
from territory.models import Partner


@register(Tags.database)
def a_partner_coordinates(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn without a coordinating partner (W003): enquiries cannot be taken."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        lacking = missing()
    except DatabaseError:  # before the first migration
        return []
    if Missing.COORDINATOR not in lacking:
        return []
    return [
        Warning(
            "No partner coordinates the partnership: no enquiry can be taken.",
            hint="Run manage.py setup: it makes the partners, their accounts, the first rules and pages (README).",
            obj=Partner,
            id="implantation.W003",
        )
    ]


@register(Tags.database)
def table_in_force_decides(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn without a routing table in force (W001), or when the table in force is unable to decide (W002)."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        table = table_in_force()
        if table is not None:
            pure(table)
    except DatabaseError:  # before the first migration
        return []
    except InvalidTableError as error:
        return [
            Warning(
                f"The routing table in force cannot decide: {error}",
                hint="Every enquiry goes to the coordinator until a table that can decide is put in force.",
                obj=table,
                id="implantation.W002",
            )
        ]
    if table is None:
        return [
            Warning(
                "No routing table is in force.",
                hint="Every enquiry goes to the coordinator until one is. Run manage.py setup, or use the admin.",
                obj=RoutingTable,
                id="implantation.W001",
            )
        ]
    return []
