"""Former public addresses, redirected for good."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation


def english_request(request: HttpRequest, rest: str = "") -> HttpResponsePermanentRedirect:
    """Redirect `/en/implantation/…` to its address in English, where "implantation" is a medical word.

    301 for GET and HEAD, 308 otherwise so that a form already open is still sent. Mails keep links of this kind.
    """
    with translation.override("en"):
        address = reverse("implantation:request") + rest
    if query := request.META.get("QUERY_STRING"):
        address = f"{address}?{query}"
    return HttpResponsePermanentRedirect(address, preserve_request=request.method not in ("GET", "HEAD"))
