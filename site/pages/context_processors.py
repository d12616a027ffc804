"""What every public page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.frame import linked, partners


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Navigation, languages, partners and footer; computed only when a template asks (the admin does not)."""
    return {"chrome": SimpleLazyObject(lambda: _chrome(request))}


def _chrome(request: HttpRequest) -> dict[str, Any]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    assets, projects, footer_pages = linked(language)
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
        "partners": partners(timezone.localdate()),
        "languages": [
            {"code": code, "label": _LABELS[code], "current": code == language} for code, _name in settings.LANGUAGES
        ],
        # Read where a page does not know its own `alternates`.
        "addresses": SimpleLazyObject(lambda: _addresses(request)),
    }


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
