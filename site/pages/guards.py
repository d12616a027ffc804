"""wagtail-localize's views, without what would put one language on the other's live pages or break the tree."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView


class GuardedUpdateForm(UpdateTranslationsForm):
    """Without the choice to publish at once, which would put French on English pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["publish_translations"]

    def clean(self) -> dict[str, Any]:
        return (super().clean() or {}) | {"publish_translations": False}


class GuardedUpdateView(UpdateTranslationsView):
    """wagtail-localize's "update translations", which leaves the live pages alone."""

    def get_form(self) -> GuardedUpdateForm:
        return GuardedUpdateForm(self.request.POST if self.request.method == "POST" else None)


class GuardedSubmitForm(SubmitTranslationForm):
    """One page at a time, below a page that is translated: a subtree in one transaction breaks the tree."""

    def __init__(self, instance: Page, *args: Any, **kwargs: Any) -> None:
        super().__init__(instance, *args, **kwargs)
        self.instance = instance
        self.fields["include_subtree"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        parent = self.instance.get_parent()
        for locale in cleaned.get("locales") or []:
            if not parent.is_root() and not parent.has_translation(locale):
                raise ValidationError(
                    _("Translate the page above first: “%(page)s”.") % {"page": parent.get_admin_display_title()}
                )
        return cleaned | {"include_subtree": False}


class GuardedSubmitView(SubmitPageTranslationView):
    """wagtail-localize's "translate this page"; it makes a draft."""

    def get_form(self) -> GuardedSubmitForm:
        if self.request.method == "POST":
            return GuardedSubmitForm(self.object, self.request.POST)
        return GuardedSubmitForm(self.object, initial=super().get_form().initial)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        # The template shows the errors of fields only.
        for error in self.get_form().non_field_errors():
            messages.error(request, error)
        return super().post(request, **kwargs)


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias would show the text of one language at the other's address."""
    messages.error(request, _("A page may not repeat the text of another language. Nothing has changed."))
    return redirect("wagtailadmin_pages:edit", page_id)
