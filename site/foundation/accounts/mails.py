"""Account mails: invitations and password resets, queued in an outbox and sent by the worker.

The outbox makes a request take the same time for every address, known or unknown.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task
from wagtail.users.models import UserProfile

from foundation.accounts import records
from foundation.choices import AccessKind, MailPurpose
from foundation.models import AccessRecord, AccountMail
from foundation.queue import Failure, Queue

# Limit per account: anybody may request a reset of any address.
RESETS_AN_HOUR = 3


class AccountMails(Queue[AccountMail]):
    """Queue of account mails; a row with a typed address fans out to one mail for each of its accounts."""

    model = AccountMail

    def work(self, rows: Sequence[AccountMail]) -> Mapping[int, Failure]:
        for row in rows:
            if row.user is None:
                _owe_resets(row)
            elif _is_wanted(row):
                compose(row).send()
                if row.purpose == MailPurpose.PASSWORD_RESET:
                    records.record(AccessKind.RESET_SENT, user=row.user)
        return {}


QUEUE = AccountMails()


@task()
def send_account_mails() -> None:
    """Send the mails due now; reschedule for the next retry."""
    QUEUE.run(send_account_mails)


def in_trouble() -> QuerySet[AccountMail]:
    """Return mails with a failed try, and overdue mails without a worker."""
    return QUEUE.owed().troubled(timezone.now())


def compose(row: AccountMail) -> EmailMessage:
    """Compose the mail in the account's language; the template's first line is the subject."""
    user = row.user
    assert user is not None
    uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    path = reverse("wagtailadmin_password_reset_confirm", kwargs={"uidb64": uid, "token": token})
    context = {
        "link": settings.SITE_URL + path,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
        "name": user.get_username(),
    }
    with translation.override(_language(user, row.language)):
        text = render_to_string(f"foundation/mail/{row.purpose}.txt", context).strip()
    subject, body = (part.strip() for part in text.split("\n", 1))
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject,
        body + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
        headers={"Message-ID": f"<account-{row.pk}.{row.purpose}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _language(user: User, otherwise: str) -> str:
    chosen = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True).first()
    return chosen if chosen in dict(settings.LANGUAGES) else otherwise


def _is_wanted(row: AccountMail) -> bool:
    """Return False for an account without a usable address, or above its reset limit."""
    user = row.user
    if user is None or not user.is_active or not user.email:
        return False
    since = timezone.now() - timedelta(hours=1)
    sent = AccessRecord.objects.filter(user=user, kind=AccessKind.RESET_SENT, at__gte=since)
    return row.purpose == MailPurpose.INVITATION or sent.count() < RESETS_AN_HOUR


def _owe_resets(row: AccountMail) -> None:
    """Queue a mail for each active account of the typed address, unless already queued."""
    AccountMail.objects.bulk_create(
        [
            AccountMail(purpose=row.purpose, user=user, language=row.language, due_at=timezone.now())
            for user in PasswordResetForm().get_users(row.address)
        ],
        ignore_conflicts=True,
    )
