"""The officers' desk in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from implantation.enquiries.admin.absences import AbsencesView
from implantation.enquiries.admin.detail import EnquiryDetailView
from implantation.enquiries.admin.listing import EnquiryIndexView
from implantation.enquiries.admin.unsent import UnsentView
from implantation.enquiries.admin.unwanted import UnwantedView
from implantation.enquiries.choices import EnquiryState
from implantation.enquiries.models import Enquiry
from implantation.officers.permissions import coordinates, officer_of


class EnquiryURLFinder(ModelAdminURLFinder):
    """Link to the page of an enquiry, for accounts with access."""

    def get_edit_url(self, instance: Enquiry) -> str | None:
        if self.user and not Enquiry.objects.visible_to(self.user).filter(pk=instance.pk).exists():
            return None
        return reverse("enquiry:detail", args=[instance.pk])


def to_take_in_charge(user: Any) -> int:
    """Count the enquiries to take in charge by the account's partner (by any partner, for a coordinator)."""
    officer = officer_of(user)
    if officer is None:
        return 0
    waiting = Enquiry.objects.visible_to(user).filter(state=EnquiryState.RECEIVED)
    return (waiting if coordinates(user) else waiting.filter(holder=officer.partner)).count()


class EnquiriesMenuItem(MenuItem):
    """Menu entry for officers, with the number to take in charge."""

    def is_shown(self, request: Any) -> bool:
        return officer_of(request.user) is not None

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if number := to_take_in_charge(request.user):
            component.label = f"{self.label} ({number})"
        return component


class EnquiryViewSet(ModelViewSet):
    """Index and detail page. No generic form, copy, deletion, history or usage view is served."""

    model = Enquiry
    name = "enquiry"
    url_prefix = "enquiries"
    icon = "mail"
    menu_label = _("Enquiries")
    menu_name = "enquiries"
    menu_order = 90
    menu_item_class = EnquiriesMenuItem
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields: list[str] = []
    index_view_class = EnquiryIndexView
    index_template_name = EnquiryIndexView.template_name
    index_results_template_name = EnquiryIndexView.results_template_name
    list_per_page = 30
    list_display = EnquiryIndexView.list_display
    filterset_class = EnquiryIndexView.filterset_class
    list_export = EnquiryIndexView.list_export
    export_headings = EnquiryIndexView.export_headings
    export_filename = EnquiryIndexView.export_filename
    search_fields = EnquiryIndexView.search_fields
    search_backend_name = None
    ordering = EnquiryIndexView.default_ordering

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Hide the links to generic views, which are not served.
        absent = {"add", "edit", "delete", "history", "usage"}
        view_kwargs: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return view_kwargs | {f"{name}_url_name": None for name in absent}

    def register_admin_url_finder(self) -> None:
        register_admin_url_finder(Enquiry, EnquiryURLFinder)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Register no permission for groups: the officer's role decides."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        detail = self.construct_view(EnquiryDetailView)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("absences/", self.construct_view(AbsencesView), name="absences"),
            path("unwanted/", self.construct_view(UnwantedView), name="unwanted"),
            path("unsent/", self.construct_view(UnsentView), name="unsent"),
            path("<int:pk>/", detail, name="detail"),
            path("<int:pk>/<slug:action>/", detail, name="act"),
        ]
