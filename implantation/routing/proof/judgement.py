"""Judgement of a table: its changes against the table in force, and the problems preventing activation."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.wording import day
from implantation.routing import table as decision_table
from implantation.routing.choices import TableEventKind
from implantation.routing.deciding import pure, table_in_force
from implantation.routing.facts import PLACE, PROPERTY_PARTNER, WiderPlace
from implantation.routing.models import RoutingTable
from implantation.routing.proof.comparing import (
    Coverage,
    Crossing,
    Region,
    Residual,
    coverage,
    crossings,
    residual,
    shadowed,
)
from implantation.routing.wording import RuleWording
from properties.models import Property
from territory.choices import Department, OfficerRole
from territory.models import Officer, Partner

# Departments spanned by a wider place; a contributor must have communes in each.
_OF_DEPARTMENTS: dict[str, set[str]] = {
    WiderPlace.SEVERAL_94: {Department.VAL_DE_MARNE.value},
    WiderPlace.SEVERAL_91: {Department.ESSONNE.value},
    WiderPlace.BOTH_DEPARTMENTS: {Department.VAL_DE_MARNE.value, Department.ESSONNE.value},
}


@dataclass(frozen=True)
class Share:
    """Share of all combinations of facts received by a partner, 0 to 1, with the present and with the new table."""

    partner: Partner
    before: float
    after: float
    changes: bool


@dataclass(frozen=True)
class PartnerChange:
    """Change of partner (slugs) between two rules; `share` is its part of all combinations, 0 to 1."""

    crossing: Crossing
    before: str
    after: str
    share: float

    @property
    def region(self) -> Region:
        """Maximal region of the move."""
        return self.crossing.region


@dataclass(frozen=True)
class Judgement:
    """Judgement of a table against the table in force.

    - `problems`: messages with their remedy.
    - `decides`: False for an invalid table; all later fields are then empty.
    - `shadowed`: position of each rule without effect, to the positions of the earlier rules taking its combinations.
    - `left`: residual of the last rule; `enlarged`: its part outside the residual of the table in force.
    - `accepted`: the coordinator's reason for accepting the enlarged residual, or empty.
    - `not_their_own`: partners with premises on the market whose enquiries may go to another partner.
    """

    problems: list[str]
    against: RoutingTable | None
    decides: bool = False
    shadowed: dict[int, list[int]] = field(default_factory=dict)
    shares: list[Share] = field(default_factory=list)
    moves: list[PartnerChange] = field(default_factory=list)
    left: Residual = field(default_factory=Residual)
    left_share: float = 0
    enlarged: Residual = field(default_factory=Residual)
    accepted: str = ""
    not_their_own: list[Partner] = field(default_factory=list)

    @property
    def to_accept(self) -> bool:
        """True while an enlarged residual is not accepted."""
        return bool(self.enlarged.regions) and not self.accepted

    @property
    def asked(self) -> list[Share]:
        """Shares of the partners to ask: those receiving or losing combinations."""
        return [share for share in self.shares if share.changes]


def judge(table: RoutingTable, *, on: date | None = None) -> Judgement:
    """Judge a table as if put in force on a day (default today): changes and problems."""
    current = table_in_force()
    on = on or timezone.localdate()
    try:
        after = pure(table)
    except decision_table.InvalidTableError as error:
        return Judgement([str(error)], current)
    before = _before(current, after)
    was, would = coverage(before), coverage(after)
    crossed, everything, hidden = crossings(was, would), would.size, _shadowed(would)
    moves = [one for one in crossed if before.rules[one.before].lead != after.rules[one.after].lead]
    last = len(after.rules) - 1
    return Judgement(
        _problems(table, after, hidden, on),
        current,
        decides=True,
        shadowed=hidden,
        shares=_shares(crossed, before, after, everything),
        moves=[
            PartnerChange(one, before.rules[one.before].lead, after.rules[one.after].lead, one.number / everything)
            for one in sorted(moves, key=lambda one: -one.number)
        ],
        left=residual(would),
        left_share=sum(one.number for one in crossed if one.after == last) / everything,
        enlarged=residual(would, beyond=was if current else None),
        accepted=_accepted(table, current),
        not_their_own=_not_their_own(after),
    )


def problems_of(table: RoutingTable, *, on: date) -> list[str]:
    """Return the problems preventing a table from deciding from a day on, each with its remedy."""
    try:
        rules = pure(table)
    except decision_table.InvalidTableError as error:
        return [str(error)]
    return _problems(table, rules, _shadowed(coverage(rules)), on)


def problems_by_language(table: RoutingTable, *, on: date) -> dict[str, list[str]]:
    """Return the problems of a table on a day by language code of the site."""
    problems: dict[str, list[str]] = {}
    hidden: dict[int, list[int]] | None = None
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            try:
                rules = pure(table)
            except decision_table.InvalidTableError as error:
                problems[language] = [str(error)]
                continue
            if hidden is None:
                hidden = _shadowed(coverage(rules))
            problems[language] = _problems(table, rules, hidden, on)
    return problems


def _problems(table: RoutingTable, rules: decision_table.Table, hidden: dict[int, list[int]], on: date) -> list[str]:
    problems = [
        _("Rule %(position)s never decides: %(others)s take all of it before. Move it up, narrow them, or take it out.")
        % {"position": position, "others": _rules(others)}
        for position, others in hidden.items()
    ]
    stored = table.rules.select_related("lead").prefetch_related("contributions__partner__communes")
    everywhere, words = rules.domain[PLACE.key], RuleWording()
    for rule in stored:
        for partner in (rule.lead, *(contribution.partner for contribution in rule.contributions.all())):
            if not partner.is_member(on):
                problems.append(
                    _(
                        "Rule %(position)s: %(partner)s is not a member on %(day)s. Give the rule to another partner, "
                        "choose another date, or mend the dates of its membership."
                    )
                    % {"position": rule.position, "partner": partner, "day": day(on)}
                )
        for contribution in rule.contributions.all():
            area = {commune.insee for commune in contribution.partner.communes.all()}
            outside = sorted(_outside(rule.conditions.get(PLACE.key, everywhere), area, everywhere))
            if outside:
                problems.append(
                    _(
                        "Rule %(position)s: %(partner)s contributes outside its area (%(place)s). Narrow the rule, or "
                        "choose another contributor."
                    )
                    % {
                        "position": rule.position,
                        "partner": contribution.partner,
                        "place": words.value(PLACE.key, outside[0]),
                    }
                )
    for lead in sorted({rule.lead for rule in stored}, key=str):
        if missing := _missing(lead):
            problems.append(
                _("%(partner)s has no active %(role)s: add one before it leads a rule.")
                % {"partner": lead, "role": missing}
            )
    return problems


def _outside(places: Iterable[str], area: set[str], everywhere: Iterable[str]) -> set[str]:
    """Return the places where a partner of the communes `area` cannot help.

    These are communes outside `area`, and wider places spanning a department without any commune of `area`. A place
    outside the territory, or unknown, is not included: the enquiry may yet come to the partner's area.
    """
    lacking = _departments(everywhere) - _departments(area)
    return {
        place
        for place in places
        if (place[:1].isdigit() and place not in area) or _OF_DEPARTMENTS.get(place, set()) & lacking
    }


def _departments(places: Iterable[str]) -> set[str]:
    return {place[:2] for place in places if place[:1].isdigit()}


def _shadowed(one: Coverage) -> dict[int, list[int]]:
    """Return `comparing.shadowed`, by position."""
    positions = [rule.position for rule in one.table.rules]
    return {positions[place]: [positions[taker] for taker in takers] for place, takers in shadowed(one).items()}


def _missing(partner: Partner) -> str:
    """Return the role without an active holder at a partner; empty with an officer and a deputy."""
    roles = Officer.objects.filter(partner=partner, user__is_active=True).values_list("role", flat=True)
    if not {OfficerRole.OFFICER, OfficerRole.COORDINATOR} & set(roles):
        return str(OfficerRole.OFFICER.label).lower()
    return "" if OfficerRole.DEPUTY in roles else str(OfficerRole.DEPUTY.label).lower()


def _not_their_own(table: decision_table.Table) -> list[Partner]:
    on_market = Property.objects.public().values("partner")
    members = Partner.objects.members_on(timezone.localdate()).filter(pk__in=on_market)
    fact = PROPERTY_PARTNER.key
    return [partner for partner in members if table.possible_leads({fact: partner.slug}) != {partner.slug}]


def _before(current: RoutingTable | None, after: decision_table.Table) -> decision_table.Table:
    """Return the table in force; fallback: a table of the coordinator alone."""
    if current is not None:
        try:
            return pure(current)
        except decision_table.InvalidTableError:
            pass
    return decision_table.table([decision_table.TableRule(1, Partner.objects.coordinator().slug)], after.domain)


def _shares(
    crossed: list[Crossing], before: decision_table.Table, after: decision_table.Table, everything: int
) -> list[Share]:
    had: dict[str, int] = {}
    gets: dict[str, int] = {}
    changed: set[str] = set()
    for crossing in crossed:
        lost, gained = before.rules[crossing.before].lead, after.rules[crossing.after].lead
        had[lost] = had.get(lost, 0) + crossing.number
        gets[gained] = gets.get(gained, 0) + crossing.number
        if lost != gained:
            changed |= {lost, gained}
    partners = Partner.objects.filter(slug__in=set(had) | set(gets))
    return [
        Share(
            partner,
            had.get(partner.slug, 0) / everything,
            gets.get(partner.slug, 0) / everything,
            partner.slug in changed,
        )
        for partner in partners
    ]


def _accepted(table: RoutingTable, current: RoutingTable | None) -> str:
    """Return the reason given for accepting this edition's residual against the table in force, or an empty string."""
    accepted = table.events.filter(kind=TableEventKind.RESIDUAL_ACCEPTED, edition=table.edition).last()
    if accepted is None or accepted.data["against"] != (current.version if current else None):
        return ""
    return accepted.reason


def _rules(positions: list[int]) -> str:
    rule_names = [_("rule %(position)s") % {"position": position} for position in positions]
    return (
        rule_names[0]
        if len(rule_names) == 1
        else _("%(rules)s and %(last)s") % {"rules": ", ".join(rule_names[:-1]), "last": rule_names[-1]}
    )
