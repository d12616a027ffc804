"""The routing rules in force, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from implantation.desk.wording import Words
from implantation.models import RoutingTable
from implantation.services import table_in_force


def in_words(table: RoutingTable | None) -> list[dict[str, Any]]:
    """Each rule in order, with its conditions in words."""
    if table is None:
        return []
    words = Words()
    rules = table.rules.select_related("lead", "axis")
    return [{"rule": rule, "conditions": words.conditions(rule.conditions)} for rule in rules]


class RulesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Read by every officer: rules are the partnership's, they name no enquiry."""

    model = RoutingTable
    any_permission_required = ["view"]
    template_name = "implantation/admin/rules.html"
    page_title = _("Routing rules")
    header_icon = "list-ol"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = table_in_force()
        return super().get_context_data(**kwargs) | {"table": table, "rules": in_words(table)}
