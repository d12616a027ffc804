"""Who keeps the synonyms in the admin: the group of editors by its permissions, a coordinator by the role."""

from collections.abc import Collection
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from search.models import SynonymSet
from territory.choices import OfficerRole
from territory.models import Officer

ACTIONS = frozenset({"view", "add", "change", "delete"})


def coordinates(user: Any) -> bool:
    """Whether the account is a coordinator's."""
    return Officer.objects.filter(user_id=user.pk, user__is_active=True, role=OfficerRole.COORDINATOR).exists()


class SynonymPolicy(ModelPermissionPolicy):
    """Django's model permissions, and everything for a coordinator."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(super().user_has_permission(user, action)) or (action in ACTIONS and coordinates(user))

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def register() -> None:
    """Make Wagtail ask this policy; must run before anything asks for a policy of synonyms."""
    register_permission_policy(SynonymSet, SynonymPolicy(SynonymSet))
