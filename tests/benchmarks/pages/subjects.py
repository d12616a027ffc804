"""The addresses that are measured, with what each may take; run inside the site, under its settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from implantation.enquiries.models import Enquiry
from implantation.enquiries.tracking import tracking_path
from properties.models import Property

CRITERIA = "type=warehouse&type=activity&area_min=500"


@dataclass(frozen=True, slots=True)
class Subject:
    """An address, and its goals: milliseconds of processor beside the engine's share, and queries; None: no goal."""

    name: str
    address: str
    milliseconds: float | None = None
    queries: int | None = None
    status: int = 200
    as_officer: bool = False
    searches: bool = False


# Page types by the name of their model, one page of each; a new page type joins by itself, without a goal of its own.
_GOALS = {
    "homepage": (15, 12),
    "assetpage": (12, 15),
    "projectpage": (12, 15),
    "contentpage": (12, 15),
}


def subjects() -> Iterator[Subject]:
    """Every public page type in each language, the API, the desk."""
    listing = Property.objects.public().order_by("pk").first()
    enquiry = Enquiry.objects.filter(anonymised_at__isnull=True).order_by("-pk").first()
    assert listing is not None
    assert enquiry is not None
    for language, _name in settings.LANGUAGES:
        yield from _pages(language)
        with translation.override(language):
            search = reverse("search:results")
            yield Subject(f"search {language}", search, 25, 12, searches=True)
            yield Subject(f"search, criteria {language}", f"{search}?{CRITERIA}", 25, 12, searches=True)
            yield Subject(f"property {language}", reverse("properties:detail", args=[listing.reference]), 12, 10)
            yield Subject(f"sheet {language}", reverse("properties:sheet", args=[listing.reference]))
            yield Subject(f"shortlist {language}", reverse("properties:shortlist"))
            yield Subject(f"form {language}", reverse("implantation:request"), 10)
            yield Subject(f"who does what {language}", reverse("implantation:guide"))
            yield Subject(f"tracking {language}", tracking_path(enquiry, language))
            yield Subject(f"404 {language}", f"/{language}/nothing-is-here/", 5, status=404)
    yield Subject("API list", reverse("api:properties"), 30, 8, searches=True)
    yield Subject("API one property", reverse("api:property", args=[listing.reference]))
    yield Subject("API GeoJSON", reverse("api:geojson"))
    yield Subject("API CSV", reverse("api:csv"))
    yield Subject("desk list", reverse("enquiry:index"), 60, 20, as_officer=True)
    yield Subject("desk enquiry", reverse("enquiry:detail", args=[enquiry.pk]), as_officer=True)


def _pages(language: str) -> Iterator[Subject]:
    """The first page of each type."""
    seen = set()
    for page in Page.objects.live().filter(locale__language_code=language, depth__gt=1).order_by("path"):
        kind = page.content_type.model
        if kind not in seen and page.url:
            seen.add(kind)
            milliseconds, queries = _GOALS.get(kind, (None, None))
            yield Subject(f"{kind.removesuffix('page')} {language}", page.relative_url(None), milliseconds, queries)


def officer_cookie() -> str:
    """The cookie of a coordinator who is signed in."""
    user = User.objects.get(username="coordination")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
