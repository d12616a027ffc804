"""The premises a visitor keeps, without an account: references in a signed cookie, or in an address to share."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from properties.models import Property

# Side by side, more would not be compared; and a cookie is small.
LIMIT = 12
COOKIE = "shortlist"
# As the reference of a property is checked.
_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
# Part of links already sent: it outlives the names of modules.
_SALT = "properties.shortlist"
_DAYS = 90


def kept(request: HttpRequest) -> tuple[str, ...]:
    """The references the visitor keeps, oldest first; none when the cookie is absent, forged or too old."""
    try:
        value = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_DAYS * 86_400)
    except signing.BadSignature:
        return ()
    return listed((value or "").split("."))


def listed(references: Iterable[str]) -> tuple[str, ...]:
    """What can be a reference, as it is stored: capitals, each once, at most `LIMIT`."""
    cleaned = (reference.strip().upper() for reference in references)
    return tuple(dict.fromkeys(filter(_REFERENCE.fullmatch, cleaned)))[:LIMIT]


def keep(response: HttpResponse, references: Iterable[str]) -> None:
    """Give the visitor this list to keep; an empty one takes the cookie away."""
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
    """The public properties of a list, in its order, with what a comparison shows."""
    wanted = listed(references)
    found = Property.objects.public().for_display().prefetch_related("lots", "media").filter(reference__in=wanted)
    return sorted(found, key=lambda listing: wanted.index(listing.reference))
