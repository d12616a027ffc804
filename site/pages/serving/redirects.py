"""Redirects to the new address of a page."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from pages.serving.querysets import answering


class PageRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects from addresses that are not found, except to a page that does not answer and in circles."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404 or not _arrives(request):
            return response
        followed: HttpResponseBase = super().process_response(request, response)
        return followed


def _arrives(request: HttpRequest) -> bool:
    """Follow the redirects of an address: to a page that answers, or out of the table without passing twice."""
    address, passed = request.get_full_path(), set()
    while (redirect := _find(request, address)) and redirect.pk not in passed:
        if redirect.redirect_page_id:
            return bool(answering().filter(pk=redirect.redirect_page_id).exists())
        passed.add(redirect.pk)
        link = urlsplit(redirect.link or "")
        if link.netloc not in ("", request.get_host()):
            return True
        address = link.path
    return redirect is None and bool(passed)


def _find(request: HttpRequest, address: str) -> Redirect | None:
    whole = Redirect.normalise_path(address, decode_unicode=False)
    return get_redirect(request, whole) or get_redirect(request, urlsplit(whole).path)
