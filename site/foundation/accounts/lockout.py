"""Lockout handler for django-axes, and the wait page.

Known and unknown names are indistinguishable: same statements, same answer, same waits.
"""

import logging
import math
from datetime import datetime
from typing import Any

from axes.handlers.base import AxesBaseHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from foundation.accounts import attempts, records
from foundation.choices import AccessKind, LimitedEntry
from foundation.visitors import visitor_address

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str | None:
    """Return the visitor's address for django-axes."""
    address = visitor_address(request)
    return None if address is None else str(address)


class GrowingWaits(AxesBaseHandler):
    """Axes handler that counts by name and network digest (`attempts`).

    The tables of django-axes stay unused: they store addresses, and count after the fact.
    """

    def is_allowed(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """Count the attempt before the password check; False during a wait of its name or network."""
        name, network = _typed(credentials), records.visitor_network(request)
        request.at_home = records.is_at_home(name, network)
        request.attempt = attempts.begin(
            LimitedEntry.SIGN_IN, name=attempts.name_digest(name), network=network, at_home=request.at_home
        )
        return bool(request.attempt.allowed)

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        attempt = getattr(request, "attempt", None)
        if attempt is None:
            return
        request.axes_locked_out = attempt.until is not None
        if not attempt.allowed:
            return
        user = records.account_named(_typed(credentials))
        records.record(AccessKind.LOCKED if attempt.until else AccessKind.FAILED, user=user, request=request)
        who = f"account {user.pk}" if user else "an unknown name"
        logger.warning("wrong password for %s%s", who, f", to wait until {attempt.until}" if attempt.until else "")

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        attempts.succeed(
            LimitedEntry.SIGN_IN,
            name=attempts.name_digest(user.get_username()),
            network=records.visitor_network(request),
            at_home=getattr(request, "at_home", False),
        )
        records.record(AccessKind.SIGNED_IN, user=user, request=request)
        logger.info("account %s signed in", user.pk)

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Log nothing: sign-outs are no part of the access log."""


def locked_response(request: Any, response: HttpResponse, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """Return the wait page (429); the password reset stays available meanwhile."""
    return wait_page(request, request.attempt.until)


def wait_page(request: HttpRequest, until: datetime) -> HttpResponse:
    """Render the wait page with status 429 and Retry-After."""
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    context = {"until": timezone.localtime(until), "minutes": math.ceil(seconds / 60)}
    response = render(request, "foundation/wait.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _typed(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username") or "")
