"""Simulation of a draft on past enquiries, as text and page."""

from typing import Any

from django.utils.translation import gettext_lazy

from implantation.routing import table as decision_table
from implantation.routing.admin.preparing import CoordinatorView
from implantation.routing.admin.proof import simulated_words
from implantation.routing.deciding import table_in_force
from implantation.routing.facts import FACTS
from implantation.routing.models import RoutingTable, Rule
from implantation.routing.simulation import simulate
from implantation.routing.wording import RuleWording

MOST_LISTED = 200


def replay(draft: RoutingTable) -> dict[str, Any]:
    """Return the summary, and each enquiry changing partner, with its known facts and the reason by either table."""
    simulation = simulate(draft)
    if simulation is None:
        return {"said": simulated_words(None), "moved": [], "more": 0}
    words, current = RuleWording(), table_in_force()
    rules_before, rules_after = _rules(current), _rules(draft)

    def outcome(result: decision_table.Outcome, rules: dict[int, Rule]) -> dict[str, Any]:
        rule = rules[result.rule.position]
        return {"lead": rule.lead, "why": f"{rule.position}. {rule.reason}"}

    return {
        "said": simulated_words(simulation),
        "moved": [
            {
                "enquiry": move.decision.enquiry,
                "facts": " · ".join(
                    words.value(key, move.before.facts[key])
                    for key, fact in FACTS.items()
                    if move.before.facts[key] != fact.unsaid
                ),
                "before": outcome(move.before, rules_before),
                "after": outcome(move.after, rules_after),
            }
            for move in simulation.moved[:MOST_LISTED]
        ],
        "more": max(len(simulation.moved) - MOST_LISTED, 0),
    }


def _rules(table: RoutingTable | None) -> dict[int, Rule]:
    return {rule.position: rule for rule in table.rules.select_related("lead")} if table else {}


class SimulationView(CoordinatorView):
    """Past enquiries given to another partner by the draft, with both explanations."""

    template_name = "implantation/admin/simulation.html"
    page_title = gettext_lazy("Simulation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        return super().get_context_data(**kwargs) | {"table": self.draft} | replay(self.draft)
