"""People by their function, without names: lines and addresses are examples, of the ranges kept for fiction."""

from typing import Any


def _row(partner: str, role: str, fr: str, en: str, line: str, *languages: str) -> dict[str, Any]:
    return {
        "partner": partner,
        "role": role,
        "function_fr": f"{fr} (exemple)",
        "function_en": f"{en} (example)",
        "phone": f"+3319900{line}",
        "email": f"{role}.{partner}@partenaires.example",
        "languages": ["fr", *languages],
    }


PEOPLE = [
    _row("ept", "firms", "Accueil des entreprises", "Business desk", "0101", "en"),
    _row("ept", "premises", "Foncier et immobilier d’entreprise", "Land and business premises", "0102", "en"),
    _row("ept", "projects", "Grands projets", "Major projects", "0103", "en"),
    _row("ept", "press", "Relations presse", "Press relations", "0104", "en"),
    _row("cci-94", "firms", "Conseil aux entreprises du Val-de-Marne", "Advice to firms of Val-de-Marne", "0201", "en", "es"),
    _row("cci-91", "firms", "Conseil aux entreprises de l’Essonne", "Advice to firms of Essonne", "0301", "en"),
    _row("cma-94", "creation", "Création et reprise artisanales", "Starting or taking over a craft firm", "0401"),
    _row("cma-91", "creation", "Création et reprise artisanales", "Starting or taking over a craft firm", "0501"),
    _row("essonne-developpement", "abroad", "Investisseurs d’ailleurs", "Investors from elsewhere", "0601", "en", "de"),
]  # fmt: skip
