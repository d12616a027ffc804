"""The site's addresses, and beside them one for each page that only a fault or a refusal shows."""

from datetime import timedelta

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from config import urls
from foundation.accounts.lockout import wait_page
from implantation.enquiries.form.pages import keeps_what_was_typed
from implantation.enquiries.form.steps import STEPS


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@keeps_what_was_typed(*STEPS.values())
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def wait(request: HttpRequest) -> HttpResponse:
    """As the sign-in page answers who tried too often, without the attempts: they would count for other journeys."""
    return wait_page(request, timezone.now() + timedelta(minutes=3))


urlpatterns = [
    *i18n_patterns(
        path("trouble/forbidden/", forbidden),
        path("trouble/broken/", broken),
        path("trouble/wait/", wait),
    ),
    *urls.urlpatterns,
]
