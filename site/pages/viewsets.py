"""Key figures in the admin: one row changes both languages."""

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from foundation.wording import number
from pages.models import Figure


def _reading(figure: Figure) -> str:
    """The figure as pages show it."""
    about = pgettext("approximately", "about") + " " if figure.approximate else ""
    return f"{about}{number(figure.value)} {figure.unit}".rstrip()


def _review(figure: Figure) -> str:
    return gettext("To review") if figure.due_for_review else gettext("Up to date")


class FigureViewSet(ModelViewSet):
    """Figures with their source, date and review day; those due for review come first."""

    model = Figure
    icon = "order"
    menu_label = _("Key figures")
    add_to_admin_menu = True
    menu_order = 210
    copy_view_enabled = False
    ordering = ["review_on"]
    list_display = [
        "__str__",
        Column("value", label=_("value"), accessor=_reading, sort_key="value"),
        "source",
        "review_on",
        Column("review", label=pgettext_lazy("of a figure", "Review"), accessor=_review),
    ]
    search_fields = ["label_fr", "label_en", "key"]
    list_filter = ["commune"]
    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("value"), FieldPanel("approximate")]), FieldPanel("commune")], _("Value")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
                FieldRowPanel([FieldPanel("unit_fr"), FieldPanel("unit_en")]),
            ],
            _("Words"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source_fr"), FieldPanel("source_en")]),
                FieldRowPanel([FieldPanel("dated_on"), FieldPanel("date_precision"), FieldPanel("review_on")]),
            ],
            _("Source"),
        ),
        FieldPanel("key"),
    ]
