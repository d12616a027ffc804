"""A table replayed on the enquiries that came in: which would have gone elsewhere, and why."""

from collections import Counter
from dataclasses import dataclass

from implantation.routing import table as decision_table
from implantation.routing.deciding import pure, table_in_force
from implantation.routing.facts import completed
from implantation.routing.models import Decision, RoutingTable


@dataclass(frozen=True)
class Moved:
    """A decision on facts that the two tables give to different partners, with both outcomes."""

    decision: Decision
    before: decision_table.Outcome
    after: decision_table.Outcome


@dataclass(frozen=True)
class Simulation:
    """`replayed` enquiries; those that would change partner; what each partner (slug) would gain or lose; how many of
    the replayed only the last rule would take; `unread` ones have facts that are no longer in the closed lists."""

    replayed: int
    moved: list[Moved]
    gains: dict[str, int]
    left: int
    unread: int


def simulate(table: RoutingTable) -> Simulation | None:
    """Replay a table against the one in force, on the facts kept with each decision; None when one cannot decide."""
    current = table_in_force()
    if current is None:
        return None
    try:
        before, after = pure(current), pure(table)
    except decision_table.InvalidTable:
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
