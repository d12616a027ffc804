"""Forms of the page editor that the page models name."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from pages.translating import repeated_sentences


class SameLanguageCopyForm(CopyForm):
    """Copy a page, or make an alias of it, below a page of its own language only."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page")
        copied = self.page.get_descendants(inclusive=True)
        if not cleaned.get("copy_subpages"):
            copied = copied.filter(pk=self.page.pk)
        if parent is not None and not parent.is_root() and copied.exclude(locale=parent.locale_id).exists():
            self.add_error("new_parent_page", another_language())
        return cleaned


class TranslatedPageForm(WagtailAdminPageForm):
    """Refuse to publish sentences left in the language of the page they were translated from."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if "action-publish" in self.data and (repeated := repeated_sentences(self.instance)):
            self.add_error(None, _("Not translated yet: “%(sentence)s”") % {"sentence": repeated[0]})


def another_language() -> str:
    """Explain why a page is not put below a page of another language."""
    return _("Choose a page of the same language. For another language, use “Translate this page”.")
