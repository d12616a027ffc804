from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from implantation import permissions
from implantation.enquiries.admin.access_log import AccessLogMenuItem, AccessLogView
from implantation.enquiries.admin.panels import EnquiriesPanel
from implantation.enquiries.admin.viewsets import EnquiryViewSet
from implantation.officers.middleware import sees_reports
from implantation.officers.permissions import officer_of
from implantation.routing.admin.viewsets import RoutingTableViewSet

permissions.register()


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [EnquiryViewSet(), RoutingTableViewSet()]


@hooks.register("construct_homepage_panels")
def add_enquiries(request: HttpRequest, panels: list[Any]) -> None:
    if officer_of(request.user) is not None:
        panels.insert(0, EnquiriesPanel(request))


@hooks.register("construct_reports_menu")
def hide_reports(request: HttpRequest, items: list[Any]) -> None:
    if not sees_reports(request.user):
        items.clear()


@hooks.register("register_admin_urls")
def access_log_url() -> list[URLPattern]:
    return [path("access-log/", AccessLogView.as_view(), name="access_log")]


@hooks.register("register_reports_menu_item")
def access_log_item() -> AccessLogMenuItem:
    return AccessLogMenuItem(_("Access log"), reverse_lazy("access_log"), icon_name="history", order=900)


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))
