"""Headers of pages that show or take personal data."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

View = Callable[..., HttpResponse]


def personal(*, referrer: str) -> Callable[[View], View]:
    """No cache keeps the page and no search engine lists it.

    `referrer` is `no-referrer`, or `same-origin` where the page has a form: under `no-referrer` browsers post with
    `Origin: null`, which the protection against forged requests refuses. Neither tells another site the address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def with_headers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            response["Referrer-Policy"] = referrer
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return with_headers

    return decorate
