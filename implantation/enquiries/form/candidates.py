"""Who may still answer, while the request is being written."""

from dataclasses import dataclass

from implantation.enquiries.form.session import STEP_FACTS, Draft
from implantation.enquiries.form.steps import STEPS
from implantation.enquiries.summaries import known_words
from implantation.routing.deciding import standing
from implantation.routing.facts import NO_PROPERTY, Fact
from properties.models import Property
from territory.models import Partner


@dataclass(frozen=True)
class Prospects:
    """Every partner with whether it may still answer, how many may, and the answers that are known, in words."""

    partners: list[tuple[Partner, bool]]
    remaining: int
    known: str


def prospects(draft: Draft, attached: Property | None) -> Prospects | None:
    """Exact for the steps that were sent on; None when no table can say."""
    rules = standing()
    if rules.table is None:  # the coordinator answers; saying so here would only worry
        return None
    said = _known(draft)
    facts = said | {Fact.PROPERTY_PARTNER.value: attached.partner.slug if attached else NO_PROPERTY}
    leads = {rules.partner(lead) for lead in rules.table.possible_leads(facts)}
    partners = [(partner, partner in leads) for partner in rules.members.values()]
    return Prospects(partners, len(leads), known_words(said.items()))


def _known(draft: Draft) -> dict[str, str]:
    """The facts of the steps that were sent on and are right."""
    known: dict[str, str] = {}
    for step, facts in STEP_FACTS.items():
        if step in draft.checked:
            form = STEPS[step](draft.typed.get(step, {}))
            form.is_valid()
            known |= {fact.value: form.cleaned_data[fact] for fact in facts if fact in form.cleaned_data}
    return known
