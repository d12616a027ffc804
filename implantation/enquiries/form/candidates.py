"""Partners still possible for the request being written."""

from dataclasses import dataclass

from implantation.enquiries.form.session import Draft
from implantation.enquiries.form.steps import STEPS, FactsForm
from implantation.enquiries.summaries import known_words
from implantation.routing.deciding import standing
from implantation.routing.facts import NO_PROPERTY, PROPERTY_PARTNER
from properties.models import Property
from territory.models import Partner


@dataclass(frozen=True)
class Prospects:
    """Every partner with True while still possible, the number still possible, and the known answers as text."""

    partners: list[tuple[Partner, bool]]
    remaining: int
    known: str


def prospects(draft: Draft, attached: Property | None) -> Prospects | None:
    """Return the partners still possible, exact for the completed steps; None without a usable table."""
    rules = standing()
    if rules.table is None:  # the coordinator answers; mentioning the missing table here would only worry
        return None
    known_facts = _known(draft)
    facts = known_facts | {PROPERTY_PARTNER.key: attached.partner.slug if attached else NO_PROPERTY}
    leads = {rules.partner(lead) for lead in rules.table.possible_leads(facts)}
    partners = [(partner, partner in leads) for partner in rules.members.values()]
    return Prospects(partners, len(leads), known_words(known_facts.items()))


def _known(draft: Draft) -> dict[str, str]:
    """Return the facts of completed, valid steps."""
    facts: dict[str, str] = {}
    for step in draft.checked:
        form = STEPS[step](draft.typed.get(step, {}))
        if isinstance(form, FactsForm):
            form.is_valid()
            facts |= form.facts
    return facts
