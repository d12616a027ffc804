"""Choices stored in the account tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccessKind(models.TextChoices):
    """Acts recorded in the access log."""

    SIGNED_IN = "signed-in", pgettext_lazy("access log", "Signed in")
    FAILED = "failed", pgettext_lazy("access log", "Wrong password")
    LOCKED = "locked", pgettext_lazy("access log", "Wrong password: made to wait")
    RESET_SENT = "reset-sent", pgettext_lazy("access log", "Password reset sent")
    PASSWORD_CHOSEN = "password-chosen", pgettext_lazy("access log", "Password chosen")
    EXPORTED = "exported", pgettext_lazy("access log", "Exported")


# Acts after which the network counts as the account's home.
PROOFS = (AccessKind.SIGNED_IN, AccessKind.PASSWORD_CHOSEN)


class MailPurpose(models.TextChoices):
    """Mails with a link to choose a password."""

    INVITATION = "invitation", _("Invitation")
    PASSWORD_RESET = "password-reset", _("Password reset")


class LimitedEntry(models.TextChoices):
    """Entry points with attempt limits."""

    SIGN_IN = "sign-in"
    PASSWORD_RESET = "password-reset"
