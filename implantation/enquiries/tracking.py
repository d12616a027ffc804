"""The investor's link. Its token is an HMAC of the enquiry's uuid and a version.

No task or table stores it: any later mail computes it again, and raising the version revokes every link sent before.
Links made under a former secret key open while `SECRET_KEY_FALLBACKS` lists it.
"""

import base64
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from implantation.enquiries.models import Enquiry

# Part of links already sent: it outlives the names of modules.
_SALT = "implantation.tracking"


def _signature(key: uuid.UUID, version: int, secret: str) -> bytes:
    return salted_hmac(_SALT, f"{key.hex}.{version}", secret=secret, algorithm="sha256").digest()[:16]


def token_for(enquiry: Enquiry, *, secret: str = "") -> str:
    """43 letters, digits, `-` and `_`: the uuid and its signature (under the key in use, or a former one), safe in an
    address."""
    signature = _signature(enquiry.uuid, enquiry.token_version, secret or settings.SECRET_KEY)
    payload = enquiry.uuid.bytes + signature
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
    if enquiry is None:
        return None
    # The whole token is compared: base64 has several spellings of the last bits.
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(token, token_for(enquiry, secret=secret)) for secret in secrets):
        return None
    return enquiry


def tracking_path(enquiry: Enquiry, language: str | None = None) -> str:
    """The path of the tracking page in a language, the enquiry's own by default."""
    with translation.override(language or enquiry.language):
        return reverse("implantation:track", args=[token_for(enquiry)])


def tracking_url(enquiry: Enquiry) -> str:
    """The absolute address for mails; never made from a request's Host header."""
    return f"{settings.SITE_URL}{tracking_path(enquiry)}"
