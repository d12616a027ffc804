from wagtail import hooks

from territory import permissions
from territory.viewsets import PartnershipGroup

permissions.register()


@hooks.register("register_admin_viewset")
def register_viewset() -> PartnershipGroup:
    return PartnershipGroup()
