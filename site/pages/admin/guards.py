"""Admin views and refusals that keep each language at its own addresses and the tree sound."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization
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
        response: HttpResponse = super().post(request, **kwargs)
        return response


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias would show the text of one language at the other's address."""
    messages.error(request, _("A page may not repeat the text of another language. Nothing has changed."))
    return redirect("wagtailadmin_pages:edit", page_id)


def leave_out_synchronisation() -> None:
    """Take "synchronise content from another locale" off the form of a language: it fills it with aliases."""
    LOCALE_COMPONENTS[:] = [row for row in LOCALE_COMPONENTS if row["model"] is not LocaleSynchronization]


def refusal_to_take_home_offline(page: Page, *, with_pages_below: bool = False) -> str:
    """Say why a language's home page stays online; empty when it may go.

    Without it the pages below would stay online, without the page that leads to them.
    """
    below = page.get_descendants().live()
    if page.depth != 2 or with_pages_below or not below.exists():
        return ""
    return _("“%(page)s” stays: it leads to pages that are online. Unpublish those first, or together with it.") % {
        "page": page.get_admin_display_title()
    }


def refusal_to_delete(page: Page) -> str:
    """The same for what is deleted; the home page of the first language holds the site itself."""
    if page.sites_rooted_here.exists():
        return _("“%(page)s” stays: the site begins there.") % {"page": page.get_admin_display_title()}
    return refusal_to_take_home_offline(page)
