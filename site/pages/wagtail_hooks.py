"""The editors' side: figures, the guards of translation, and what is to be translated again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from pages.services import missing_strings, translations_to_update
from pages.viewsets import FigureViewSet


@hooks.register("register_admin_viewset")
def register_figures() -> FigureViewSet:
    return FigureViewSet("figures")


# Before wagtail-localize's own hook, which handles the form.
@hooks.register("before_edit_page", order=-1)
def refuse_incomplete_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A translation is published when every string has its words: French never shows on the live English page."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    ).first()
    publishing = request.POST.get("action") == "publish" or "action-publish" in request.POST
    if request.method != "POST" or not publishing or translation is None:
        return None
    missing = missing_strings(translation)
    if not missing:
        return None
    messages.error(
        request,
        ngettext(
            "Not published: %(number)s text has no translation yet. The page online has not changed.",
            "Not published: %(number)s texts have no translation yet. The page online has not changed.",
            missing,
        )
        % {"number": missing},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


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


# The same address as wagtail-localize's view, registered before it.
@hooks.register("register_admin_urls", order=-1)
def guard_update_view() -> list[URLPattern]:
    return [path("localize/update/<int:translation_source_id>/", GuardedUpdateView.as_view())]


class TranslationsPanel(Component):
    """What changed in one language and is to be translated again."""

    order = 120

    def render_html(self, parent_context: Any = None) -> str:
        rows = [
            {
                "title": translation.source.object_repr,
                "language": translation.target_locale.get_display_name(),
                "missing": missing,
                "url": self._address(translation),
            }
            for translation, missing in translations_to_update()
        ]
        return render_to_string("pages/admin/translations_panel.html", {"rows": rows})

    @staticmethod
    def _address(translation: Translation) -> str:
        return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])


@hooks.register("construct_homepage_panels")
def add_translations_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Only for those who translate."""
    if request.user.has_perm("wagtail_localize.submit_translation"):
        panels.append(TranslationsPanel())
