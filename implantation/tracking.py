"""The investor's link. Its token is an HMAC of the enquiry's uuid and a version.

No task or table stores it: any later mail computes it again, and raising the version revokes every link sent before.
"""

import base64
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from implantation.models import Enquiry

_SALT = "implantation.tracking"


def _signature(key: uuid.UUID, version: int) -> bytes:
    return salted_hmac(_SALT, f"{key.hex}.{version}", algorithm="sha256").digest()[:16]


def token_for(enquiry: Enquiry) -> str:
    """43 letters, digits, `-` and `_`: the uuid and its signature, safe in an address."""
    payload = enquiry.uuid.bytes + _signature(enquiry.uuid, enquiry.token_version)
    return base64.urlsafe_b64encode(payload).decode().rstrip("=")


def enquiry_for_token(token: str) -> Enquiry | None:
    """The enquiry a token opens; None when it is garbled, forged or revoked, or when the enquiry was anonymised."""
    if len(token) != 43 or not token.isascii():
        return None
    try:
        # Letters outside the alphabet are skipped, so that too few bytes may be left: that is a ValueError too.
        key = uuid.UUID(bytes=base64.urlsafe_b64decode(token + "=")[:16])
    except ValueError:
        return None
    enquiry = Enquiry.objects.select_related("holder").filter(uuid=key, anonymised_at__isnull=True).first()
    # The whole token is compared: base64 has several spellings of the last bits.
    if enquiry is None or not constant_time_compare(token, token_for(enquiry)):
        return None
    return enquiry


def tracking_path(enquiry: Enquiry, language: str | None = None) -> str:
    """The path of the tracking page in a language, the enquiry's own by default."""
    with translation.override(language or enquiry.language):
        return reverse("implantation:track", args=[token_for(enquiry)])


def tracking_url(enquiry: Enquiry) -> str:
    """The absolute address for mails; never made from a request's Host header."""
    return f"{settings.SITE_URL}{tracking_path(enquiry)}"
