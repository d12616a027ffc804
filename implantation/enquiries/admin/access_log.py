"""The access log: sign-ins, failures, exports and openings of enquiries, for the coordinator."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BigIntegerField, CharField, IntegerField, Q, QuerySet, Value
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.choices import AccessKind
from foundation.models import AccessRecord
from implantation.enquiries.models import Enquiry, Opening
from implantation.officers.permissions import coordinates

ON_A_PAGE = 50
OPENED = "opened"
KINDS = [*AccessKind.choices, (OPENED, pgettext_lazy("access log", "Opened an enquiry"))]
# Admin views that export a file; a view not listed here is shown by its name.
EXPORTS = {
    "enquiry:index": _("Enquiries"),
    "enquiry:index_results": _("Enquiries"),
    "rules:export": _("Routing rules"),
    "imports:rejected": _("Rejected lines of an import"),
    "wagtailadmin_reports:site_history": _("History of the site"),
}
# Columns shared by both tables of the union, in this order.
COLUMNS = ("at", "kind", "user_id", "export", "file_format", "rows", "enquiry_id")


def sees_access_log(user: Any) -> bool:
    """Return True for a coordinator or a superuser."""
    return user.is_active and (user.is_superuser or coordinates(user))


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is not subscriptable
    def label_from_instance(self, obj: Any) -> str:
        return person(obj)


class AccessFilters(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", pgettext_lazy("kinds", "All")), *KINDS], required=False)
    person = PersonChoice(
        label=_("Person"),
        queryset=User.objects.order_by("last_name", "first_name", "pk"),
        required=False,
        empty_label=pgettext_lazy("people", "All"),
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AccessLogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sees_access_log(request.user)


class AccessLogView(WagtailAdminTemplateMixin, TemplateView):
    """Access log, latest first. GET `kind`, `person`, `day`, `p`; an invalid filter is ignored, with an error shown."""

    template_name = "implantation/admin/access_log.html"
    page_title = _("Access log")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_access_log(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = AccessFilters(self.request.GET)
        filters.is_valid()
        page = Paginator(accesses(**filters.cleaned_data), ON_A_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "page": page,
            "lines": in_words(list(page.object_list), self.request.user),
            "query": query.urlencode(),
        }


def accesses(*, kind: str = "", person: User | None = None, day: date | None = None) -> QuerySet[Any, dict[str, Any]]:
    """Return access records and openings of enquiries as dicts of `COLUMNS`, latest first."""
    chosen = Q()
    if person is not None:
        chosen &= Q(user=person)
    if day is not None:
        chosen &= Q(at__date=day)
    records = AccessRecord.objects.order_by().filter(chosen).annotate(enquiry_id=Value(None, BigIntegerField()))
    openings = Opening.objects.filter(chosen).annotate(
        kind=Value(OPENED, CharField()),
        export=Value("", CharField()),
        file_format=Value("", CharField()),
        rows=Value(None, IntegerField()),
    )
    rows: QuerySet[Any, dict[str, Any]]
    if kind == OPENED:
        rows = openings.values(*COLUMNS).order_by("-at", "enquiry_id")
    elif kind:
        rows = records.filter(kind=kind).values(*COLUMNS).order_by("-at", "pk")
    else:
        rows = records.values(*COLUMNS).union(openings.values(*COLUMNS), all=True)
        rows = rows.order_by("-at", "kind", "enquiry_id")
    return rows


def in_words(lines: list[dict[str, Any]], reader: Any) -> list[dict[str, Any]]:
    """Add to each line its label, its person and its enquiry, when visible to the reader."""
    people = User.objects.in_bulk({line["user_id"] for line in lines if line["user_id"]})
    visible = Enquiry.objects.visible_to(reader).in_bulk({line["enquiry_id"] for line in lines if line["enquiry_id"]})
    kinds = dict(KINDS)
    return [
        line
        | {
            "said": kinds[line["kind"]],
            "who": person(people[line["user_id"]]) if line["user_id"] else nobody(line["kind"]),
            "enquiry": visible.get(line["enquiry_id"]),
            "what": EXPORTS.get(line["export"], line["export"]),
        }
        for line in lines
    ]


def person(user: User) -> str:
    """Return the full name of a person, or else the user name, cut before the @ of an e-mail address."""
    name = user.get_username()
    return user.get_full_name() or (name.partition("@")[0] if "@" in name else name)


def nobody(kind: str) -> Any:
    """Return the label of a line without an account."""
    return _("Unknown user name") if kind in (AccessKind.FAILED, AccessKind.LOCKED) else _("Account since removed")
