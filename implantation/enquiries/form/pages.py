"""Shared parts of the public enquiry pages: headers, unknown link, failed POST."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from territory.models import Partner

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]
# Seconds until a browser or a robot may retry.
RETRY_AFTER = 60


def keeps_what_was_typed(*posted: type[forms.Form]) -> Callable[[View], View]:
    """Answer 503 with the typed text and a button to post again, when a POST fails by a server fault.

    `posted` are the forms whose field labels the 503 page shows. The 503 page reads no database, the most likely fault.
    The session is saved here, so that a failing session is caught too.
    """
    fields = [item for form in posted for item in form.base_fields.items()]
    labels = {name: field.label for name, field in fields if not field.widget.is_hidden}

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            try:
                response = view(request, *args, **kwargs)
                if request.session.modified:
                    request.session.save()
            except (Http404, PermissionDenied, SuspiciousOperation):
                raise
            except Exception:  # whatever the fault, the typed text must not be lost
                logger.exception("a posted form could not be handled")
                request.session.modified = False
                return _not_kept(request, labels)
            return response

        return guarded

    return decorate


def _not_kept(request: HttpRequest, labels: Mapping[str, Any]) -> HttpResponse:
    posted = [(name, text) for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    typed = [(labels[name], text) for name, text in posted if text and name in labels]
    # Without the request: its context processors read the database.
    context = {"posted": posted, "typed": typed, "path": request.path, "csrf_token": get_token(request)}
    page = render_to_string("implantation/not_kept.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def unknown_link(request: HttpRequest) -> HttpResponse:
    """Answer 404 for an unknown or revoked link, with the coordinator's contact, in the page's language."""
    context = {"coordinator": Partner.objects.filter(is_coordinator=True).first()}
    return render(request, "implantation/unknown_link.html", context, status=404)


def personal(*, referrer: str) -> Callable[[View], View]:
    """Keep the page out of caches and search engines, and set `Referrer-Policy` to `referrer`.

    `referrer` is `no-referrer`, or `same-origin` for a page with a form: under `no-referrer` browsers post with
    `Origin: null`, refused by the CSRF protection. Neither policy discloses the address to another site.
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
