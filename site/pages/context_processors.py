"""What every public page's frame needs."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.models import AssetIndexPage, ContentPage, ProjectIndexPage
from territory.models import Partner


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Navigation, languages, partners and footer; computed only when a template asks (the admin does not)."""
    return {"chrome": SimpleLazyObject(lambda: _chrome(request))}


def _chrome(request: HttpRequest) -> dict[str, Any]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    assets, projects, footer_pages = _linked(language)
    links = [
        (_("Assets"), assets.url if assets else None),
        (_("Premises"), reverse("search:results")),
        (_("Projects"), projects.url if projects else None),
        (_("Set up here"), reverse("implantation:request")),
        (_("Who does what"), reverse("implantation:guide")),
    ]
    urls = [url for _label, url in links if url and request.path.startswith(url)]
    # The longest: one of these addresses starts with another.
    current = max(urls, key=len, default=None)
    return {
        "site_url": settings.SITE_URL,
        "home_url": f"/{language}/",
        "projects_url": projects.url if projects else None,
        "navigation": [{"label": label, "url": url, "current": url == current} for label, url in links if url],
        "footer_pages": footer_pages,
        "partners": Partner.objects.members_on(timezone.localdate()).with_areas(),
        "languages": [
            {"code": code, "label": _LABELS[code], "current": code == language, "url": url}
            for code, url in _addresses(request).items()
        ],
    }


def _linked(language: str) -> tuple[Page | None, Page | None, list[Page]]:
    """The pages that every page links to: the assets, the projects, and those of the menu. In one statement."""
    kinds = ContentType.objects.get_for_models(AssetIndexPage, ProjectIndexPage, ContentPage, for_concrete_models=False)
    indices = [kinds[AssetIndexPage], kinds[ProjectIndexPage]]
    found = list(
        Page.objects.live()
        .filter(locale__language_code=language)
        .filter(Q(content_type__in=indices) | Q(content_type=kinds[ContentPage], show_in_menus=True))
        .order_by("path")
    )
    assets, projects = (next((page for page in found if page.content_type_id == kind.pk), None) for kind in indices)
    return assets, projects, [page for page in found if page.content_type_id == kinds[ContentPage].pk]


# Each language names itself.
_LABELS = {"fr": "Français", "en": "English"}


def _addresses(request: HttpRequest) -> dict[str, str]:
    """The same page in each language; the home page of a language in which it is not published."""
    codes = [code for code, _name in settings.LANGUAGES]
    page = _served_page(request)
    if page is None:
        return {code: translate_url(request.get_full_path(), code) for code in codes}
    twins = page.get_translations(inclusive=True).live().select_related("locale")
    return {code: f"/{code}/" for code in codes} | {twin.locale.language_code: twin.url for twin in twins}


def _served_page(request: HttpRequest) -> Page | None:
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return None
    home = Page.objects.filter(depth=2, locale__language_code=translation.get_language()).first()
    path = match.args[0].strip("/")
    return home and Page.objects.filter(url_path=f"{home.url_path}{path}/" if path else home.url_path).first()
