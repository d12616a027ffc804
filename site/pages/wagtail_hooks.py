"""The editors' side: the guards of translation, and what is to be translated again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from foundation.wording import day
from pages.admin.accessibility import use_site_checks
from pages.admin.guards import (
    GuardedSubmitView,
    GuardedUpdateView,
    refusal_to_delete,
    refusal_to_take_home_offline,
    refuse_alias,
)
from pages.editing import another_language
from pages.first_pages.publishing import to_fill_in
from pages.models import ContentPage
from pages.translating import changed_since, mark_outdated, missing_strings, repeated_sentences, to_update

hooks.register("construct_wagtail_userbar", use_site_checks)


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


@hooks.register("before_edit_page")
def say_that_the_original_changed(request: HttpRequest, page: Page) -> None:
    """Warn above a translation that wagtail-localize no longer follows."""
    changed = changed_since().filter(pk=page.pk).first() if request.method == "GET" else None
    if changed is None:
        return
    original = Page.objects.get(pk=changed.original_id)
    admin_messages.warning(
        request,
        _("The page this one was translated from was published after it, on %(day)s: “%(page)s”. Publish to confirm.")
        % {"day": day(changed.original_published_at), "page": original.get_admin_display_title()},
        buttons=[
            admin_messages.button(reverse("wagtailadmin_pages:edit", args=[original.pk]), pgettext("verb", "See"))
        ],
    )


@hooks.register("construct_explorer_page_queryset")
def mark_outdated_translations(parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return mark_outdated(pages)


@hooks.register("before_bulk_action")
def refuse_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse, for pages chosen from a list, whatever is refused for each alone."""
    pages = [page for page in objects if isinstance(page, Page)]
    refusal = ""
    if action_type == "publish":
        below = (draft for page in pages for draft in page.get_descendants().not_live())
        refusal = _refusal_to_publish([*pages, *below])
    elif action_type == "unpublish":
        included = action.cleaned_form.cleaned_data["include_descendants"]
        refusal = _first(refusal_to_take_home_offline(page, with_pages_below=included) for page in pages)
    elif action_type == "delete":
        refusal = _first(map(refusal_to_delete, pages))
    if not refusal:
        return None
    messages.error(request, refusal)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def _refusal_to_publish(pages: Iterable[Page]) -> str:
    incomplete = [
        page.get_admin_display_title()
        for page in pages
        if missing_strings(page) or repeated_sentences(page.specific.get_latest_revision_as_object())
    ]
    if not incomplete:
        return ""
    return _("Nothing published: these pages have texts without translation: %(pages)s.") % {
        "pages": ", ".join(incomplete)
    }


def _first(refusals: Iterable[str]) -> str:
    return next(filter(None, refusals), "")


@hooks.register("before_unpublish_page")
def refuse_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    included = bool(request.POST.get("include_descendants"))
    return _stay(request, page, refusal_to_take_home_offline(page, with_pages_below=included))


@hooks.register("before_delete_page")
def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _stay(request, page, refusal_to_delete(page))


def _stay(request: HttpRequest, page: Page, refusal: str) -> HttpResponse | None:
    if not refusal:
        return None
    messages.error(request, refusal)
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_move_page")
def refuse_move_to_another_language(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    if destination.is_root() or destination.locale_id == page.locale_id:
        return None
    messages.error(request, another_language())
    return redirect("wagtailadmin_pages:move", page.pk)


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
        context = {"translations": to_update(), "changed": changed_since().select_related("locale")}
        return render_to_string("pages/admin/translations_panel.html", context)


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
