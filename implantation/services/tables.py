"""Reading a stored table as a pure one, and putting one in force."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation import routing
from implantation.choices import (
    NO_PROPERTY,
    Activity,
    Fact,
    Headcount,
    Origin,
    Premises,
    Project,
    TableState,
    WiderPlace,
)
from implantation.models import RoutingTable
from implantation.services.errors import Refused
from territory.choices import OfficerRole
from territory.models import Commune, Officer, Partner


def domain() -> routing.Domain:
    """The closed list of each fact, with the communes and the partners of today."""
    return {
        Fact.PROJECT.value: frozenset(Project.values),
        Fact.ACTIVITY.value: frozenset(Activity.values),
        Fact.PLACE.value: frozenset([*Commune.objects.values_list("insee", flat=True), *WiderPlace.values]),
        Fact.HEADCOUNT.value: frozenset(Headcount.values),
        Fact.PREMISES.value: frozenset(Premises.values),
        Fact.ORIGIN.value: frozenset(Origin.values),
        Fact.PROPERTY_PARTNER.value: frozenset([NO_PROPERTY, *Partner.objects.values_list("slug", flat=True)]),
    }


def pure(stored: RoutingTable) -> routing.Table:
    """The table as `implantation.routing` decides with it. Raises `routing.InvalidTable`."""
    rules = [
        routing.Rule(
            position=rule.position,
            lead=rule.lead.slug,
            conditions=tuple((fact, frozenset(values)) for fact, values in sorted(rule.conditions.items())),
        )
        for rule in stored.rules.select_related("lead")
    ]
    return routing.table(rules, domain())


def table_in_force() -> RoutingTable | None:
    """The version that decides now."""
    return RoutingTable.objects.filter(state=TableState.IN_FORCE).first()


@transaction.atomic
def activate_table(*, table: RoutingTable, actor: User | None = None, at: datetime | None = None) -> RoutingTable:
    """Put a draft in force and supersede the table that was.

    Refused to an account that does not coordinate (`actor` is None when the demonstration is published), and when the
    table could not decide or names a partner that is not a member today; the table in force is then untouched.
    """
    if actor is not None and not Officer.objects.filter(user=actor, role=OfficerRole.COORDINATOR).exists():
        raise Refused(_("Only the coordinator puts a routing table in force."))
    # All versions are locked, in one order: of two activations at once, the second sees what the first did.
    versions = RoutingTable.objects.select_for_update().order_by("pk")
    table = next(version for version in list(versions) if version.pk == table.pk)
    if table.state != TableState.DRAFT:
        raise Refused(_("Only a draft can be put in force."))
    try:
        pure(table)
    except routing.InvalidTable as error:
        raise Refused(str(error)) from None
    today = timezone.localdate()
    for rule in table.rules.select_related("lead"):
        if not rule.lead.is_member(today):
            raise Refused(
                _("Rule %(position)s: %(partner)s is not a member today.")
                % {"position": rule.position, "partner": rule.lead}
            )
    RoutingTable.objects.filter(state=TableState.IN_FORCE).update(state=TableState.SUPERSEDED)
    table.state, table.in_force_from = TableState.IN_FORCE, at or timezone.now()
    table.save()
    return table
