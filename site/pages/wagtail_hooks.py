"""The editors' side: figures, the guards of translation, and what is to be translated again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from pages.first_pages.publishing import to_fill_in
from pages.guards import GuardedSubmitView, GuardedUpdateView, refuse_alias
from pages.models import ContentPage
from pages.translating import missing_strings, to_update
from pages.viewsets import FigureViewSet


@hooks.register("register_admin_viewset")
def register_figures() -> FigureViewSet:
    return FigureViewSet("figures")


# Before wagtail-localize's own hook, which handles the form.
@hooks.register("before_edit_page", order=-1)
def refuse_incomplete_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A translation is published when every string has its words: French never shows on the live English page."""
    publishing = request.POST.get("action") == "publish" or "action-publish" in request.POST
    if not publishing or not (missing := missing_strings(page)):
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


@hooks.register("before_bulk_action")
def refuse_incomplete_translations(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same, for several pages published from a list, with or without the pages below them."""
    if action_type != "publish":
        return None
    chosen = [page for page in objects if isinstance(page, Page)]
    below = [found for page in chosen for found in page.get_descendants().not_live()]
    incomplete = [page.get_admin_display_title() for page in [*chosen, *below] if missing_strings(page)]
    if not incomplete:
        return None
    messages.error(
        request,
        _("Nothing published: these pages have texts without translation: %(pages)s.")
        % {"pages": ", ".join(incomplete)},
    )
    return redirect("wagtailadmin_explore", chosen[0].get_parent().pk)


# The same addresses as wagtail-localize's views, registered before them.
@hooks.register("register_admin_urls", order=-1)
def guard_localize_views() -> list[URLPattern]:
    return [
        path("localize/update/<int:translation_source_id>/", GuardedUpdateView.as_view()),
        path("localize/submit/page/<int:page_id>/", GuardedSubmitView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", refuse_alias),
    ]


@hooks.register("construct_page_action_menu")
def remove_alias_action(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """An alias would show French at an English address."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


class TranslationsPanel(Component):
    """What changed in one language and is to be translated again."""

    order = 120

    def render_html(self, parent_context: Any = None) -> str:
        return render_to_string("pages/admin/translations_panel.html", {"translations": to_update()})


@hooks.register("construct_homepage_panels")
def add_translations_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Only for those who translate."""
    if request.user.has_perm("wagtail_localize.submit_translation"):
        panels.append(TranslationsPanel())


class BlanksPanel(Component):
    """What the first pages of a site leave to its publisher to write."""

    order = 110

    def __init__(self, pages: list[ContentPage]) -> None:
        self.pages = pages

    def render_html(self, parent_context: Any = None) -> str:
        return render_to_string("pages/admin/blanks_panel.html", {"pages": self.pages})


@hooks.register("construct_homepage_panels")
def add_blanks_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Only for those who may edit such a page, until none is left."""
    if pages := to_fill_in(request.user):
        panels.append(BlanksPanel(pages))
