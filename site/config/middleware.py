"""Middleware: language, and rejection of malformed URLs."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from properties.listing.api import refused


class LanguageMiddleware(LocaleMiddleware):
    """Django's LocaleMiddleware, with final 404s for resolved URLs without a language.

    Django redirects a 404 of `/admin/enquiries/7/` to `/fr/admin/enquiries/7/`, where a Wagtail page could live; an
    officer would read the public site's "not found" instead of the admin's.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.resolver_match is not None:
            return response
        return super().process_response(request, response)


# Exempt namespace: tokens are never looked up as text, and its own 404 gives the next step.
_READ_NO_TEXT = "implantation"


class NoNullCharacter:
    """404 for a path with a NUL, before any lookup: no stored text has one, and PostgreSQL rejects it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info and _namespace(request.path_info) != _READ_NO_TEXT:
            raise Http404
        return self.get_response(request)


class FewParameters:
    """400 for too many query parameters; the API answers in its own format.

    The query is emptied first, so that the error page itself can read it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.GET  # noqa: B018  read for the first time, it is parsed
        except TooManyFieldsSent:
            request.GET = QueryDict()
            return _too_many(request)
        return self.get_response(request)


def _too_many(request: HttpRequest) -> HttpResponse:
    if _namespace(request.path_info) != "api":
        return render(request, "address_too_long.html", status=400)
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    return refused(422, "address", "", _("it has more than %(most)d parameters") % {"most": most})


class SameNotFound:
    """The site's own 404 in development: a newcomer follows the whole story, wrong URLs included.

    Replaces Django's list of routes; other errors keep Django's debug page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, Http404) else None


def _namespace(path: str) -> str:
    try:
        return resolve(path).namespace
    except Resolver404:
        return ""
