"""What several apps speak of, in the admin: figures, major projects, people. One row changes both languages."""

from typing import Any, cast

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from foundation.wording import day, number
from territory.forms.facts import FigureForm, PersonForm
from territory.models import Figure, MajorProject, Person

heading = lazy(capfirst, str)


class DeleteUnusedView(DeleteView):
    """Delete a row that nothing points to; else say how often it is used and keep it."""

    def form_valid(self, form: Any) -> HttpResponse:
        # Wagtail's own refusal of what is used has no words.
        self.usage = None
        try:
            with transaction.atomic():
                return cast(HttpResponse, super().form_valid(form))
        except ProtectedError as refusal:
            used = len(refusal.protected_objects)
        words = ngettext(
            "“%(row)s” stays: %(used)d page shows it. Take it off there first.",
            "“%(row)s” stays: %(used)d pages show it. Take it off there first.",
            used,
        )
        messages.error(self.request, words % {"row": self.object, "used": used})
        return redirect(self.edit_url_name, self.object.pk)


def _reading(figure: Figure) -> str:
    """The figure as pages show it, with its date."""
    if (current := figure.current) is None:
        return ""
    about = pgettext("approximately", "about") + " " if current.approximate else ""
    value = f"{about}{number(current.value)} {figure.unit}".rstrip()
    return f"{value} ({current.dated})"


def _review(row: Any) -> str:
    return gettext("To review") if row.due_for_review else gettext("Up to date")


def _source(figure: Figure) -> str:
    return str(figure.current.source) if figure.current else ""


class FigureIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Figure]:
        figures: QuerySet[Figure] = super().get_base_queryset().by_review().with_current()
        return figures


class FigureViewSet(ModelViewSet):
    """Figures with their source, date and review day; those due for review come first."""

    model = Figure
    icon = "order"
    menu_label = _("Key figures")
    add_to_admin_menu = True
    menu_order = 210
    copy_view_enabled = False
    index_view_class = FigureIndexView
    delete_view_class = DeleteUnusedView
    ordering = ["review_on"]
    list_display = [
        "__str__",
        Column("value", label=heading(_("value")), accessor=_reading, sort_key="value"),
        Column("source", label=heading(pgettext_lazy("of a figure", "source")), accessor=_source),
        Column(
            "review_on",
            label=heading(_("to be reviewed on")),
            accessor=lambda row: day(row.review_on),
            sort_key="review_on",
        ),
        Column(
            "review",
            label=pgettext_lazy("of a figure", "Review"),
            accessor=lambda figure: _review(figure.current) if figure.current else "",
        ),
    ]
    search_fields = ["label", "key"]
    search_backend_name = None
    list_filter = ["commune"]
    edit_handler = ObjectList(
        [
            InlinePanel(
                "values",
                min_num=1,
                heading=_("Values, the newest first"),
                label=_("Value"),
                help_text=_(
                    "Pages show the value of the latest date. Add one when the figure changes; keep the others."
                ),
                panels=[
                    FieldRowPanel([FieldPanel("value"), FieldPanel("approximate")]),
                    FieldRowPanel([FieldPanel("dated_on"), FieldPanel("date_precision"), FieldPanel("review_on")]),
                    FieldPanel("source"),
                ],
            ),
            MultiFieldPanel(
                [
                    FieldPanel("label"),
                    FieldPanel("unit"),
                    FieldPanel("commune"),
                ],
                _("Words"),
            ),
            FieldPanel("key"),
        ],
        base_form_class=FigureForm,
    )


class MajorProjectViewSet(ModelViewSet):
    """What is true of a project in every language; its pages tell the rest."""

    model = MajorProject
    name = "projects"
    icon = "site"
    menu_label = _("Major projects")
    add_to_admin_menu = True
    menu_order = 211
    copy_view_enabled = False
    delete_view_class = DeleteUnusedView
    ordering = ["review_on"]
    list_display = [
        "__str__",
        Column("commune", label=heading(_("main commune")), sort_key="commune__name"),
        Column("state", label=pgettext_lazy("of progress", "State"), accessor="get_state_display", sort_key="state"),
        Column(
            "area_ha", label=heading(_("ground (ha)")), accessor=lambda row: number(row.area_ha), sort_key="area_ha"
        ),
        Column("partner", label=heading(_("partner to talk to")), sort_key="partner__short_name"),
        Column(
            "review_on",
            label=heading(_("to be reviewed on")),
            accessor=lambda row: day(row.review_on),
            sort_key="review_on",
        ),
        Column("review", label=pgettext_lazy("of a figure", "Review"), accessor=_review),
    ]
    search_fields = ["name", "key"]
    search_backend_name = None
    list_filter = ["state", "commune", "partner"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("state")], _("Name")),
        MultiFieldPanel(
            [
                FieldPanel("commune"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldRowPanel([FieldPanel("area_ha"), FieldPanel("floor_m2")]),
            ],
            _("Place and surfaces"),
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("review_on")], _("Source")),
        FieldPanel("partner"),
        FieldPanel("key"),
    ]


class PersonViewSet(ModelViewSet):
    """Whom a visitor may call, by function; a name only when it is public."""

    model = Person
    name = "people"
    icon = "user"
    menu_label = _("People")
    add_to_admin_menu = True
    menu_order = 212
    copy_view_enabled = False
    ordering = ["partner__short_name", "role"]
    list_display = [
        "__str__",
        Column("role", label=pgettext_lazy("of a person", "Called for"), accessor="get_role_display", sort_key="role"),
        Column("partner", label=heading(_("partner")), sort_key="partner__short_name"),
        Column(
            "phone",
            label=heading(_("telephone")),
            accessor=lambda person: getattr(person.phone, "as_international", ""),
        ),
        Column("email", label=_("E-mail")),
    ]
    search_fields = ["name", "function", "email", "partner__short_name"]
    search_backend_name = None
    list_filter = ["partner", "role"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("partner"), FieldPanel("role")]),
            FieldPanel("function"),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            FieldPanel("languages"),
        ],
        base_form_class=PersonForm,
    )
