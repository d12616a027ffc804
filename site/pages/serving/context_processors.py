"""What every public page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from foundation.by_language import language_codes
from pages.serving.frame import linked, partners
from pages.serving.querysets import readable


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
    twins = SimpleLazyObject(lambda: _twins(request))
    members = partners(timezone.localdate())
    return {
        "site_url": settings.SITE_URL,
        "home_url": f"/{language}/",
        "projects_url": projects.url if projects else None,
        "navigation": [{"label": label, "url": url, "current": url == current} for label, url in links if url],
        "footer_pages": footer_pages,
        "partners": members,
        # What any partner promises at the latest, in working days; None without partners.
        "longest_answer": max((partner.first_answer_days for partner in members), default=None),
        "languages": [
            {"code": code, "label": own_name(code), "current": code == language} for code in language_codes()
        ],
        # Read where a page does not know its own `alternates`: the same page in each language, for `hreflang`.
        "twins": twins,
        # The switch of languages also leads to the home page of a language without the page.
        "addresses": SimpleLazyObject(lambda: twins if len(twins) == len(language_codes()) else _homes() | dict(twins)),
    }


def own_name(code: str) -> str:
    """A language as it calls itself."""
    return str(get_language_info(code)["name_local"]).capitalize()


def _twins(request: HttpRequest) -> dict[str, str]:
    """The addresses of a page by language, each of which answers; empty for an unknown page."""
    match = request.resolver_match
    if match is None:
        return {}
    if match.url_name != "wagtail_serve":
        return {code: translate_url(request.get_full_path(), code) for code, _name in settings.LANGUAGES}
    page = Page.find_for_request(request, match.args[0])
    if page is None:
        return {}
    twins = readable().filter(translation_key=page.translation_key).select_related("locale")
    return {twin.locale.language_code: twin.url for twin in twins}


def _homes() -> dict[str, str]:
    homes = readable().filter(depth=2).select_related("locale")
    return {home.locale.language_code: home.url for home in homes}
