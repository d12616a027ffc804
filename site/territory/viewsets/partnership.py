"""The ground floor in the admin: partners, officers, axes, sectors, stations."""

from typing import Any, cast

from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from foundation.by_language import language_choices, text_name
from territory import services
from territory.forms.partnership import OfficerForm, PartnerForm, SectorForm
from territory.models import Axis, Officer, Partner, Sector, Station
from territory.staffing import LastOfficerError

heading = lazy(capfirst, str)


class DayColumn(Column):
    """A day, or nothing."""

    def get_value(self, instance: Any) -> Any:
        return super().get_value(instance) or ""


class PartnerIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Partner]:
        partners: QuerySet[Partner] = (
            super().get_base_queryset().annotate(officer_count=Count("officers", distinct=True))
        )
        return partners


class PartnerViewSet(ModelViewSet):
    model = Partner
    name = "partners"
    icon = "group"
    copy_view_enabled = False
    index_view_class = PartnerIndexView
    list_display = [
        "short_name",
        "acronym",
        Column("get_kind_display", label=heading(_("kind")), sort_key="kind"),
        Column("officer_count", label=heading(_("officers")), sort_key="officer_count"),
        DayColumn("member_since", label=heading(_("member since")), sort_key="member_since"),
        DayColumn("member_until", label=heading(_("member until")), sort_key="member_until"),
    ]
    list_filter = ["kind", "communes"]
    search_fields = ["short_name", "acronym", "name", "former_names__name"]
    search_backend_name = None
    ordering = ["-is_coordinator", "kind", "short_name"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("short_name"), FieldPanel("article"), FieldPanel("acronym")]),
                    FieldPanel("kind"),
                    InlinePanel("former_names", heading=_("Former names"), label=_("Former name")),
                ],
                heading=_("Names"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("member_since"), FieldPanel("member_until")]),
                    FieldPanel("is_coordinator"),
                    FieldPanel("role"),
                ],
                heading=_("Membership and part taken"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("email"),
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("website")]),
                    FieldRowPanel([FieldPanel("first_answer_days"), FieldPanel("tailored_answer_days")]),
                    FieldPanel("languages"),
                ],
                heading=_("How investors are received"),
            ),
            FieldPanel("communes", widget=CheckboxSelectMultiple),
        ],
        base_form_class=PartnerForm,
    )


class OfficerDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return cast(HttpResponse, super().form_valid(form))
        except LastOfficerError as refusal:
            messages.error(self.request, refusal.messages[0])
            return redirect("officers:edit", self.object.pk)

    def delete_action(self) -> None:
        services.dismiss(officer=self.object)


class OfficerViewSet(ModelViewSet):
    model = Officer
    name = "officers"
    icon = "user"
    copy_view_enabled = False
    delete_view_class = OfficerDeleteView
    list_display = [
        "user",
        Column("partner", label=heading(_("partner")), sort_key="partner__short_name"),
        Column("get_role_display", label=heading(_("role")), sort_key="role"),
    ]
    list_filter = ["partner", "role"]
    search_fields = ["user__username", "user__first_name", "user__last_name", "user__email", "partner__short_name"]
    search_backend_name = None
    ordering = ["partner__short_name", "role"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "An officer’s account sees the enquiries of its partner and no other; a coordinator’s sees all of "
                    "them. Rights in the admin follow the role."
                )
            ),
            FieldPanel("partner"),
            FieldPanel("role"),
            FieldPanel("user"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("new_first_name"), FieldPanel("new_last_name")]),
                    FieldPanel("new_email"),
                ],
                heading=_("Or an account for somebody who has none"),
            ),
        ],
        base_form_class=OfficerForm,
    )


class AxisViewSet(ModelViewSet):
    model = Axis
    name = "axes"
    icon = "list-ol"
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("lead", label=heading(pgettext_lazy("of an axis", "lead")), sort_key="lead__short_name"),
    ]
    search_fields = ["title", "lead__short_name"]
    search_backend_name = None
    ordering = ["number"]
    panels = [
        FieldPanel("number", read_only=True),
        FieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("contributors", widget=CheckboxSelectMultiple),
    ]


class SectorViewSet(ModelViewSet):
    model = Sector
    name = "sectors"
    icon = "tag"
    copy_view_enabled = False
    list_display = [
        "__str__",
        *(
            Column(text_name("name", code), label=language, accessor=f"name.{code}", sort_key=f"name__{code}")
            for code, language in language_choices()
        ),
    ]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["position"]
    edit_handler = ObjectList([FieldPanel("name")], base_form_class=SectorForm)


class StationIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Station]:
        stations: QuerySet[Station] = super().get_base_queryset()
        return stations.select_related("commune").prefetch_related("lines")


class LinesColumn(Column):
    """The codes of the lines that stop there."""

    def get_value(self, instance: Station) -> Any:
        return ", ".join(line.code for line in instance.lines.all())


class StationViewSet(ModelViewSet):
    """Read only: open data, refreshed by `manage.py load_territory`."""

    model = Station
    name = "stations"
    icon = "site"
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = StationIndexView
    list_display = [
        "name",
        LinesColumn("lines", label=heading(pgettext_lazy("of transport", "lines"))),
        Column("commune", label=heading(_("commune")), sort_key="commune__name"),
    ]
    list_filter = ["lines", "commune"]
    search_fields = ["name", "commune__name"]
    search_backend_name = None
    ordering = ["name"]
    form_fields = ["name"]


class PartnershipGroup(ViewSetGroup):
    menu_label = _("Partnership")
    menu_icon = "group"
    menu_order = 300
    items = (PartnerViewSet, OfficerViewSet, AxisViewSet, SectorViewSet, StationViewSet)
