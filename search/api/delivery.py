"""What every answer of the API owes: a language, a limit, an ETag, leave to be read from other sites, and JSON when
it refuses."""

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
# Shared caches may keep an answer for so many seconds; the ETag then says whether it still holds.
_FRESH = 60

View = Callable[..., HttpResponseBase]


def served(view: View, *, media: Iterable[str] = (JSON,), cost: int = 1) -> View:
    """`view` as the API serves it; `media` are the types that its answer may be taken for, `cost` what it counts."""

    @csrf_exempt
    def serve(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        response = _answer(request, view, tuple(media), cost, kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        patch_vary_headers(response, ["Accept", "Accept-Language"])
        return response

    return serve


def nothing_here(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Any other address under the API."""
    return refused(404, "address", request.path, _("There is nothing here: see /api/v1/docs."))


def asked_language(request: HttpRequest) -> str:
    """`lang` of the address, or what the browser's languages come to; empty when `lang` is not one of the site's."""
    asked = {value.strip().lower() for value in request.GET.getlist("lang")} - {""}
    if not asked:
        return (get_language() or settings.LANGUAGE_CODE)[:2]
    return asked.pop() if asked in [{code} for code, _name in settings.LANGUAGES] else ""


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
    """The view's answer, less what the client has already; HEAD gets the head of what GET would."""
    method, request.method = request.method, "GET"
    made = view(request, **kwargs)
    request.method = method
    if made.status_code != 200:
        return made
    patch_cache_control(made, public=True, max_age=_FRESH)
    # Django's stubs leave out streams, which it takes as well.
    known = get_conditional_response(request, etag=made["ETag"], response=cast(HttpResponse, made))
    if known is made and method == "HEAD":
        known = HttpResponse(headers=dict(made.items()))
    if known is not made and isinstance(made, FileResponse) and made.file_to_stream:
        # Not the whole response: that would end the request.
        made.file_to_stream.close()
    return known or made


def _what_is_allowed() -> HttpResponse:
    """Answers a browser that asks before it sends a conditional request from another site."""
    return HttpResponse(
        status=204,
        headers={
            "Allow": _METHODS,
            "Access-Control-Allow-Methods": _METHODS,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )
