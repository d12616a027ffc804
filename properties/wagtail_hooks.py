from wagtail import hooks

from properties.admin import permissions
from properties.admin.imports import ImportsViewSet
from properties.admin.viewsets import PropertyViewSet

permissions.register()


@hooks.register("register_admin_viewset")
def register_viewset() -> PropertyViewSet:
    return PropertyViewSet()


@hooks.register("register_admin_viewset")
def register_imports() -> ImportsViewSet:
    return ImportsViewSet()
