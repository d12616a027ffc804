"""The language of a request, and what no address may hold."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware


class LanguageMiddleware(LocaleMiddleware):
    """As Django's, except that what an address outside the languages answers is final.

    Django answers a 404 of `/admin/enquiries/7/` by a redirection to `/fr/admin/enquiries/7/`, since a Wagtail page
    could live there; an officer would read the public site's "not found" instead of the admin's.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.resolver_match is not None:
            return response
        return super().process_response(request, response)


class NoNullCharacter:
    """404 for an address with a NUL, whoever would have read it: no text has one, and PostgreSQL refuses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)
