"""Routing rules of the demonstration: the indicative split of TERRITORY.md, as a readable decision table."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from implantation.routing.activation import activate_table
from implantation.routing.approvals import accept_residual, answer_table, ask_approval
from implantation.routing.choices import ApprovalState, ContributionPart, TableState
from implantation.routing.drafts import import_rules, start_draft
from implantation.routing.models import RoutingTable, TableMail
from implantation.routing.serialization import FORMAT
from territory.choices import OfficerRole
from territory.models import Commune, Officer, Partner

_LEFT_TO_THE_COORDINATOR = "Le reste revient à l’EPT, qui coordonne le partenariat."
_OWN = (
    "{partner} répond des locaux que vous avez choisis.",
    "{partner} answers for the premises you chose.",
)


@transaction.atomic
def publish_routing_table() -> RoutingTable:
    """Put the demonstration's rules in force, unless a table already is.

    Drafted by the coordinator, approved by the partners' existing accounts; nobody receives a mail.
    """
    current = RoutingTable.objects.filter(state=TableState.IN_FORCE).first()
    if current is not None:
        return current
    coordinator = Officer.objects.filter(role=OfficerRole.COORDINATOR).earliest("pk").user
    table = start_draft(actor=coordinator)
    import_rules(table=table, actor=coordinator, text=json.dumps({"format": FORMAT, "rules": _written()}))
    accept_residual(table=table, actor=coordinator, reason=_LEFT_TO_THE_COORDINATOR)
    ask_approval(table=table, actor=coordinator)
    for approval in table.approvals.filter(state=ApprovalState.ASKED):
        officer = Officer.objects.filter(partner=approval.partner_id, role=OfficerRole.OFFICER).earliest("pk")
        answer_table(table=table, actor=officer.user, approve=True)
    table = activate_table(table=table, actor=coordinator)
    RoutingTable.objects.filter(pk=table.pk).update(note="Répartition indicative (démonstration)")
    TableMail.objects.filter(event__table=table).update(sent_at=timezone.now(), due_at=None)
    return table


def _written() -> list[dict[str, Any]]:
    """Return the rules in the file format."""
    signatories = [partner for partner in Partner.objects.all() if partner.slug in _SIGNATORIES]
    return [
        {
            "conditions": conditions,
            "lead": lead,
            "axis": axis,
            "reason_fr": reason_fr,
            "reason_en": reason_en,
            "contributors": _CONTRIBUTORS.get(lead, []) if "place" in conditions else [],
        }
        for lead, conditions, reason_fr, reason_en, axis in _rules(signatories)
    ]


def _helped_by(recruitment: str, service: str) -> list[dict[str, str]]:
    return [
        {"partner": recruitment, "part": ContributionPart.RECRUITMENT.value},
        {"partner": service, "part": ContributionPart.SERVICE.value},
    ]


# Contributors to the lead of a rule limited to one department.
_CONTRIBUTORS = {
    "cma-94": _helped_by("ept", "cci-94"),
    "cma-91": _helped_by("ept", "cci-91"),
    "cci-94": _helped_by("ept", "cma-94"),
    "cci-91": _helped_by("ept", "essonne-developpement"),
    "essonne-developpement": _helped_by("ept", "cci-91"),
}
_SIGNATORIES = ("ept", "cci-94", "cci-91", "cma-94", "cma-91", "essonne-developpement")
_Row = tuple[str, dict[str, list[str]], str, str, int]


def _rules(partners: list[Partner]) -> list[_Row]:
    """Return (lead, conditions, French reason, English reason, axis served), in order of priority."""
    in_94 = [*Commune.objects.filter(department="94").order_by("insee").values_list("insee", flat=True), "several_94"]
    in_91 = [*Commune.objects.filter(department="91").order_by("insee").values_list("insee", flat=True), "several_91"]
    craft = ["craft", "craft_and_trade"]
    founding = ["create", "take_over"]
    rows: list[Any] = [
        (
            partner.slug,
            {"property_partner": [partner.slug]},
            *(sentence.format(partner=partner.short_name) for sentence in _OWN),
            5,
        )
        for partner in partners
    ]
    rows += [
        ("ept", {"premises": ["land"]},
         "Un terrain : le foncier économique des 24 communes revient à l’EPT.",
         "Land: business land in the 24 communes falls to the EPT.", 5),
        ("ept", {"project": ["develop_land"]},
         "Aménager un terrain touche aux grands projets, que l’EPT conduit.",
         "Developing land touches the major projects, which the EPT leads.", 8),
        ("essonne-developpement", {"origin": ["france", "abroad"], "place": in_91},
         "Une entreprise venue de hors d’Île-de-France qui cherche dans l’Essonne.",
         "A firm from outside the Île-de-France looking in Essonne.", 4),
        ("ept", {"headcount": ["250+"]},
         "Une implantation de 250 personnes ou plus se prépare avec l’EPT.",
         "A site of 250 people or more is prepared with the EPT.", 4),
        ("cma-94", {"activity": craft, "project": founding, "place": in_94},
         "Créer ou reprendre une entreprise artisanale dans le Val-de-Marne.",
         "Creating or taking over a craft firm in Val-de-Marne.", 2),
        ("cma-94", {"activity": craft, "place": in_94},
         "Une entreprise artisanale dans le Val-de-Marne.",
         "A craft firm in Val-de-Marne.", 3),
        ("cma-91", {"activity": craft, "place": in_91},
         "Une entreprise artisanale dans l’Essonne.",
         "A craft firm in Essonne.", 3),
        ("cci-94", {"activity": ["trade_or_services"], "project": founding, "place": in_94},
         "Créer ou reprendre un commerce ou une entreprise de services dans le Val-de-Marne.",
         "Creating or taking over a trade or service firm in Val-de-Marne.", 2),
        ("cci-91", {"activity": ["trade_or_services"], "project": founding, "place": in_91},
         "Créer ou reprendre un commerce ou une entreprise de services dans l’Essonne.",
         "Creating or taking over a trade or service firm in Essonne.", 2),
        ("cci-94", {"activity": ["trade_or_services"], "place": in_94},
         "Commerce et services dans le Val-de-Marne.",
         "Trade and services in Val-de-Marne.", 3),
        ("cci-91", {"activity": ["trade_or_services"], "place": in_91},
         "Commerce et services dans l’Essonne.",
         "Trade and services in Essonne.", 3),
        ("cci-94", {"activity": ["industry_or_logistics"], "place": in_94},
         "Industrie et logistique dans le Val-de-Marne.",
         "Industry and logistics in Val-de-Marne.", 3),
        ("cci-91", {"activity": ["industry_or_logistics"], "place": in_91},
         "Industrie et logistique dans l’Essonne.",
         "Industry and logistics in Essonne.", 3),
        ("ept", {},
         "Aucune autre règle ne désigne de partenaire : l’EPT, qui coordonne, prend la demande.",
         "No other rule names a partner: the EPT, which coordinates, takes the enquiry.", 1),
    ]  # fmt: skip
    return rows
