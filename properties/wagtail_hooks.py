from wagtail import hooks

from properties import permissions
from properties.viewsets import PropertyViewSet

permissions.register()


@hooks.register("register_admin_viewset")
def register_viewset() -> PropertyViewSet:
    return PropertyViewSet()
