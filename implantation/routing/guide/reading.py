"""Content of the page "who does what": the answer for given facts, and the matrix of a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from implantation.routing.deciding import Standing
from implantation.routing.facts import (
    ACTIVITY,
    ORIGIN,
    PLACE,
    PROJECT,
    PROPERTY_PARTNER,
    UNKNOWN,
    Activity,
    Project,
    WiderPlace,
)
from implantation.routing.guide.form import GuideQuestion
from implantation.routing.guide.matrix import NOTHING_SAID, MatrixColumn, Turn, columns, places, turns
from implantation.routing.models import Decision
from implantation.routing.wording import RuleWording, label_of
from territory.choices import Department
from territory.models import Partner

_SEVERAL = {WiderPlace.SEVERAL_94.value: Department.VAL_DE_MARNE, WiderPlace.SEVERAL_91.value: Department.ESSONNE}
_NAMED = 3  # communes listed by name; longer lists are counted


@dataclass(frozen=True)
class TurnRead:
    """Further fact as text, with the partner then responsible; None for premises kept by their own partner."""

    words: str
    partner: Partner | None


@dataclass(frozen=True)
class GuideAnswer:
    """Answer for the facts of the address: partner, decision, contributors, and further facts changing the partner.

    `known` are the given facts as text, `query` the canonical query string.
    """

    partner: Partner
    decision: Decision
    known: list[str]
    query: str
    contributors: list[tuple[Partner, str]] = field(default_factory=list)
    turns: list[TurnRead] = field(default_factory=list)


@dataclass(frozen=True)
class MatrixCell:
    """Cell of the matrix: its partner, and the query string of its facts."""

    partner: Partner
    heading: str
    query: str
    chosen: bool


@dataclass(frozen=True)
class Area:
    """Group of places treated alike, as text, with the query string of its matrix."""

    words: str
    query: str
    shown: bool


@dataclass(frozen=True)
class Matrix:
    """Matrix of a group of places: a row for each need, a column for each kind of firm."""

    areas: list[Area]
    area: str
    headings: list[str]
    rows: list[tuple[str, list[MatrixCell]]]


class Guide:
    """Reader of the rules in force for one page."""

    def __init__(self, rules: Standing, question: GuideQuestion) -> None:
        self._rules, self._question, self._facts = rules, question, question.facts
        self._words = RuleWording()

    def answer(self) -> GuideAnswer:
        """Return the answer for the facts of the address."""
        decision = self._rules.decide(self._facts)
        partner = self._rules.responsible(decision)
        facts_in_words = [self._words.value(fact, value) for fact, value in self._said(self._facts).items()]
        guide_answer = GuideAnswer(partner, decision, facts_in_words, self._query(self._facts))
        if decision.rule is None or self._rules.table is None:
            return guide_answer
        parts: dict[Partner, list[str]] = {}
        for contribution in decision.rule.contributions.select_related("partner"):
            if contribution.partner.is_member(self._rules.on) and contribution.partner != partner:
                parts.setdefault(contribution.partner, []).append(str(contribution.get_part_display()))
        guide_answer.contributors.extend((helper, ", ".join(words)) for helper, words in parts.items())
        guide_answer.turns.extend(self._turns(turns(self._rules.table, self._facts)))
        return guide_answer

    def matrix(self) -> Matrix | None:
        """Return the matrix of the requested area's group of places; None when no table can decide.

        Without an area, the group of the given place, or else the first group.
        """
        table, place = self._rules.table, self._facts[PLACE.key]
        if table is None:
            return None
        groups = places(table)
        wanted = self._question.area or (place if place != UNKNOWN else groups[0][0])
        shown = next(group for group in groups if wanted in group)
        if place not in shown:
            place = _representative(shown)
        kinds = columns(table, place)
        headings = [self._kind(kind, kinds) for kind in kinds]
        rows = [
            (
                str(project.label),
                [
                    self._cell(kind, heading, {PLACE.key: place, PROJECT.key: project.value}, order)
                    for kind, heading in zip(kinds, headings, strict=True)
                ],
            )
            for order, project in enumerate(Project)
        ]
        areas = [
            Area(
                self._area(group),
                urlencode({"area": _representative(group)} | self._said(self._facts)),
                group == shown,
            )
            for group in groups
        ]
        return Matrix(areas, self._area(shown), headings, rows)

    def _cell(self, kind: MatrixColumn, heading: str, asked: dict[str, str], order: int) -> MatrixCell:
        here = kind.holds(self._facts) and all(self._facts[fact] == value for fact, value in asked.items())
        activity = _one_of(kind.activities, self._facts[ACTIVITY.key])
        origin = _one_of(kind.origins, self._facts[ORIGIN.key])
        facts = asked | {ACTIVITY.key: activity, ORIGIN.key: origin}
        return MatrixCell(
            self._rules.partner(kind.leads[order]), heading, self._query(facts), here and self._question.asked
        )

    def _kind(self, kind: MatrixColumn, kinds: Sequence[MatrixColumn]) -> str:
        """Return `Craft · Craft and trade together`; origins are named only for columns outside the common case."""
        activities = self._listed(ACTIVITY.key, kind.activities, _("activity not said"))
        if len(kind.activities) == len(Activity):
            activities = _("any activity")
        if UNKNOWN in kind.origins:
            return activities if len(kind.activities) < len(Activity) else _("Any activity")
        origins = self._listed(ORIGIN.key, kind.origins, _("origin not said"))
        return _("%(origins)s: %(activities)s") % {"origins": origins, "activities": activities}

    def _area(self, group: Iterable[str]) -> str:
        """Return `Essonne`, `Essonne, except Athis-Mons`, or `Both departments · place not said`."""
        here = set(group)
        area_names = []
        for department, name in Department.choices:
            whole = {commune.insee for commune in self._words.communes.values() if commune.department == department}
            inside, missing = whole & here, whole - here
            if inside and not missing:
                area_names.append(str(name))
            elif inside and len(missing) <= _NAMED < len(inside):
                names = self._words.values(PLACE.key, missing)
                area_names.append(_("%(department)s, except %(communes)s") % {"department": name, "communes": names})
            elif inside:
                area_names.append(RuleWording(longest_list=_NAMED).values(PLACE.key, inside))
            if inside:
                here -= {code for code, of in _SEVERAL.items() if of == department}
        area_names += [
            _("place not said") if place == UNKNOWN else str(WiderPlace(place).label)
            for place in WiderPlace.values
            if place in here
        ]
        return " · ".join(area_names)

    def _listed(self, fact: str, codes: Iterable[str], unknown: str) -> str:
        ordered = self._words.ordered(fact, codes)
        return " · ".join(unknown if code == UNKNOWN else self._words.value(fact, code) for code in ordered)

    def _turns(self, found: list[Turn]) -> list[TurnRead]:
        read = []
        own = [turn for turn in found if turn.fact == PROPERTY_PARTNER.key]
        for turn in found:
            if turn not in own or any(turn.values != (turn.lead,) for turn in own):
                read.append(TurnRead(self._turn(turn), self._rules.partner(turn.lead)))
        if own and all(turn.values == (turn.lead,) for turn in own):
            read.append(TurnRead(_("You ask about premises of this site"), None))
        return read

    def _turn(self, turn: Turn) -> str:
        return _("%(fact)s: %(values)s") % {
            "fact": label_of(turn.fact),
            "values": self._words.values(turn.fact, turn.values),
        }

    def _said(self, facts: dict[str, str]) -> dict[str, str]:
        return {fact: value for fact, value in facts.items() if value != NOTHING_SAID[fact]}

    def _query(self, facts: dict[str, str]) -> str:
        """Return the query string of the given facts; with all unknown, still a valid query."""
        return urlencode(self._said(facts) or {PROJECT.key: UNKNOWN})


def _one_of(values: Sequence[str], wanted: str) -> str:
    """Return `wanted` if among the values, else unknown if possible, else the first value."""
    return next((value for value in (wanted, UNKNOWN) if value in values), values[0])


def _representative(group: Sequence[str]) -> str:
    """Return the representative of a group of places: a wider place if any."""
    return next((place for place in _SEVERAL if place in group), UNKNOWN if UNKNOWN in group else group[0])
