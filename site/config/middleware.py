"""The language of a request."""

from django.http import HttpRequest, HttpResponseBase
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
