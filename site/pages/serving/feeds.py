"""sitemap.xml with both languages and their alternates, and robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from pages.serving.querysets import readable
from properties.models import Property


def _alternates(name: str, *arguments: str) -> dict[str, str]:
    addresses = {}
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            addresses[code] = settings.SITE_URL + reverse(name, args=arguments)
    return addresses


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that answers and every public property, each with its address in the other language."""
    entries = []
    pages = [
        (page, path)
        for page in readable().select_related("locale").order_by("path")
        # Wagtail keeps the addresses of sites for an hour, and knows none of a page below a later home.
        if (path := page.get_url(request)) is not None
    ]
    twins: dict[object, dict[str, str]] = {}
    for page, path in pages:
        twins.setdefault(page.translation_key, {})[page.locale.language_code] = f"{settings.SITE_URL}{path}"
    for page, _path in pages:
        alternates = twins[page.translation_key]
        entries.append((alternates[page.locale.language_code], page.last_published_at, alternates))
    for name in ("search:results", "implantation:request", "implantation:guide"):
        alternates = _alternates(name)
        entries += [(address, None, alternates) for address in alternates.values()]
    for reference, changed in Property.objects.public().values_list("reference", "updated_at"):
        alternates = _alternates("properties:detail", reference)
        entries += [(address, changed, alternates) for address in alternates.values()]
    return render(request, "pages/sitemap.xml", {"entries": entries}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin and people's own pages."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /documents/"]
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            lines.append(f"Disallow: {reverse('implantation:track', args=['0'])[:-2]}")
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
