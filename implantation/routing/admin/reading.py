"""Routing rules for reading: the table in force and every version."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from implantation.officers.permissions import coordinates, officer_of
from implantation.routing import drafts
from implantation.routing.admin.proof import changes_for
from implantation.routing.approvals import approval_of
from implantation.routing.choices import ApprovalState, ProofState, TableEventKind, TableState
from implantation.routing.deciding import table_in_force
from implantation.routing.models import Approval, RoutingTable, TableEvent
from implantation.routing.proof.judgement import judge
from implantation.routing.proof.keeping import read_proof
from implantation.routing.serialization import dump
from implantation.routing.wording import RuleWording

# Only the last of these is shown: a line for each change of a draft would hide the rest.
_QUIET = (TableEventKind.EDITED, TableEventKind.UNDONE)


def in_words(table: RoutingTable | None) -> list[dict[str, Any]]:
    """Return each rule in order, with its conditions and contributors as text."""
    if table is None:
        return []
    words = RuleWording()
    rules = table.rules.select_related("lead", "axis").prefetch_related("contributions__partner")
    return [
        {
            "rule": rule,
            "conditions": words.conditions(rule.conditions),
            "contributors": [
                _("%(partner)s %(part)s")
                % {"partner": contribution.partner.acronym, "part": contribution.get_part_display()}
                for contribution in rule.contributions.all()
            ],
        }
        for rule in rules
    ]


def state_in_words(table: RoutingTable, current: RoutingTable | None) -> str:
    """Return the label of a version's present state, even before the takeover of a scheduled table is recorded."""
    if table == current:
        return str(TableState.IN_FORCE.label)
    if table.state == TableState.IN_FORCE:
        return str(TableState.SUPERSEDED.label)
    return str(table.get_state_display())


class RulesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Rules in force. Every officer may read: rules belong to the partnership and name no enquiry."""

    model = RoutingTable
    any_permission_required = ["view"]
    template_name = "implantation/admin/rules.html"
    page_title = gettext_lazy("Routing rules")
    header_icon = "list-ol"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("rules:index"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table, proof = table_in_force(), read_proof()
        versions = [(version, state_in_words(version, table)) for version in RoutingTable.objects.all()]
        return super().get_context_data(**kwargs) | {
            "table": table,
            "rules": in_words(table),
            "draft": drafts.draft_table(),
            "scheduled": next(
                (
                    other_table
                    for other_table, _state in versions
                    if other_table.state == TableState.SCHEDULED and other_table != table
                ),
                None,
            ),
            "problems": proof.problems if proof else [],
            "proving": proof is not None and proof.state == ProofState.STALE,
            "versions": versions,
            "to_answer": to_answer(self.request.user),
            "coordinator": coordinates(self.request.user),
        }


class VersionView(RulesView):
    """Any version: rules, changes, answers of partners, history."""

    template_name = "implantation/admin/version.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if officer_of(request.user) is not None:
            self.table = get_object_or_404(RoutingTable, version=kwargs["version"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table, officer = self.table, officer_of(self.request.user)
        approval = approval_of(table, officer.partner) if officer else None
        return super().get_context_data(**kwargs) | {
            "page_title": _("Rules %(version)s") % {"version": table},
            "table": table,
            "state": state_in_words(table, table_in_force()),
            "rules": in_words(table),
            "asked": approval if table.state == TableState.PROVED else None,
            "change": changes_for(approval.partner, judge(table))
            if approval and table.state == TableState.PROVED
            else None,
            "approvals": approvals_read(table),
            "history": history_read(table),
        }


class ExportView(VersionView):
    """Version as a JSON file for the import."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(dump(self.table), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="routing-{self.table}.json"'
        return response


def to_answer(user: Any) -> Approval | None:
    """Return the approval awaited from the account's partner, or None."""
    officer = officer_of(user)
    proved = RoutingTable.objects.filter(state=TableState.PROVED).first()
    if officer is None or proved is None:
        return None
    approval = approval_of(proved, officer.partner)
    return approval if approval is not None and approval.state == ApprovalState.ASKED else None


def approvals_read(table: RoutingTable) -> list[dict[str, Any]]:
    """Return the approvals of the table's present round; `overdue` lets the coordinator override a missing answer."""
    today = timezone.localdate()
    approvals = table.approvals.filter(round=table.round).select_related("partner", "answered_by")
    if table.state == TableState.DRAFT:  # the answers were about other rules
        return []
    return [
        {"approval": approval, "overdue": approval.state == ApprovalState.ASKED and today > approval.due}
        for approval in approvals
    ]


def history_read(table: RoutingTable) -> list[TableEvent]:
    """Return the history of a table, oldest first, with the last change of the draft only."""
    events = list(table.events.select_related("actor", "partner").defer("data"))
    last = max((event.pk for event in events if event.kind in _QUIET), default=None)
    return [event for event in events if event.kind not in _QUIET or event.pk == last]
