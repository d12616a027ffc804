"""What may be done with the ground floor in the admin, whoever asks; who may do it is Django's permissions' affair."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from territory.models import Axis, Officer, Partner, Sector, Station

ACTIONS: dict[type[Model], frozenset[str]] = {
    # A partner leaves by the end of its membership: past enquiries keep naming it.
    Partner: frozenset({"view", "add", "change"}),
    Officer: frozenset({"view", "add", "change", "delete"}),
    # The convention has nine axes; who leads them changes.
    Axis: frozenset({"view", "change"}),
    Sector: frozenset({"view", "add", "change"}),
    # Open data, refreshed by load_territory.
    Station: frozenset({"view"}),
}


class LimitedPolicy(ModelPermissionPolicy):
    """Django's model permissions, less what nobody may do, superusers included."""

    def __init__(self, model: type[Model], actions: Collection[str]) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def register() -> None:
    """Make Wagtail ask these policies; must run before anything asks for a policy of these models."""
    for model, actions in ACTIONS.items():
        register_permission_policy(model, LimitedPolicy(model, actions))
