"""Who may still answer, while the request is being written."""

from dataclasses import dataclass

from django.utils import timezone

from implantation.choices import NO_PROPERTY, Fact
from implantation.drafts import Draft
from implantation.forms import STEPS
from implantation.services import pure, table_in_force
from implantation.summaries import known_words
from properties.models import Property
from territory.models import Partner

# The facts each step settles.
_FACTS = {
    "project": (Fact.PROJECT, Fact.ACTIVITY),
    "place": (Fact.PLACE, Fact.PREMISES),
    "firm": (Fact.HEADCOUNT, Fact.ORIGIN),
}


@dataclass(frozen=True)
class Prospects:
    """Every partner with whether it may still answer, how many may, and the answers that are known, in words."""

    partners: list[tuple[Partner, bool]]
    remaining: int
    known: str


def prospects(draft: Draft, attached: Property | None) -> Prospects | None:
    """Exact for the steps that were sent on; None when no table can say."""
    stored = table_in_force()
    if stored is None:
        return None
    said = _known(draft)
    facts = said | {Fact.PROPERTY_PARTNER.value: attached.partner.slug if attached else NO_PROPERTY}
    try:
        leads = pure(stored).possible_leads(facts)
    except ValueError:  # the coordinator answers; saying so here would only worry
        return None
    members = list(Partner.objects.members_on(timezone.localdate()))
    present = {partner.slug for partner in members}
    # What falls to a partner that left falls to the coordinator.
    coordinator = Partner.objects.coordinator().slug
    leads = frozenset(lead if lead in present else coordinator for lead in leads)
    partners = [(partner, partner.slug in leads) for partner in members]
    return Prospects(partners, len(leads), known_words(said.items()))


def _known(draft: Draft) -> dict[str, str]:
    """The facts of the steps that were sent on and are right."""
    known: dict[str, str] = {}
    for step, facts in _FACTS.items():
        if step in draft.checked:
            form = STEPS[step](draft.typed.get(step, {}))
            form.is_valid()
            known |= {fact.value: form.cleaned_data[fact] for fact in facts if fact in form.cleaned_data}
    return known
