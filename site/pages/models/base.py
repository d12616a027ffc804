"""What every page of ours shares."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page, Revision

from pages.models.figures import Figure
from pages.translating import missing_strings

logger = logging.getLogger(__name__)
# How Wagtail's `publish_scheduled` says that it asks.
_BY_ITS_DATE = "wagtail.publish.scheduled"


class TerritoryPage(Page):
    """A page with a summary, shown in lists and to search engines."""

    summary = models.CharField(_("summary"), max_length=240, help_text=_("One or two sentences, shown in lists."))

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    show_in_menus_default = True

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self._refuse_shadowing()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"figures": self.figures}

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Refuse a translation that lacks words, whoever asks: what is missing would show in the source's language.

        A date that has come asks too: the other pages of that day go on, and this one follows once it has its words.
        """
        if not missing_strings(self):
            super().publish(revision, *args, **kwargs)
        elif kwargs.get("log_action") == _BY_ITS_DATE:
            logger.warning("Page %s is not published at its date: texts without translation", self.pk)
        else:
            raise ValidationError(_("This page has texts without translation."))

    @property
    def figures(self) -> list[Figure]:
        """The figures of the page, in order."""
        chosen = self.page_figures.select_related("figure__commune")
        return [item.figure for item in chosen]

    def _refuse_shadowing(self) -> None:
        """A page may not take the address of a service of the site, such as the premises search."""
        language = self.locale.language_code
        try:
            # Addresses resolve in the language that is active.
            with translation.override(language):
                found = resolve(f"/{language}/{self.slug}/")
        except Resolver404:
            return
        if found.url_name != "wagtail_serve":
            raise ValidationError({"slug": _("This address belongs to a service of the site; choose another.")})


FIGURE_PANEL = InlinePanel("page_figures", label=_("Figure"), heading=_("Key figures"))
