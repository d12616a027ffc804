"""Index of the enquiries visible to an officer, with filters and export."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from foundation.spreadsheets import inert
from implantation.enquiries.admin.access import VisibleEnquiries
from implantation.enquiries.choices import EnquiryState, TransferState
from implantation.enquiries.models import Enquiry, Event, Transfer
from implantation.enquiries.models.querysets import EnquiryQuerySet
from implantation.officers.permissions import coordinates, officer_of
from implantation.routing.facts import PLACE, PROJECT, WiderPlace, held
from territory.models import Commune, Partner

heading = lazy(capfirst, str)


class ToDo:
    """Work queues of an officer, counted and linked by the home panel."""

    TAKE = "take"
    LATE = "late"
    ANSWER = "answer"
    WAITING = "waiting"
    CHECK = "check"
    CHOICES = [
        (TAKE, _("To take in charge")),
        (LATE, _("Late")),
        (ANSWER, _("Transfers to answer")),
        (WAITING, _("Awaiting the investor")),
        (CHECK, _("To be checked")),
    ]


def to_do(enquiries: EnquiryQuerySet, what: str, partner: Partner, *, everywhere: bool) -> EnquiryQuerySet:
    """Filter `enquiries` to the queue `what` of `partner`, or of all partners with `everywhere`."""
    if what == ToDo.ANSWER:
        open_transfers = {"transfers__state": TransferState.PROPOSED}
        if not everywhere:
            open_transfers["transfers__to_partner"] = partner
        return enquiries.filter(**open_transfers)
    if not everywhere:
        enquiries = enquiries.filter(holder=partner)
    if what == ToDo.LATE:
        return enquiries.late()
    state = {
        ToDo.TAKE: EnquiryState.RECEIVED,
        ToDo.WAITING: EnquiryState.AWAITING_INVESTOR,
        ToDo.CHECK: EnquiryState.QUARANTINED,
    }[what]
    return enquiries.filter(state=state)


def place_choices() -> list[tuple[str, Any]]:
    """Return choices of communes, then of wider places."""
    return [*Commune.objects.values_list("insee", "name"), *WiderPlace.choices]


def exported_facts() -> dict[str, Any]:
    """Return the export columns of exported facts with their headings; places by name."""
    exported = [fact for fact in held() if fact.exported]
    return {"place_name" if fact.rows else f"get_{fact.key}_display": fact.label for fact in exported}


class EnquiryFilterSet(WagtailFilterSet):
    todo = django_filters.ChoiceFilter(
        label=_("To do"), choices=ToDo.CHOICES, method="filter_to_do", empty_label=pgettext_lazy("enquiries", "All")
    )
    state = django_filters.MultipleChoiceFilter(
        label=heading(pgettext_lazy("of progress", "state")),
        choices=EnquiryState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    project = django_filters.MultipleChoiceFilter(
        label=PROJECT.label, choices=PROJECT.values.choices, widget=forms.CheckboxSelectMultiple
    )
    place = django_filters.ChoiceFilter(
        label=PLACE.label, choices=place_choices, empty_label=pgettext_lazy("places", "All")
    )
    holder = django_filters.ModelChoiceFilter(
        label=_("Partner in charge"), queryset=Partner.objects.all(), empty_label=pgettext_lazy("partners", "All")
    )
    created_at = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("column", "Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Enquiry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not coordinates(self.request.user):
            del self.filters["holder"]
            todo = self.filters["todo"]
            todo.extra["choices"] = [choice for choice in ToDo.CHOICES if choice[0] != ToDo.CHECK]

    def filter_to_do(self, queryset: EnquiryQuerySet, name: str, value: str) -> EnquiryQuerySet:
        officer = officer_of(self.request.user)
        if officer is None:
            return queryset.none()
        # A subquery, since the list is annotated and may be ordered by a joined column.
        wanted = to_do(Enquiry.objects.all(), value, officer.partner, everywhere=coordinates(self.request.user))
        return queryset.filter(pk__in=wanted.values("pk"))


class DueColumn(Column):
    """Step owed and its due date, with late or stopped clock."""

    cell_template_name = "implantation/admin/_due_cell.html"


class StateColumn(Column):
    cell_template_name = "implantation/admin/_state_cell.html"


def detail_url(enquiry: Enquiry) -> str:
    return reverse("enquiry:detail", args=[enquiry.pk])


def asked_by(enquiry: Enquiry) -> str:
    """Return the firm, or else the person; a placeholder while the enquiry is only proposed (not `read_whole`)."""
    if not getattr(enquiry, "read_whole", True):
        return str(_("Shown once you accept it"))
    return enquiry.company or enquiry.name or str(_("Personal data erased"))


def local_day(enquiry: Enquiry) -> Any:
    return timezone.localtime(enquiry.created_at).date()


class DueDayColumn(Column):
    cell_template_name = "implantation/admin/_day_cell.html"


class EnquiryIndexView(VisibleEnquiries, IndexView):
    """Index of the enquiries visible to the account, with dates, state, partner, place and project."""

    results_template_name = "implantation/admin/index_results.html"
    template_name = "implantation/admin/index.html"
    any_permission_required = ["view"]
    filterset_class = EnquiryFilterSet
    search_fields = ["reference", "company", "name", "email"]
    search_backend_name = None
    is_searchable = True
    default_ordering = ["-created_at", "-pk"]
    list_display = [
        TitleColumn(
            "reference",
            label=heading(_("reference")),
            get_url=detail_url,
            sort_key="reference",
            classname="desk-c-reference",
        ),
        Column("asked_by", label=_("Asked by"), accessor=asked_by, sort_key="company", classname="desk-c-who"),
        DueDayColumn(
            "created_at", label=pgettext_lazy("column", "Received"), accessor=local_day, sort_key="created_at"
        ),
        DueColumn("due_at", label=pgettext_lazy("column", "Due"), sort_key="urgency"),
        StateColumn(
            "state",
            label=heading(pgettext_lazy("of progress", "state")),
            accessor="get_state_display",
            sort_key="state",
        ),
        Column(
            "holder", label=_("Partner"), accessor="holder.acronym", sort_key="holder__acronym", classname="desk-wide"
        ),
        Column("place", label=PLACE.label, accessor="place_name", sort_key="place_name"),
        Column(
            "project",
            label=PROJECT.label,
            accessor="get_project_display",
            sort_key="project",
            classname="desk-wide",
        ),
    ]
    list_export = [
        "reference",
        "created_at",
        "get_step_display",
        "due_at",
        "late",
        "first_answered_at",
        "tailored_at",
        "get_state_display",
        "holder",
        "company",
        "name",
        "email",
        "phone",
        *exported_facts(),
        "property_reference",
    ]
    export_headings = {
        "reference": heading(_("reference")),
        "created_at": pgettext_lazy("column", "Received"),
        "get_step_display": heading(_("what is owed")),
        "due_at": pgettext_lazy("column", "Due"),
        "late": _("Late"),
        "first_answered_at": _("First answered"),
        "tailored_at": _("Tailored answer given"),
        "get_state_display": heading(pgettext_lazy("of progress", "state")),
        "holder": _("Partner"),
        "company": heading(_("firm")),
        "name": heading(_("name")),
        "email": heading(_("e-mail")),
        "phone": heading(_("telephone")),
        **exported_facts(),
        "property_reference": _("Premises asked for"),
    }
    export_filename = "demandes"
    # Spreadsheets have no time zones: local time is written.
    custom_value_preprocess = {
        datetime: {
            "xlsx": lambda value: timezone.make_naive(value),
            "csv": lambda value: timezone.localtime(value).strftime("%Y-%m-%d %H:%M"),
        },
        **{kind: does for kind, does in IndexView.custom_value_preprocess.items() if kind is not datetime},
    }

    def get_base_queryset(self) -> EnquiryQuerySet:
        commune = Commune.objects.filter(insee=OuterRef("place")).values("name")[:1]
        wider = Case(
            *(When(place=code, then=Value(str(label))) for code, label in WiderPlace.choices),
            default=F("place"),
            output_field=CharField(),
        )
        enquiries = super().get_base_queryset().select_related("holder")
        if EnquiryState.UNWANTED not in self.request.GET.getlist("state"):
            enquiries = enquiries.wanted()
        lines = Event.objects.filter(enquiry=OuterRef("pk")).order_by("-sequence").values("sequence")
        proposed = Transfer.objects.filter(enquiry=OuterRef("pk"), state=TransferState.PROPOSED)
        whole = Enquiry.objects.read_whole_by(self.request.user).filter(pk=OuterRef("pk"))
        late = Case(When(due_at__lt=timezone.now(), then=Value(str(_("late")))), default=Value(""))
        return enquiries.annotate(
            place_name=Coalesce(Subquery(commune), wider, output_field=CharField()),
            in_transfer=Exists(proposed),
            read_whole=Exists(whole),
            late=late,
            last_line=Subquery(lines[:1]),
            # Enquiries without a due date sort last on both databases.
            urgency=Coalesce("due_at", Value(datetime.max.replace(year=9000, tzinfo=UTC))),
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        held = any(enquiry.state == EnquiryState.QUARANTINED for enquiry in context["object_list"])
        return context | {"held": held}

    def search_queryset(self, queryset: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
        """Search names and addresses where the account reads the enquiry whole; elsewhere the reference only."""
        if not (self.is_searching and self.search_query):
            unsearched: QuerySet[Enquiry] = super().search_queryset(queryset)
            return unsearched
        whole = Enquiry.objects.read_whole_by(self.request.user)
        named: QuerySet[Enquiry] = super().search_queryset(queryset.filter(pk__in=whole.values("pk")))
        return named | queryset.filter(reference__icontains=self.search_query)

    def as_spreadsheet(self, queryset: QuerySet[Enquiry], spreadsheet_format: str) -> Any:
        """Export only enquiries read whole by the account: the columns hold names and addresses."""
        whole = Enquiry.objects.read_whole_by(self.request.user)
        exported = queryset.filter(pk__in=whole.values("pk"))
        response = super().as_spreadsheet(exported, spreadsheet_format)
        response.exported_rows = len(exported)  # for the access log
        return response

    def stream_csv(self, queryset: QuerySet[Enquiry]) -> Iterator[bytes]:
        # Without the byte order mark, spreadsheets of French offices misread UTF-8.
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        # Cells come from a public form: neutralise formulas (CSV injection).
        cells = {field: self.preprocess_field_value(field, value, "csv") for field, value in row_dict.items()}
        return writer.writerow({field: inert(cell) if isinstance(cell, str) else cell for field, cell in cells.items()})

    def write_csv_response(self, queryset: QuerySet[Enquiry]) -> StreamingHttpResponse:
        response: StreamingHttpResponse = super().write_csv_response(queryset)
        response["Content-Type"] = "text/csv; charset=utf-8"
        return response
