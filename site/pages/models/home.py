"""The home page."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult

from implantation.routing.guide.premises import worked_example
from pages.models.assets import AssetPage
from pages.models.base import FIGURE_PANEL, TerritoryPage
from pages.models.projects import ProjectPage
from properties.choices import Deal, Kind
from properties.models import Property
from territory.models import Commune


class HomePage(TerritoryPage):
    """The territory at a glance, one page a language. The title is the promise in one sentence."""

    lede = models.TextField(pgettext_lazy("of a page", "opening"), max_length=400)
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

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return bool(super().can_create_at(parent)) and cls.objects.count() < len(settings.LANGUAGES)

    def clean(self) -> None:
        super().clean()
        if self.expire_at:
            raise ValidationError({"expire_at": _("The home page has no end: the pages below would stay without it.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if HomePage.objects.filter(locale=self.locale).exclude(pk=self.pk).exists():
            raise ValidationError({"locale": [_("This language has a home page already. Nothing has changed.")]})
        super().save(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: Sequence[str]) -> RouteResult:
        """Find a page of the active language only; raise `Http404`, also for an address whose page is another's.

        Wagtail asks the home of another language when this language's home is not live.
        """
        home = self.get_translations(inclusive=True).filter(locale=Locale.get_active()).first()
        if home is None:
            raise Http404
        result = super(HomePage, home).route(request, path_components)
        page = result.page
        if {page.locale_id, (page.alias_of or page).locale_id} != {home.locale_id}:
            raise Http404
        return result

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = {"locale": self.locale}
        return super().get_context(request, *args, **kwargs) | {
            "assets": AssetPage.objects.live().filter(**below).order_by("path"),
            "projects": ProjectPage.objects.live().filter(**below).with_rows(),
            "premises": Property.objects.public().checked_last(3, apart="kind"),
            "kinds": Kind,
            "deals": [Deal.RENT, Deal.SALE],
            "communes": Commune.objects.all(),
            "example": worked_example(),
        }
