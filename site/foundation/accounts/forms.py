"""The form that asks for another password."""

from typing import Any

from wagtail.admin.forms.auth import PasswordResetForm

from foundation.accounts import services


class ResetForm(PasswordResetForm):
    """Owes the mail instead of sending it."""

    def save(self, **options: Any) -> None:
        services.ask_for_reset(address=self.cleaned_data["email"])
