"""Permanent redirects of former public addresses."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation


def english_request(request: HttpRequest, rest: str = "") -> HttpResponsePermanentRedirect:
    """Redirect `/en/implantation/…` to its address in English, where "implantation" is a medical word.

    Status 301 for GET and HEAD; 308 otherwise, so a form already open is still submitted. Mails keep links to the old
    address.
    """
    with translation.override("en"):
        address = reverse("implantation:request") + rest
    if query := request.META.get("QUERY_STRING"):
        address = f"{address}?{query}"
    return HttpResponsePermanentRedirect(address, preserve_request=request.method not in ("GET", "HEAD"))
