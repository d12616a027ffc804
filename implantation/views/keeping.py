"""The answer to a form that could not be kept or sent: in words, with all that was typed, and nothing half written."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from implantation.forms import STEPS, ReplyForm

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]
# Seconds after which a browser or a robot may try again.
RETRY_AFTER = 60
_FORMS: tuple[type[forms.Form], ...] = (*STEPS.values(), ReplyForm)
_LABELS = {
    name: field.label for form in _FORMS for name, field in form.base_fields.items() if not field.widget.is_hidden
}


def keeps_what_was_typed(view: View) -> View:
    """Answer 503 with the typed text, and a button that posts it again, where a POST fails for a fault of ours.

    The page reads no database, the most likely fault. The session is written here, so that its failure is one too.
    """

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
        except Exception:  # whatever failed, what was typed must not be lost
            logger.exception("a posted form could not be handled")
            request.session.modified = False
            return _not_kept(request)
        return response

    return guarded


def _not_kept(request: HttpRequest) -> HttpResponse:
    posted = [(name, text) for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    typed = [(_LABELS[name], text) for name, text in posted if text and name in _LABELS]
    # Without the request: its context processors read the database.
    context = {"posted": posted, "typed": typed, "path": request.path, "csrf_token": get_token(request)}
    page = render_to_string("implantation/not_kept.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
