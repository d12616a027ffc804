"""A draft replayed on past enquiries, in words, and the page that shows it."""

from typing import Any

from django.utils.translation import gettext_lazy

from implantation import routing
from implantation.choices import Fact
from implantation.desk.routing.preparing import CoordinatorView
from implantation.desk.routing.proof import simulated_words
from implantation.models import RoutingTable, Rule
from implantation.services import table_in_force
from implantation.services.simulating import simulate
from implantation.wording import Words

MOST_LISTED = 200


def replay(draft: RoutingTable) -> dict[str, Any]:
    """The summary, and each enquiry that would change partner: its known facts, and why by either table."""
    simulation = simulate(draft)
    if simulation is None:
        return {"said": simulated_words(None), "moved": [], "more": 0}
    words, current = Words(), table_in_force()
    rules_before, rules_after = _rules(current), _rules(draft)

    def outcome(result: routing.Outcome, rules: dict[int, Rule]) -> dict[str, Any]:
        rule = rules[result.rule.position]
        return {"lead": rule.lead, "why": f"{rule.position}. {rule.reason}"}

    return {
        "said": simulated_words(simulation),
        "moved": [
            {
                "enquiry": one.enquiry,
                "facts": " · ".join(
                    words.value(fact, one.facts[fact]) for fact in Fact if one.facts[fact] not in ("unknown", "none")
                ),
                "before": outcome(one.before, rules_before),
                "after": outcome(one.after, rules_after),
            }
            for one in simulation.moved[:MOST_LISTED]
        ],
        "more": max(len(simulation.moved) - MOST_LISTED, 0),
    }


def _rules(table: RoutingTable | None) -> dict[int, Rule]:
    return {rule.position: rule for rule in table.rules.select_related("lead")} if table else {}


class SimulationView(CoordinatorView):
    """Each past enquiry that the draft would give to another partner, with both explanations."""

    template_name = "implantation/admin/simulation.html"
    page_title = gettext_lazy("Simulation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        return super().get_context_data(**kwargs) | {"table": self.draft} | replay(self.draft)
