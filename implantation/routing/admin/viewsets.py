"""The routing rules in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from implantation.officers.permissions import officer_of
from implantation.routing.admin.answering import AnswerView
from implantation.routing.admin.editing import DraftView
from implantation.routing.admin.entering import ImportView, RuleView
from implantation.routing.admin.reading import ExportView, RulesView, VersionView, to_answer
from implantation.routing.admin.simulation import SimulationView
from implantation.routing.models import RoutingTable


class RulesMenuItem(MenuItem):
    """Menu entry for officers, labelled for attention while their partner's answer is awaited."""

    def is_shown(self, request: Any) -> bool:
        return officer_of(request.user) is not None

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if to_answer(request.user) is not None:
            component.label = _("Rules to approve")
        return component


class RoutingTableViewSet(ModelViewSet):
    """Rules in force, readable by officers, and the draft of the next rules, for the coordinator."""

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
        """Register nothing: a rule has no page of its own."""

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
