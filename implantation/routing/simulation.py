"""Simulation of a table on past enquiries: changed partners, with the reasons."""

from collections import Counter
from dataclasses import dataclass

from implantation.routing import table as decision_table
from implantation.routing.deciding import pure, table_in_force
from implantation.routing.facts import completed
from implantation.routing.models import Decision, RoutingTable


@dataclass(frozen=True)
class Moved:
    """Past decision with another partner under the simulated table, with both outcomes."""

    decision: Decision
    before: decision_table.Outcome
    after: decision_table.Outcome


@dataclass(frozen=True)
class Simulation:
    """Result of a simulation.

    `replayed` and `unread` count the decisions, the latter with facts no longer in the closed lists; `moved` change
    partner; `gains` maps partner slugs to net gains; `left` counts the replayed decisions taken by the last rule.
    """

    replayed: int
    moved: list[Moved]
    gains: dict[str, int]
    left: int
    unread: int


def simulate(table: RoutingTable) -> Simulation | None:
    """Replay a table and the table in force on the facts of each decision; None when either table cannot decide."""
    current = table_in_force()
    if current is None:
        return None
    try:
        before, after = pure(current), pure(table)
    except decision_table.InvalidTableError:
        return None
    moved, gains = list[Moved](), Counter[str]()
    replayed = left = unread = 0
    for decision in Decision.objects.select_related("enquiry").order_by("-decided_at"):
        try:
            facts = completed(decision.facts)
            was, would = before.decide(facts), after.decide(facts)
        except ValueError:
            unread += 1
            continue
        replayed += 1
        left += would.rule is after.rules[-1]
        if was.rule.lead != would.rule.lead:
            moved.append(Moved(decision, was, would))
            gains[was.rule.lead] -= 1
            gains[would.rule.lead] += 1
    return Simulation(replayed, moved, dict(gains), left, unread)
