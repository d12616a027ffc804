from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from implantation import permissions
from implantation.desk.panels import EnquiriesPanel
from implantation.middleware import sees_reports
from implantation.viewsets import EnquiryViewSet, RoutingTableViewSet

permissions.register()


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [EnquiryViewSet(), RoutingTableViewSet()]


@hooks.register("construct_homepage_panels")
def add_enquiries(request: HttpRequest, panels: list[Any]) -> None:
    if permissions.officer_of(request.user) is not None:
        panels.insert(0, EnquiriesPanel(request))


@hooks.register("construct_reports_menu")
def hide_reports(request: HttpRequest, items: list[Any]) -> None:
    if not sees_reports(request.user):
        items.clear()


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))
