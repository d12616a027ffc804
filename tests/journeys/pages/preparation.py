"""Rows of the demonstration in which a page looks different, found or made inside the site's own process.

The browser's tests run this once: `manage.py shell -c "from tests.journeys.pages.preparation import tell; tell()"`.
"""

import json
import sys
from collections import defaultdict

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import RequestFactory
from django.utils import timezone, translation
from django.views.defaults import permission_denied, server_error
from wagtail.models import Page

from implantation.choices import State as EnquiryState
from implantation.models import Enquiry
from implantation.tracking import token_for
from properties.choices import Deal, Kind, MediaKind, Precision, State
from properties.freshness import address as question_address
from properties.media import add_medium
from properties.models import Confirmation, Property
from tests.properties.factories import pdf_bytes, photo_bytes


def tell() -> None:
    """Write as JSON on standard output where each kind of page is."""
    premises = _premises()
    json.dump(
        {
            "pages": _live_pages(),
            "premises": premises,
            "enquiries": {state: token_for(enquiry) for state, enquiry in _enquiries().items()},
            "question": _question(premises["asked about"]),
            "errors": _errors(),
        },
        sys.stdout,
    )


def _live_pages() -> dict[str, dict[str, list[str]]]:
    """Paths of the published pages by the name of their type, then by language; the content differs from page to page."""
    paths: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for page in Page.objects.live().public().filter(depth__gte=2).order_by("path").specific():
        paths[page.specific_class._meta.label][page.locale.language_code].append(page.get_url())
    return paths


def _premises() -> dict[str, str]:
    """A reference for each face of the page of a property."""
    public = Property.objects.public().order_by("reference")
    found: dict[str, str] = {}

    def show(name: str, premises: "QuerySet[Property]") -> Property:
        listing = premises.exclude(reference__in=found.values()).first()
        assert listing is not None, f"the demonstration has no property for: {name}"
        found[name] = listing.reference
        return listing

    for deal in Deal.values:
        show(deal, public.filter(deal=deal))
    show("land", public.filter(kind=Kind.LAND))
    show("lots", public.filter(lots__isnull=False))
    show("hidden address", public.exclude(precision=Precision.EXACT))
    show("under offer", public.filter(state=State.UNDER_OFFER))
    show("asked about", public)
    _illustrate(show("photos", public))
    gone = show("gone", public)
    Property.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    return found


def _illustrate(listing: Property) -> None:
    """A photo with its author, a plan and a brochure."""
    words = {"alt_fr": "La façade sur la rue.", "alt_en": "The front on the street.", "credit": "Dominique Exemple"}
    photo = SimpleUploadedFile("front.jpg", photo_bytes(640, 480), "image/jpeg")
    add_medium(instance=listing, upload=photo, kind=MediaKind.PHOTO, words=words)
    for kind in (MediaKind.PLAN, MediaKind.BROCHURE):
        add_medium(
            instance=listing,
            upload=SimpleUploadedFile("sheet.pdf", pdf_bytes(), "application/pdf"),
            kind=kind,
            words={},
        )


def _enquiries() -> dict[str, Enquiry]:
    """One enquiry for each state that the demonstration lived through."""
    found = {}
    for state in EnquiryState.values:
        enquiry = Enquiry.objects.filter(state=state, anonymised_at__isnull=True).order_by("reference").last()
        assert enquiry is not None, f"the demonstration has no enquiry in the state: {state}"
        found[state] = enquiry
    return found


def _question(reference: str) -> str:
    """The path of a question about a listing, as its partner's mail would have it."""
    question = Confirmation.objects.create(
        property=Property.objects.get(reference=reference), asked_at=timezone.now(), next_try=timezone.now()
    )
    return question_address(question).removeprefix(settings.SITE_URL).rstrip("/").rpartition("/")[2]


def _errors() -> dict[str, dict[str, str]]:
    """Pages that a well-behaved site does not show, as it would write them."""
    written: dict[str, dict[str, str]] = defaultdict(dict)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            request = RequestFactory().get(f"/{language}/", secure=False, SERVER_NAME="127.0.0.1")
            written["403"][language] = permission_denied(request, PermissionDenied()).content.decode()
            written["500"][language] = server_error(request).content.decode()
    return written
