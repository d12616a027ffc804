"""Officer of an account, and permissions of officers in the admin."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from territory.choices import OfficerRole
from territory.models import Officer


def officer_of(user: Any) -> Officer | None:
    """Return the officer of an active account, or None."""
    if not user.pk:
        return None
    return Officer.objects.select_related("partner").filter(user_id=user.pk, user__is_active=True).first()


def coordinates(user: Any) -> bool:
    """Return True for a coordinator's account."""
    officer = officer_of(user)
    return officer is not None and officer.role == OfficerRole.COORDINATOR


class OfficersPolicy(BasePermissionPolicy):
    """Read-only policy for officers: rows are added, changed and deleted by services, each with its own checks."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and officer_of(user) is not None

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[User]:
        officers = User.objects.filter(officer__isnull=False, is_active=True)
        return officers if "view" in actions else officers.none()
