"""The officers' desk in the admin: enquiries, and the rules that share them out."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from implantation.choices import State
from implantation.desk.absences import AbsencesView
from implantation.desk.detail import EnquiryDetailView
from implantation.desk.listing import EnquiryIndexView
from implantation.desk.routing.answering import AnswerView
from implantation.desk.routing.editing import DraftView
from implantation.desk.routing.entering import ImportView, RuleView
from implantation.desk.routing.reading import ExportView, RulesView, VersionView, to_answer
from implantation.desk.routing.simulation import SimulationView
from implantation.desk.unsent import UnsentView
from implantation.desk.unwanted import UnwantedView
from implantation.models import Enquiry, RoutingTable
from implantation.permissions import coordinates, officer_of


class EnquiryURLFinder(ModelAdminURLFinder):
    """The page of an enquiry, for an account that may see it."""

    def get_edit_url(self, instance: Enquiry) -> str | None:
        if self.user and not Enquiry.objects.visible_to(self.user).filter(pk=instance.pk).exists():
            return None
        return reverse("enquiry:detail", args=[instance.pk])


def to_take_in_charge(user: Any) -> int:
    """How many enquiries wait to be taken in charge by the account's partner (by any, for a coordinator)."""
    officer = officer_of(user)
    if officer is None:
        return 0
    waiting = Enquiry.objects.visible_to(user).filter(state=State.RECEIVED)
    return (waiting if coordinates(user) else waiting.filter(holder=officer.partner)).count()


class EnquiriesMenuItem(MenuItem):
    """Shown to officers, with the number to take in charge."""

    def is_shown(self, request: Any) -> bool:
        return officer_of(request.user) is not None

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if number := to_take_in_charge(request.user):
            component.label = f"{self.label} ({number})"
        return component


class EnquiryViewSet(ModelViewSet):
    """A list and a page. Nothing generic is served: no form, copy, deletion, history or usage."""

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
        # The generic pages that lists link to are not served.
        absent = {"add", "edit", "delete", "history", "usage"}
        given = super().get_common_view_kwargs(**kwargs)
        return given | {f"{name}_url_name": None for name in absent}

    def register_admin_url_finder(self) -> None:
        register_admin_url_finder(Enquiry, EnquiryURLFinder)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None to tick in a group: the officer's role decides."""
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


class RulesMenuItem(MenuItem):
    """Shown to officers; it says so when their partner's answer is awaited."""

    def is_shown(self, request: Any) -> bool:
        return officer_of(request.user) is not None

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if to_answer(request.user) is not None:
            component.label = _("Rules to approve")
        return component


class RoutingTableViewSet(ModelViewSet):
    """The rules in force, for officers to read, and the draft of the next ones, for the coordinator."""

    model = RoutingTable
    name = "rules"
    icon = "list-ol"
    menu_label = _("Routing rules")
    menu_name = "rules"
    menu_order = 95
    menu_item_class = RulesMenuItem
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields: list[str] = []

    def register_admin_url_finder(self) -> None:
        """Rules have no page of their own to link to."""

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(RulesView), name="index"),
            path("<int:version>/", self.construct_view(VersionView), name="version"),
            path("<int:version>/export/", self.construct_view(ExportView), name="export"),
            path("draft/", self.construct_view(DraftView), name="draft"),
            path("draft/new/", self.construct_view(RuleView), name="rule_add"),
            path("<int:version>/answer/", self.construct_view(AnswerView), name="answer"),
            path("draft/simulation/", self.construct_view(SimulationView), name="simulation"),
            path("draft/import/", self.construct_view(ImportView), name="import"),
            path("draft/<int:pk>/", self.construct_view(RuleView), name="rule_edit"),
        ]
