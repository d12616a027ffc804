"""The major projects."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale

from pages.blocks import PhaseBlock, SectionBlock
from pages.choices import ProjectState, Scene
from pages.models.base import FIGURE_PANEL, TerritoryPage
from territory.cartography import project
from territory.cartography.marks import Window
from territory.models import Commune, Partner


class ProjectIndexPage(TerritoryPage):
    """The projects on one map, each at its true size."""

    parent_page_types = ["pages.HomePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of projects")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        projects = ProjectPage.objects.live().child_of(self).select_related("commune").order_by("path")
        return super().get_context(request, *args, **kwargs) | {"projects": projects}


class ProjectPage(TerritoryPage):
    """One project. `area_ha` is its ground in hectares, `floor_m2` its planned floor area; either may be unknown."""

    state = models.CharField(pgettext_lazy("of progress", "state"), max_length=12, choices=ProjectState.choices)
    scene = models.CharField(_("illustration"), max_length=12, choices=Scene.choices)
    place = models.CharField(pgettext_lazy("noun", "place"), max_length=120)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="+", verbose_name=_("main commune"))
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    area_ha = models.DecimalField(_("ground (ha)"), max_digits=7, decimal_places=1, null=True, blank=True)
    floor_m2 = models.PositiveIntegerField(_("planned floor area (m²)"), null=True, blank=True)
    lede = models.TextField(pgettext_lazy("of a page", "opening"), max_length=400)
    body = StreamField([("section", SectionBlock())], verbose_name=_("text"))
    phases = StreamField([("phase", PhaseBlock())], verbose_name=_("phases"))
    source = models.CharField(_("sources"), max_length=240)
    review_on = models.DateField(_("to be reviewed on"))
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="+", verbose_name=_("partner to talk to")
    )

    parent_page_types = ["pages.ProjectIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *TerritoryPage.content_panels,
        FieldRowPanel([FieldPanel("state"), FieldPanel("scene")]),
        FieldPanel("lede"),
        FieldPanel("phases"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("commune"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldRowPanel([FieldPanel("area_ha"), FieldPanel("floor_m2")]),
            ],
            heading=_("Place and surfaces"),
        ),
        FIGURE_PANEL,
        FieldRowPanel([FieldPanel("source"), FieldPanel("review_on")]),
        FieldPanel("partner"),
    ]

    class Meta:
        verbose_name = _("major project")

    @property
    def scene_left(self) -> Scene:
        """What stands at the left of its illustration, never the same."""
        return Scene.HOMES if self.scene != Scene.HOMES else Scene.RIVER

    @property
    def scene_right(self) -> Scene:
        """The same at the right: a building site, as it is a project."""
        return Scene.WORKS if self.scene != Scene.WORKS else Scene.OFFICE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        siblings = ProjectPage.objects.live().sibling_of(self).order_by("path")
        return super().get_context(request, *args, **kwargs) | {"projects": siblings}


def projects_in(window: Window, locale: Locale) -> list[ProjectPage]:
    """The published projects of a language that stand in a part of the map, in their order."""
    found = ProjectPage.objects.live().filter(locale=locale).select_related("commune").order_by("path")
    return [page for page in found if window.holds(*project(page.latitude, page.longitude))]
