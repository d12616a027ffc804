"""What every public page's frame needs."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from pages.models import AssetIndexPage, ContentPage, ProjectIndexPage
from territory.models import Commune, Partner


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Navigation, languages, partners and footer; computed only when a template asks (the admin does not)."""
    return {"chrome": SimpleLazyObject(lambda: _chrome(request))}


def _chrome(request: HttpRequest) -> dict[str, Any]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    here = {"locale": Locale.objects.filter(language_code=language).first()}
    assets = AssetIndexPage.objects.live().filter(**here).first()
    projects = ProjectIndexPage.objects.live().filter(**here).first()
    links = [
        (_("Assets"), assets.url if assets else None),
        (_("Premises"), reverse("search:results")),
        (_("Projects"), projects.url if projects else None),
        (_("Set up here"), reverse("implantation:request")),
    ]
    return {
        "site_url": settings.SITE_URL,
        "home_url": f"/{language}/",
        "navigation": [
            {"label": label, "url": url, "current": request.path.startswith(url)} for label, url in links if url
        ],
        "footer_pages": ContentPage.objects.live().in_menu().filter(**here).order_by("path"),
        # The marks count communes; reading their boundaries too cost 5 ms a page.
        "partners": Partner.objects.members_on(timezone.localdate()).prefetch_related(
            Prefetch("communes", Commune.objects.defer("boundary"))
        ),
        "languages": [
            {"code": code, "label": _LABELS[code], "current": code == language, "url": _address_in(request, code)}
            for code, _name in settings.LANGUAGES
        ],
    }


# Each language names itself.
_LABELS = {"fr": "Français", "en": "English"}


def _address_in(request: HttpRequest, code: str) -> str:
    """The same page in another language; the home page of that language when it is not published there."""
    page = getattr(getattr(request, "wagtail_page", None), "specific_deferred", None) or _served_page(request)
    if page is not None:
        twin = (
            page
            if page.locale.language_code == code
            else page.get_translations().live().filter(locale__language_code=code).first()
        )
        return twin.url if twin else f"/{code}/"
    return translate_url(request.get_full_path(), code)


def _served_page(request: HttpRequest) -> Page | None:
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return None
    site_root = Page.objects.filter(depth=2, locale__language_code=translation.get_language()).first()
    if site_root is None:
        return None
    components = [component for component in match.args[0].split("/") if component]
    return Page.objects.filter(url_path=site_root.url_path + "".join(f"{part}/" for part in components)).first()
