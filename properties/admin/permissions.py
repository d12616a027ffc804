"""Permission policy of the offering in the admin: the officer's role decides, group permissions are ignored."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from properties.models import Property
from territory.models import Officer

# No "delete": a property leaves the market by its state, since enquiries keep referring to the row.
ACTIONS = frozenset({"view", "add", "change"})


class OfferingPolicy(BasePermissionPolicy):
    """Officers add and change their partner's properties, a coordinator everybody's, nobody else any."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ACTIONS and Officer.objects.filter(user_id=user.pk, user__is_active=True).exists()

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return action in ACTIONS and Property.objects.editable_by(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Property]:
        return Property.objects.editable_by(user) if ACTIONS & set(actions) else Property.objects.none()

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        officers = get_user_model().objects.filter(officer__isnull=False, is_active=True)
        return officers if ACTIONS & set(actions) else officers.none()


def register() -> None:
    """Register the policy with Wagtail; must run before the first permission check on properties."""
    register_permission_policy(Property, OfferingPolicy(Property))
