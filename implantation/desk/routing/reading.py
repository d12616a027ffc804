"""The routing rules, in words: those in force, and every version that was."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from implantation import services
from implantation.desk.wording import Words
from implantation.models import RoutingTable
from implantation.permissions import coordinates
from implantation.services.table_rows import dump


def in_words(table: RoutingTable | None) -> list[dict[str, Any]]:
    """Each rule in order, with its conditions in words."""
    if table is None:
        return []
    words = Words()
    rules = table.rules.select_related("lead", "axis").prefetch_related("contributions__partner")
    return [
        {
            "rule": rule,
            "conditions": words.conditions(rule.conditions),
            "contributors": [
                _("%(partner)s %(part)s") % {"partner": one.partner, "part": one.get_part_display()}
                for one in rule.contributions.all()
            ],
        }
        for rule in rules
    ]


class RulesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Read by every officer: rules are the partnership's, they name no enquiry."""

    model = RoutingTable
    any_permission_required = ["view"]
    template_name = "implantation/admin/rules.html"
    page_title = gettext_lazy("Routing rules")
    header_icon = "list-ol"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("rules:index"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = services.table_in_force()
        return super().get_context_data(**kwargs) | {
            "table": table,
            "rules": in_words(table),
            "draft": services.draft_table(),
            "coordinator": coordinates(self.request.user),
        }


class VersionView(RulesView):
    """One version, whatever became of it."""

    template_name = "implantation/admin/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = get_object_or_404(RoutingTable, version=kwargs["version"])
        return super().get_context_data(**kwargs) | {
            "page_title": _("Rules %(version)s") % {"version": table},
            "table": table,
            "rules": in_words(table),
        }


class ExportView(RulesView):
    """One version as a file that the import reads."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        table = get_object_or_404(RoutingTable, version=kwargs["version"])
        response = HttpResponse(dump(table), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="routing-{table}.json"'
        return response
