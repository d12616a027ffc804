"""Admin permission policies of enquiries and rules.

An officer's role alone decides: no permission ticked in a group opens an enquiry, and none is needed.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permissions import register_permission_policy

from implantation.enquiries.models import Enquiry
from implantation.officers.permissions import OfficersPolicy
from implantation.routing.models import RoutingTable


class EnquiryPolicy(OfficersPolicy):
    """Policy of enquiries: officers view the enquiries of `visible_to` only."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return action == "view" and Enquiry.objects.visible_to(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Enquiry]:
        return Enquiry.objects.visible_to(user) if "view" in actions else Enquiry.objects.none()


def register() -> None:
    """Register the policies with Wagtail; must run before the first lookup of a policy for these models."""
    register_permission_policy(Enquiry, EnquiryPolicy(Enquiry))
    register_permission_policy(RoutingTable, OfficersPolicy(RoutingTable))
