"""Visitor's shortlist without an account: references in a signed cookie, or in a shared address."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from properties.models import Property

# Beyond twelve a comparison is unreadable, and a cookie holds 4 kB.
LIMIT = 12
COOKIE = "shortlist"
# Same rule as the validator of `Property.reference`, and its length.
_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
# Changing the salt would empty the shortlists already kept.
_SALT = "properties.shortlist"
_DAYS = 90


def kept(request: HttpRequest) -> tuple[str, ...]:
    """Return the visitor's references, oldest first; empty when the cookie is absent, forged or expired."""
    try:
        value = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_DAYS * 86_400)
    except signing.BadSignature:
        return ()
    return listed((value or "").split("."))


def listed(references: Iterable[str]) -> tuple[str, ...]:
    """Return the well-formed references: upper case, without duplicates, at most `LIMIT`."""
    cleaned = (reference.strip().upper() for reference in references)
    return tuple(dict.fromkeys(filter(_REFERENCE.fullmatch, cleaned)))[:LIMIT]


def keep(response: HttpResponse, references: Iterable[str]) -> None:
    """Store the list in the visitor's cookie; an empty list deletes the cookie."""
    value = ".".join(listed(references))
    if not value:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_signed_cookie(
        COOKIE,
        value,
        salt=_SALT,
        max_age=_DAYS * 86_400,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def premises(references: Iterable[str]) -> list[Property]:
    """Return the public properties of a list in its order, with related rows for a comparison."""
    wanted = listed(references)
    listings = Property.objects.public().for_display().prefetch_related("lots", "media").filter(reference__in=wanted)
    return sorted(listings, key=lambda listing: wanted.index(listing.reference))
