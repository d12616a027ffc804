"""Tracking link of the investor: an HMAC of the enquiry's uuid and a link version.

No task or table stores the token: every mail computes the link again, and a higher version revokes all earlier links.
Links signed with a former secret key work while `SECRET_KEY_FALLBACKS` lists the key.
"""

import base64
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from implantation.enquiries.models import Enquiry

# Part of links already sent: independent of module names, and never changed.
_SALT = "implantation.tracking"


def _signature(key: uuid.UUID, version: int, secret: str) -> bytes:
    return salted_hmac(_SALT, f"{key.hex}.{version}", secret=secret, algorithm="sha256").digest()[:16]


def token_for(enquiry: Enquiry, *, secret: str = "") -> str:
    """Return the uuid and its signature as 43 letters, digits, `-` and `_`, safe in a URL.

    `secret` is the signing key, by default the key in use.
    """
    signature = _signature(enquiry.uuid, enquiry.token_version, secret or settings.SECRET_KEY)
    payload = enquiry.uuid.bytes + signature
    return base64.urlsafe_b64encode(payload).decode().rstrip("=")


def enquiry_for_token(token: str) -> Enquiry | None:
    """Return the enquiry of a token; None for a garbled, forged or revoked token or an anonymised enquiry."""
    if len(token) != 43 or not token.isascii():
        return None
    try:
        # Characters outside the alphabet are skipped, so too few bytes may be left: also a ValueError.
        key = uuid.UUID(bytes=base64.urlsafe_b64decode(token + "=")[:16])
    except ValueError:
        return None
    enquiry = Enquiry.objects.select_related("holder").filter(uuid=key, anonymised_at__isnull=True).first()
    if enquiry is None:
        return None
    # The whole token is compared, since base64 has several spellings of the last bits.
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(token, token_for(enquiry, secret=secret)) for secret in secrets):
        return None
    return enquiry


def tracking_path(enquiry: Enquiry, language: str | None = None) -> str:
    """Return the path of the tracking page, by default in the enquiry's language."""
    with translation.override(language or enquiry.language):
        return reverse("implantation:track", args=[token_for(enquiry)])


def tracking_url(enquiry: Enquiry) -> str:
    """Return the absolute tracking URL for mails, from `SITE_URL` and never from a request's Host header."""
    return f"{settings.SITE_URL}{tracking_path(enquiry)}"
