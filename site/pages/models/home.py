"""The home page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from implantation.routes import worked_example
from pages.models.assets import AssetPage
from pages.models.base import FIGURE_PANEL, TerritoryPage
from pages.models.projects import ProjectPage
from properties.choices import Deal, Kind
from properties.models import Property
from territory.models import Commune


class HomePage(TerritoryPage):
    """The territory at a glance. The title is the promise in one sentence."""

    lede = models.TextField(_("opening"), max_length=400)
    call_title = models.CharField(_("call to action"), max_length=120)
    call_text = models.CharField(_("text of the call to action"), max_length=240)

    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *TerritoryPage.content_panels,
        FieldPanel("lede"),
        FIGURE_PANEL,
        FieldPanel("call_title"),
        FieldPanel("call_text"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = {"locale": self.locale}
        return super().get_context(request, *args, **kwargs) | {
            "assets": AssetPage.objects.live().filter(**below).order_by("path"),
            "projects": ProjectPage.objects.live().filter(**below).order_by("path"),
            "premises": Property.objects.public().checked_last(3, apart="kind"),
            "kinds": Kind,
            "deals": [Deal.RENT, Deal.SALE],
            "communes": Commune.objects.all(),
            "example": worked_example(),
        }
