"""Permissions on synonyms in the admin: by model permission for editors, by role for coordinators."""

from collections.abc import Collection
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from search.models import SynonymSet
from territory.choices import OfficerRole
from territory.models import Officer

ACTIONS = frozenset({"view", "add", "change", "delete"})


def coordinates(user: Any) -> bool:
    """Return True for an active coordinator's account."""
    return Officer.objects.filter(user_id=user.pk, user__is_active=True, role=OfficerRole.COORDINATOR).exists()


class SynonymPolicy(ModelPermissionPolicy):
    """Django's model permissions, plus every action for coordinators."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(super().user_has_permission(user, action)) or (action in ACTIONS and coordinates(user))

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def register() -> None:
    """Register the policy with Wagtail, before any lookup of a policy for synonyms."""
    register_permission_policy(SynonymSet, SynonymPolicy(SynonymSet))
