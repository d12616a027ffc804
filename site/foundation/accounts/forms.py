"""Password reset form."""

from typing import Any

from wagtail.admin.forms.auth import PasswordResetForm

from foundation.accounts import services


class ResetForm(PasswordResetForm):
    """Reset form that writes to the outbox instead of sending mail."""

    def save(self, **options: Any) -> None:
        services.ask_for_reset(address=self.cleaned_data["email"])
