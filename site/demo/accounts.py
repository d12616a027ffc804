"""Accounts of the demonstration, with one shared password; they exist on a demonstration only."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from pages.services import ensure_editors
from territory.choices import OfficerRole
from territory.models import Officer, Partner
from territory.services import COORDINATION, OFFICERS, ensure_groups

PASSWORD = "demo-grand-orly-2026"
_SHORT = {"essonne-developpement": "essonne"}


@dataclass(frozen=True)
class Login:
    """User name and task of a demonstration account."""

    username: str
    does: str


@transaction.atomic
def create_accounts() -> list[Login]:
    """Create an editor, an officer and a deputy per partner, and the coordinator; existing accounts are left alone."""
    groups = ensure_groups()
    logins = [_account("redaction", "Camille", "Rédaction", ensure_editors(), "pages, chiffres, traductions")]
    for partner in Partner.objects.order_by("pk"):
        if partner.slug not in _SIGNATORIES:
            continue
        short = _SHORT.get(partner.slug, partner.slug.replace("-", ""))
        for role, suffix, word in ((OfficerRole.OFFICER, "agent", "Agent"), (OfficerRole.DEPUTY, "adjoint", "Adjoint")):
            login = _account(f"{short}.{suffix}", word, partner.acronym, groups[OFFICERS], f"demandes de {partner}")
            _officer(login, partner, role)
            logins.append(login)
    coordinator = _account(
        "coordination", "Coordination", "EPT", groups[COORDINATION], "toutes les demandes, les règles"
    )
    _officer(coordinator, Partner.objects.coordinator(), OfficerRole.COORDINATOR)
    return [*logins, coordinator]


_SIGNATORIES = ("ept", "cci-94", "cci-91", "cma-94", "cma-91", "essonne-developpement")


def _account(username: str, first_name: str, last_name: str, group: Group, does: str) -> Login:
    users = get_user_model()
    if not users.objects.filter(username=username).exists():
        user = users.objects.create_user(
            username, f"{username}@example.org", PASSWORD, first_name=first_name, last_name=last_name
        )
        user.groups.add(group)
    return Login(username, does)


def _officer(login: Login, partner: Partner, role: OfficerRole) -> None:
    user = get_user_model().objects.get(username=login.username)
    Officer.objects.get_or_create(user=user, defaults={"partner": partner, "role": role})
