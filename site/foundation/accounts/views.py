"""Wagtail's password reset views, rate-limited and logged."""

from typing import Any

from django.http import HttpResponse
from wagtail.admin.views import account

from foundation.accounts import attempts, records, services
from foundation.accounts.lockout import wait_page
from foundation.choices import LimitedEntry


class AskForResetView(account.PasswordResetView):
    """Reset request with one answer for every address, rate-limited by network."""

    def form_valid(self, form: Any) -> HttpResponse:
        attempt = attempts.begin(LimitedEntry.PASSWORD_RESET, name="", network=records.visitor_network(self.request))
        if not attempt.allowed and attempt.until is not None:
            return wait_page(self.request, attempt.until)
        response: HttpResponse = super().form_valid(form)
        return response


class ChoosePasswordView(account.PasswordResetConfirmView):
    """Password form opened from a mailed link, proof of ownership of the account."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_password_chosen(user=self.user, request=self.request)
        return response
