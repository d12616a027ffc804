"""Reading a stored table as a pure one, and which one decides."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

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
from territory.models import Commune, Partner


def domain() -> routing.Domain:
    """The closed list of each fact, with the communes and the partners of today."""
    communes = Commune.objects.values_list("insee", flat=True)
    return closed_lists(communes=communes, partners=Partner.objects.values_list("slug", flat=True))


def closed_lists(*, communes: Iterable[str], partners: Iterable[str]) -> routing.Domain:
    """The closed list of each fact, with these communes (INSEE codes) and partners (slugs)."""
    return {
        Fact.PROJECT.value: frozenset(Project.values),
        Fact.ACTIVITY.value: frozenset(Activity.values),
        Fact.PLACE.value: frozenset([*communes, *WiderPlace.values]),
        Fact.HEADCOUNT.value: frozenset(Headcount.values),
        Fact.PREMISES.value: frozenset(Premises.values),
        Fact.ORIGIN.value: frozenset(Origin.values),
        Fact.PROPERTY_PARTNER.value: frozenset([NO_PROPERTY, *partners]),
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


def table_in_force(at: datetime | None = None) -> RoutingTable | None:
    """The version that decides at an instant (now): a scheduled table takes over by itself when its own has come."""
    due = Q(state=TableState.SCHEDULED, in_force_from__lte=at or timezone.now())
    dated = RoutingTable.objects.filter(Q(state=TableState.IN_FORCE) | due)
    return dated.order_by("-in_force_from", "-version").first()
