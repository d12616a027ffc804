"""The first routing table of a site, and what a site must have before it can hold an enquiry."""

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.choices import DATED_STATES
from implantation.models import RoutingTable
from implantation.services.activating import activate_table
from implantation.services.errors import Refused
from implantation.services.judging import problems_of
from implantation.services.table_rows import Row, write_rows
from implantation.services.tables import table_in_force
from territory.models import Partner


class Missing(TextChoices):
    """Rows without which an enquiry cannot be held by a partner, for a reason."""

    COORDINATOR = "coordinator", "coordinator"
    TABLE = "routing table", "routing table"


def missing() -> list[Missing]:
    """The rows that this site lacks; empty when it can hold an enquiry."""
    lacking = [] if Partner.objects.filter(is_coordinator=True).exists() else [Missing.COORDINATOR]
    return lacking if table_in_force() is not None else [*lacking, Missing.TABLE]


@transaction.atomic
def open_routing() -> RoutingTable | None:
    """Put in force a table of one rule, which gives every enquiry to the coordinator, unless a table has been before.

    Raises `Refused` when it is not proved: the coordinator then lacks an officer or a deputy.
    """
    if RoutingTable.objects.filter(state__in=DATED_STATES).exists():
        return None
    last = RoutingTable.objects.order_by("-version").first()
    table = RoutingTable.objects.create(version=last.version + 1 if last else 1, note=_("First table, of one rule"))
    rule: Row = {
        "conditions": {},
        "lead": Partner.objects.coordinator().slug,
        "axis": None,
        "reason_fr": "Ce partenaire coordonne le partenariat : il répond à toutes les demandes.",
        "reason_en": "This partner coordinates the partnership: it answers every request.",
        "contributors": [],
    }
    write_rows(table, [rule])
    if problems := problems_of(table, on=timezone.localdate()):
        raise Refused(" ".join(problems))
    return activate_table(table=table)
