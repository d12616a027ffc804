"""The major projects."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, PageManager
from wagtail.query import PageQuerySet

from pages.blocks import PhaseBlock, SectionBlock
from pages.choices import Scene
from pages.models.base import FIGURE_PANEL, TerritoryPage
from territory.cartography import project
from territory.cartography.marks import Window
from territory.models import MajorProject


class ProjectIndexPage(TerritoryPage):
    """The projects on one map, each at its true size."""

    parent_page_types = ["pages.HomePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of projects")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        projects = ProjectPage.objects.live().child_of(self).with_rows()
        return super().get_context(request, *args, **kwargs) | {"projects": projects}


class ProjectPageQuerySet(PageQuerySet["ProjectPage"]):
    def with_rows(self) -> "ProjectPageQuerySet":
        """In the order of the tree, each read with its project."""
        pages: ProjectPageQuerySet = self.select_related("project").order_by("path")
        return pages


class ProjectPage(TerritoryPage):
    """What is told of a project in one language; what is true of it in every language is the row `project`."""

    project = models.ForeignKey(
        MajorProject, on_delete=models.PROTECT, related_name="+", verbose_name=_("major project")
    )
    scene = models.CharField(_("illustration"), max_length=12, choices=Scene.choices)
    place = models.CharField(pgettext_lazy("noun", "place"), max_length=120)
    lede = models.TextField(pgettext_lazy("of a page", "opening"), max_length=400)
    body = StreamField([("section", SectionBlock())], verbose_name=_("text"))
    phases = StreamField([("phase", PhaseBlock())], verbose_name=_("phases"))

    parent_page_types = ["pages.ProjectIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *TerritoryPage.content_panels,
        FieldRowPanel([FieldPanel("project"), FieldPanel("scene")]),
        FieldPanel("place"),
        FieldPanel("lede"),
        FieldPanel("phases"),
        FieldPanel("body"),
        FIGURE_PANEL,
    ]

    objects = PageManager.from_queryset(ProjectPageQuerySet)()

    class Meta:
        verbose_name = _("page of a major project")

    def with_content_json(self, content: dict[str, Any]) -> "ProjectPage":
        """Keep the row of the stored page for a revision that names none, or one that was deleted since."""
        if not MajorProject.objects.filter(pk=content.get("project") or 0).exists():
            content = content | {"project": self.project_id}
        page: ProjectPage = super().with_content_json(content)
        return page

    @property
    def scene_left(self) -> Scene:
        """What stands at the left of its illustration, never the same."""
        return Scene.HOMES if self.scene != Scene.HOMES else Scene.RIVER

    @property
    def scene_right(self) -> Scene:
        """The same at the right: a building site, as it is a project."""
        return Scene.WORKS if self.scene != Scene.WORKS else Scene.OFFICE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        siblings = ProjectPage.objects.live().sibling_of(self).with_rows()
        people = self.project.partner.people.to_talk_to()
        return super().get_context(request, *args, **kwargs) | {"projects": siblings, "people": people}


def projects_in(window: Window, locale: Locale) -> list[ProjectPage]:
    """The published projects of a language that stand in a part of the map, in their order."""
    pages = ProjectPage.objects.live().filter(locale=locale).with_rows()
    return [page for page in pages if window.holds(*project(page.project.latitude, page.project.longitude))]
