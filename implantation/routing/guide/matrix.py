"""Routing table as a matrix: lead by need, by kind of firm and by place. Pure.

Unsaid facts count as unknown and no premises are attached, as in a request without further answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from implantation.routing.facts import (
    ACTIVITY,
    FACTS,
    ORIGIN,
    PLACE,
    PROJECT,
    Activity,
    Origin,
    Project,
    WiderPlace,
    completed,
)
from implantation.routing.table import Facts, Table

NOTHING_SAID: Mapping[str, str] = completed({})
# Axes of a matrix; every other fact is left unsaid.
_DRAWN = (PROJECT.key, ACTIVITY.key, PLACE.key, ORIGIN.key)


@dataclass(frozen=True)
class MatrixColumn:
    """Column of kinds of firm with the same lead for every need: each activity here, from each origin here.

    `leads` follow the order of `Project`.
    """

    activities: tuple[str, ...]
    origins: tuple[str, ...]
    leads: tuple[str, ...]

    def holds(self, facts: Facts) -> bool:
        """Return True for a firm of these kinds."""
        return facts[ACTIVITY.key] in self.activities and facts[ORIGIN.key] in self.origins


@dataclass(frozen=True)
class Turn:
    """Further fact with another lead: any of these values would lead to `lead`."""

    fact: str
    values: tuple[str, ...]
    lead: str


def columns(table: Table, place: str) -> list[MatrixColumn]:
    """Group the kinds of firm by their leads at a place; every kind is in exactly one column."""
    by_origin: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for origin in Origin.values:
        answers = tuple(_leads(table, place, activity, origin) for activity in Activity.values)
        by_origin.setdefault(answers, []).append(origin)
    matrix_columns = []
    for answers, origins in by_origin.items():
        alike: dict[tuple[str, ...], list[str]] = {}
        for activity, leads in zip(Activity.values, answers, strict=True):
            alike.setdefault(leads, []).append(activity)
        matrix_columns += [
            MatrixColumn(tuple(activities), tuple(origins), leads) for leads, activities in alike.items()
        ]
    return matrix_columns


def places(table: Table) -> list[tuple[str, ...]]:
    """Group the places treated alike by every rule, with all facts outside the matrix unsaid.

    Communes come before wider places, each in the order of the codes; groups in the order of their first place.
    """
    facts = {fact: value for fact, value in NOTHING_SAID.items() if fact not in _DRAWN}
    wider = {place: order for order, place in enumerate(WiderPlace.values)}
    groups = [
        tuple(sorted(group, key=lambda place: (wider.get(place, -1), place))) for group in table.alike(PLACE.key, facts)
    ]
    return sorted(groups, key=lambda group: (wider.get(group[0], -1), group[0]))


def turns(table: Table, facts: Facts) -> list[Turn]:
    """Return the unsaid facts able, each alone, to change the lead."""
    lead = table.decide(facts).rule.lead
    lead_changes = []
    for fact in FACTS:
        if facts[fact] != NOTHING_SAID[fact]:
            continue
        others: dict[str, list[str]] = {}
        for value in sorted(table.domain[fact]):
            other = table.decide({**facts, fact: value}).rule.lead
            if other != lead:
                others.setdefault(other, []).append(value)
        lead_changes += [Turn(fact, tuple(values), other) for other, values in sorted(others.items())]
    return lead_changes


def _leads(table: Table, place: str, activity: str, origin: str) -> tuple[str, ...]:
    firm = {PLACE.key: place, ACTIVITY.key: activity, ORIGIN.key: origin}
    return tuple(table.decide({**NOTHING_SAID, **firm, PROJECT.key: project}).rule.lead for project in Project.values)
