"""Pages of words: the partnership, legal notice, accessibility, personal data, figures and sources."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.blocks import AllFiguresBlock, AxesBlock, MembersBlock, PartnersBlock, SectionBlock
from pages.models.base import TerritoryPage


class ContentPage(TerritoryPage):
    """A page of sections; it may show the list of figures, of partners or of axes, drawn from their rows."""

    body = StreamField(
        [
            ("section", SectionBlock()),
            ("figures", AllFiguresBlock()),
            ("partners", PartnersBlock()),
            ("members", MembersBlock()),
            ("axes", AxesBlock()),
        ],
        verbose_name=_("text"),
    )

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*TerritoryPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("content page")
