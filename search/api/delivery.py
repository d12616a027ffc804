"""Delivery of API responses: content negotiation, rate limit, ETag, CORS, and errors as JSON."""

from collections.abc import Callable, Iterable
from typing import cast

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from properties.listing.api import refused
from search.api.limits import seconds_to_wait

JSON = "application/json"
_METHODS = "GET, HEAD, OPTIONS"
# Seconds of freshness in shared caches; revalidation by ETag afterwards.
_FRESH = 60

View = Callable[..., HttpResponseBase]


def served(view: View, *, media: Iterable[str] = (JSON,), cost: int = 1) -> View:
    """Wrap a view for the API; `media` are its acceptable media types, `cost` its weight in the rate limit."""

    @csrf_exempt
    def serve(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        response = _answer(request, view, tuple(media), cost, kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        patch_vary_headers(response, ["Accept", "Accept-Language"])
        return response

    return serve


def nothing_here(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Answer 404 as JSON for any other path of the API."""
    return refused(404, "address", request.path, _("There is nothing here: see /api/v1/docs."))


def asked_language(request: HttpRequest) -> str:
    """Return `lang`, else the negotiated language; empty when `lang` is no language of the site."""
    languages = {value.strip().lower() for value in request.GET.getlist("lang")} - {""}
    if not languages:
        return (get_language() or settings.LANGUAGE_CODE)[:2]
    return languages.pop() if languages in [{code} for code, _name in settings.LANGUAGES] else ""


def _answer(
    request: HttpRequest, view: View, media: tuple[str, ...], cost: int, kwargs: dict[str, str]
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _what_is_allowed()
    language = asked_language(request)
    with override(language or get_language()):
        response = _refusal(request, media, cost, language) or _read(request, view, kwargs)
        response["Content-Language"] = get_language() or settings.LANGUAGE_CODE
        return response


def _refusal(request: HttpRequest, media: tuple[str, ...], cost: int, language: str) -> HttpResponse | None:
    method = request.method or ""
    if method not in ("GET", "HEAD"):
        refusal = refused(405, "method", method, _("The API is only read: use GET."))
        refusal["Allow"] = _METHODS
        return refusal
    if wait := seconds_to_wait(request, cost=cost):
        refusal = refused(429, "", "", _("Too many requests: wait %(seconds)d s.") % {"seconds": wait})
        refusal["Retry-After"] = str(wait)
        refusal["Cache-Control"] = "no-store"
        return refusal
    if not any(request.accepts(kind) for kind in media):
        message = _("This address answers as %(media)s.") % {"media": media[0]}
        return refused(406, "Accept", request.headers.get("Accept", ""), message)
    if not language:
        value = " · ".join(request.GET.getlist("lang"))
        return refused(422, "lang", value, _("this language does not exist here: write fr or en"))
    return None


def _read(request: HttpRequest, view: View, kwargs: dict[str, str]) -> HttpResponseBase:
    """Return the view's response, or 304 for a matching ETag; HEAD gets the headers of GET."""
    method, request.method = request.method, "GET"
    response = view(request, **kwargs)
    request.method = method
    if response.status_code != 200:
        return response
    patch_cache_control(response, public=True, max_age=_FRESH)
    # Cast: Django's stubs omit streaming responses, accepted at run time.
    conditional_response = get_conditional_response(
        request, etag=response["ETag"], response=cast(HttpResponse, response)
    )
    if conditional_response is response and method == "HEAD":
        conditional_response = HttpResponse(headers=dict(response.items()))
    if conditional_response is not response and isinstance(response, FileResponse) and response.file_to_stream:
        # Close the file only: closing the response would end the request.
        response.file_to_stream.close()
    return conditional_response or response


def _what_is_allowed() -> HttpResponse:
    """Answer a CORS preflight; browsers send one before a conditional request from another origin."""
    return HttpResponse(
        status=204,
        headers={
            "Allow": _METHODS,
            "Access-Control-Allow-Methods": _METHODS,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )
