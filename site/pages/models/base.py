"""What every page of ours shares."""

import logging
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page, Revision

from pages.editing import SameLanguageCopyForm, TranslatedPageForm
from pages.translating import missing_strings, repeated_sentences
from territory.models import Figure
from territory.models.figures import with_values

logger = logging.getLogger(__name__)
# How Wagtail's `publish_scheduled` says that it asks.
_BY_ITS_DATE = "wagtail.publish.scheduled"


class TerritoryPage(Page):
    """A page with a summary, shown in lists and to search engines; it stands below a page of its own language."""

    summary = models.CharField(_("summary"), max_length=240, help_text=_("One or two sentences, shown in lists."))

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    show_in_menus_default = True
    base_form_class = TranslatedPageForm
    copy_form_class = SameLanguageCopyForm

    class Meta:
        abstract = True

    @property
    def status_string(self) -> str:
        """The state in lists of pages, and that the page is to be translated again (`mark_outdated`)."""
        state: str = super().status_string
        if not getattr(self, "translation_outdated", False):
            return state
        return _("%(state)s, to be translated again") % {"state": state}

    def clean(self) -> None:
        super().clean()
        self._refuse_shadowing()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse another language's address and another language's words, also without validation."""
        refuse_other_language(self, self.get_parent())
        if self._goes_live() and (missing_strings(self) or repeated_sentences(self)):
            raise self._untranslated()
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"figures": self.figures}

    def with_content_json(self, content: dict[str, Any]) -> "TerritoryPage":
        """Leave out the figures that were deleted since the revision: modelcluster raises an error for them."""
        chosen = content.get("page_figures", [])
        figure_keys = set(Figure.objects.filter(pk__in=[row["figure"] for row in chosen]).values_list("pk", flat=True))
        remaining_figures = {"page_figures": [row for row in chosen if row["figure"] in figure_keys]}
        page: TerritoryPage = super().with_content_json(content | remaining_figures)
        return page

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Refuse a translation that lacks words, whoever asks: the missing ones would show in the source's language.

        A date that has come asks too: the other pages of that day go on, and this one follows once it has its words.
        """
        if not missing_strings(self) and not repeated_sentences(revision.as_object()):
            super().publish(revision, *args, **kwargs)
        elif kwargs.get("log_action") == _BY_ITS_DATE:
            logger.warning("Page %s is not published at its date: texts without translation", self.pk)
        else:
            raise self._untranslated()

    @property
    def figures(self) -> list[Figure]:
        """The figures of the page with their current values, in order."""
        chosen = self.page_figures.select_related("figure__commune")
        return with_values([item.figure for item in chosen])

    def _goes_live(self) -> bool:
        stored = type(self).objects.filter(pk=self.pk, live=True, live_revision=self.live_revision_id)
        return self.live and self.live_revision_id is not None and not stored.exists()

    def _untranslated(self) -> ValidationError:
        return ValidationError({NON_FIELD_ERRORS: [_("This page has texts without translation.")]})

    def _refuse_shadowing(self) -> None:
        """A page may not take the address of a service of the site, such as the premises search."""
        language = self.locale.language_code
        try:
            # Addresses resolve in the language that is active.
            with translation.override(language):
                resolver_match = resolve(f"/{language}/{self.slug}/")
        except Resolver404:
            return
        if resolver_match.url_name != "wagtail_serve":
            raise ValidationError({"slug": _("This address belongs to a service of the site; choose another.")})


class PageFigure(Orderable):
    """A figure on a page; the first may be giant."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="page_figures")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+", verbose_name=_("figure"))

    class Meta(Orderable.Meta):
        verbose_name = _("figure")

    def __str__(self) -> str:
        return str(self.figure)


def refuse_other_language(page: Page, parent: Page) -> None:
    """Raise `ValidationError` for a page, or an alias of a page, of another language than its parent."""
    # By field, as Wagtail's API reads them.
    if not parent.is_root() and page.locale_id != parent.locale_id:
        words = _("A page stands below a page of its own language. Nothing has changed.")
        raise ValidationError({NON_FIELD_ERRORS: [words]})
    if page.alias_of is not None and page.alias_of.locale_id != page.locale_id:
        raise ValidationError(
            {NON_FIELD_ERRORS: [_("A page may not repeat the text of another language. Nothing has changed.")]}
        )


FIGURE_PANEL = InlinePanel("page_figures", label=_("Figure"), heading=_("Key figures"))
