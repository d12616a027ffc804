"""Services of accounts: keyword-only, atomic."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from foundation.accounts import attempts, records
from foundation.accounts.mails import send_account_mails
from foundation.choices import AccessKind, LimitedEntry, MailPurpose
from foundation.models import AccountMail


@transaction.atomic
def invite(*, user: User) -> None:
    """Queue an invitation with a link to choose a password, unless already queued."""
    AccountMail.objects.get_or_create(
        user=user, purpose=MailPurpose.INVITATION, defaults={"language": _language(), "due_at": timezone.now()}
    )
    send_account_mails.enqueue()


@transaction.atomic
def ask_for_reset(*, address: str) -> None:
    """Queue a reset for an address; the worker looks up the account, so known and unknown addresses behave alike."""
    AccountMail.objects.create(
        purpose=MailPurpose.PASSWORD_RESET, address=address, language=_language(), due_at=timezone.now()
    )
    send_account_mails.enqueue()


@transaction.atomic
def note_password_chosen(*, user: User, request: HttpRequest) -> None:
    """Log a password chosen through a mailed link, and clear the owner's lockout."""
    attempts.forget_name(LimitedEntry.SIGN_IN, name=attempts.name_digest(user.get_username()))
    records.record(AccessKind.PASSWORD_CHOSEN, user=user, request=request)


def purge(*, at: datetime) -> int:
    """Delete expired log lines and attempt counts; return the number of lines."""
    attempts.purge(at=at)
    return records.purge(at=at)


def _language() -> str:
    language = get_language() or ""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
