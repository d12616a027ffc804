"""Responsible partners by kind of premises, from the table in force."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from implantation.routing.deciding import standing
from implantation.routing.facts import (
    ACTIVITY,
    HEADCOUNT,
    ORIGIN,
    PLACE,
    PREMISES,
    PROJECT,
    Activity,
    Headcount,
    Origin,
    Premises,
    Project,
    WiderPlace,
    completed,
)
from implantation.routing.models import Decision
from properties.choices import Kind
from territory.models import Partner

_ATHIS_MONS = "91027"
_TRADE = (Kind.OFFICE, Kind.RETAIL, Kind.COWORKING, Kind.INCUBATOR)


@dataclass(frozen=True, slots=True)
class Route:
    """Case as text, with its partner by the rules."""

    case: str
    partner: Partner


def routes(kind: str) -> list[Route]:
    """Return the typical cases of a kind of premises, grouped by partner; empty when no table can decide.

    Every other fact counts as unknown, as in a request without further answers.
    """
    rules = standing()
    if rules.table is None:
        return []
    try:
        leads = [(case, rules.table.decide(facts).rule.lead) for case, facts in _cases(kind)]
    except ValueError:
        return []
    by_partner: dict[Partner, list[str]] = {}
    for case, lead in leads:
        by_partner.setdefault(rules.partner(lead), []).append(case)
    return [Route(", ".join(cases), partner) for partner, cases in by_partner.items()]


def _cases(kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    activity = Activity.TRADE_OR_SERVICES if kind in _TRADE else Activity.INDUSTRY_OR_LOGISTICS
    base_facts = completed({PROJECT.key: Project.SETTLE.value, ACTIVITY.key: activity.value})
    in_94, in_91 = {PLACE.key: WiderPlace.SEVERAL_94.value}, {PLACE.key: WiderPlace.SEVERAL_91.value}
    yield _("In Val-de-Marne"), base_facts | in_94
    yield _("In Essonne"), base_facts | in_91
    yield _("In Essonne, from abroad"), base_facts | in_91 | {ORIGIN.key: Origin.ABROAD.value}
    yield _("A craft firm, in Val-de-Marne"), base_facts | in_94 | {ACTIVITY.key: Activity.CRAFT.value}
    yield _("250 people or more"), base_facts | {HEADCOUNT.key: Headcount.FROM_250.value}


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """Partner of an example today, with the decision as its reason."""

    partner: Partner
    decision: Decision


def worked_example() -> WorkedExample | None:
    """Decide on the home page's example, a laser-cutting workshop in Athis-Mons; None without a usable table."""
    rules = standing()
    if rules.table is None:
        return None
    decision = rules.decide(
        completed(
            {
                PROJECT.key: Project.SETTLE.value,
                ACTIVITY.key: Activity.CRAFT.value,
                PLACE.key: _ATHIS_MONS,
                HEADCOUNT.key: Headcount.TO_9.value,
                PREMISES.key: Premises.ACTIVITY.value,
            }
        )
    )
    return WorkedExample(rules.responsible(decision), decision)
