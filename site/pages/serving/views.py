"""Public addresses that answer no page."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from wagtail.documents.views.serve import serve


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document, if its collection lets the visitor read it: downloaded, never shown as a page of the site."""
    response: HttpResponseBase = serve(request, document_id, document_filename)
    if response.has_header("Content-Disposition"):
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # What one visitor may read, a cache in between keeps for nobody else.
    patch_cache_control(response, private=True)
    return response
