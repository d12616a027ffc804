"""The six assets."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from implantation.routing.guide.premises import routes
from pages.blocks import SectionBlock
from pages.choices import AssetKey, MapWindow, Scene
from pages.models.base import FIGURE_PANEL, TerritoryPage
from pages.models.projects import projects_in
from properties.choices import Kind
from properties.models import Property
from territory.cartography.marks import WINDOWS
from territory.lines import lines_served
from territory.models import Partner


class AssetIndexPage(TerritoryPage):
    """The assets, side by side on one ground line."""

    parent_page_types = ["pages.HomePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of assets")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        assets = AssetPage.objects.live().child_of(self).order_by("path")
        return super().get_context(request, *args, **kwargs) | {"assets": assets}


class AssetPage(TerritoryPage):
    """One asset: text, dated figures, the map, premises that go with it, the partner to talk to."""

    key = models.CharField(_("asset"), max_length=20, choices=AssetKey.choices)
    scene = models.CharField(_("illustration"), max_length=12, choices=Scene.choices)
    scene_left = models.CharField(_("illustration at the left"), max_length=12, choices=Scene.choices)
    scene_right = models.CharField(_("illustration at the right"), max_length=12, choices=Scene.choices)
    lede = models.TextField(pgettext_lazy("of a page", "opening"), max_length=400)
    body = StreamField([("section", SectionBlock())], verbose_name=_("text"))
    map_window = models.CharField(
        _("part of the map"),
        max_length=8,
        choices=MapWindow.choices,
        default=MapWindow.WHOLE,
        help_text=_("The major projects that stand there are listed beside it."),
    )
    premises_kind = models.CharField(_("related premises"), max_length=12, choices=Kind.choices)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="+", verbose_name=_("partner to talk to")
    )

    parent_page_types = ["pages.AssetIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *TerritoryPage.content_panels,
        FieldPanel("key"),
        FieldPanel("lede"),
        FieldPanel("body"),
        FIGURE_PANEL,
        MultiFieldPanel(
            [FieldPanel("scene_left"), FieldPanel("scene"), FieldPanel("scene_right")], heading=_("Illustrations")
        ),
        FieldPanel("map_window"),
        FieldPanel("premises_kind"),
        FieldPanel("partner"),
    ]

    class Meta:
        verbose_name = _("asset")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        premises = Property.objects.public().filter(kind=self.premises_kind)
        return super().get_context(request, *args, **kwargs) | {
            "projects": projects_in(WINDOWS[self.map_window], self.locale),
            "lines": lines_served() if self.key == AssetKey.TRANSPORT_HUB else (),
            "routes": routes(self.premises_kind),
            "people": self.partner.people.to_talk_to(),
            "premises": premises.checked_last(3, apart="title"),
            "premises_total": premises.count(),
        }
