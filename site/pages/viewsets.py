"""Key figures in the admin: one row changes both languages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from pages.models import Figure


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
        "value",
        "source",
        "review_on",
        BooleanColumn("due_for_review", label=_("To review")),
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
