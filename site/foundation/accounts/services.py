"""Verbs about accounts: keyword-only, atomic."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from foundation.accounts import attempts, records
from foundation.accounts.mails import send_account_mails
from foundation.choices import AccessKind, Counted, MailPurpose
from foundation.models import AccountMail


@transaction.atomic
def invite(*, user: User) -> None:
    """Owe the account a mail with the way to choose its password; one that is owed already is enough."""
    AccountMail.objects.get_or_create(
        user=user, purpose=MailPurpose.INVITATION, defaults={"language": _language(), "due_at": timezone.now()}
    )
    send_account_mails.enqueue()


@transaction.atomic
def ask_for_reset(*, address: str) -> None:
    """Owe a reset to whoever has this address. The worker looks for the account: known or unknown, this is the same."""
    AccountMail.objects.create(
        purpose=MailPurpose.PASSWORD_RESET, address=address, language=_language(), due_at=timezone.now()
    )
    send_account_mails.enqueue()


@transaction.atomic
def note_password_chosen(*, user: User, request: HttpRequest) -> None:
    """Log that the account's owner chose a password by the link of a mail, and let them in whatever others tried."""
    attempts.forget_name(Counted.SIGN_IN, name=attempts.name_digest(user.get_username()))
    records.record(AccessKind.PASSWORD_CHOSEN, user=user, request=request)


def purge(*, at: datetime) -> int:
    """Delete lines of the access log and counts of attempts that are no longer needed; return how many lines."""
    attempts.purge(at=at)
    return records.purge(at=at)


def _language() -> str:
    language = get_language() or ""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
