"""Shared outbox of enquiry mails and routing mails: columns, queue and composition."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation

from foundation.by_language import language_choices
from foundation.models.owed import OwedQuerySet, OwedRow
from foundation.queue import Failure, Queue


class MailQuerySet(OwedQuerySet):
    def free(self, at: datetime) -> Self:
        """Filter to unsent mails without a live lease."""
        return self.filter(models.Q(lease__isnull=True) | models.Q(due_at__lte=at), sent_at__isnull=True)

    def failed(self) -> Self:
        """Filter to unsent mails with at least one attempt."""
        return self.filter(sent_at__isnull=True, attempts__gt=0)


class OwedMail(OwedRow):
    """Outbox row, a mail to one recipient: at-least-once delivery, with a stable Message-ID. Sent rows are kept."""

    recipient = models.EmailField()
    language = models.CharField(max_length=10, choices=language_choices)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MailQuerySet.as_manager()

    class Meta:
        abstract = True


Mail = TypeVar("Mail", bound=OwedMail)


class Mails(Queue[Mail]):
    """Queue of mails, sent one at a time."""

    def compose(self, mail: Mail) -> EmailMultiAlternatives:
        """Compose the mail of a row, in its recipient's language."""
        raise NotImplementedError

    def work(self, rows: Sequence[Mail]) -> Mapping[int, Failure]:
        for mail in rows:
            self.compose(mail).send()
        return {}

    def finish(self, rows: models.QuerySet[Mail], at: datetime) -> None:
        rows.update(due_at=None, lease=None, error="", sent_at=at)


def message(
    mail: OwedMail, kind: str, context: Mapping[str, Any], *, about: object, reply_to: Sequence[str] = ()
) -> EmailMultiAlternatives:
    """Render templates/implantation/mail/`kind`.txt to a mail; the first line is the subject.

    `about` and the row's key make the Message-ID. The active language must be the recipient's: see `spoken_to`.
    """
    text = render_to_string(f"implantation/mail/{kind}.txt", dict(context)).strip()
    subject, body = (part.strip() for part in text.split("\n", 1))
    host = urlsplit(settings.SITE_URL).hostname
    written = EmailMultiAlternatives(
        subject=subject,
        body=body + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        reply_to=list(reply_to),
        headers={"Message-ID": f"<notice-{mail.pk}.{about}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    frame = {"subject": subject, "text": body, "language": mail.language}
    written.attach_alternative(render_to_string("implantation/mail/frame.html", frame), "text/html")
    return written


def spoken_to(mail: OwedMail) -> Any:
    """Return a context manager activating the language of the mail's recipient."""
    return translation.override(mail.language)
