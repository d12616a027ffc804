"""Who may do what with enquiries and rules in the admin. An officer's role alone decides: no permission ticked in a
group opens an enquiry, and none is needed."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permissions import register_permission_policy

from implantation.enquiries.models import Enquiry
from implantation.officers.permissions import OfficersPolicy
from implantation.routing.models import RoutingTable


class EnquiryPolicy(OfficersPolicy):
    """Of enquiries, an officer views those of `visible_to` and no other."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return action == "view" and Enquiry.objects.visible_to(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Enquiry]:
        return Enquiry.objects.visible_to(user) if "view" in actions else Enquiry.objects.none()


def register() -> None:
    """Make Wagtail ask these policies; must run before anything asks for a policy of these models."""
    register_permission_policy(Enquiry, EnquiryPolicy(Enquiry))
    register_permission_policy(RoutingTable, OfficersPolicy(RoutingTable))
