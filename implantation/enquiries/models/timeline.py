"""Append-only timeline of an enquiry, and the mails owed for its events."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from implantation.enquiries.choices import PUBLIC_TEXTS, EventKind, NoticeKind
from implantation.enquiries.models.enquiries import Enquiry
from implantation.enquiries.models.querysets import AppendOnlyQuerySet
from implantation.mails import OwedMail
from territory.models import Partner


def _salt() -> str:
    return secrets.token_hex(16)


class Event(models.Model):
    """Event of the timeline, without personal text.

    The text is in an erasable `EventText`; its salted hash stays here, to prove a kept text unaltered.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    data = models.JSONField(default=dict)
    text_hash = models.CharField(max_length=64, blank=True)

    wagtail_reference_index_ignore = True

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["enquiry", "sequence"]
        constraints = [models.UniqueConstraint(fields=["enquiry", "sequence"], name="event_sequence_once")]

    def __str__(self) -> str:
        return f"{self.enquiry} {self.sequence} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the timeline is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the timeline is append-only")

    @property
    def public_body(self) -> str:
        """Text shown to the investor: messages only, never a note or an internal reason."""
        return self.body if self.kind in PUBLIC_TEXTS else ""

    @property
    def body(self) -> str:
        """Text of the event; empty without a text or after erasure."""
        text = getattr(self, "text", None)
        return text.body if text else ""


class EventText(models.Model):
    """Text of an event, erased with the enquiry's personal data."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="text")
    body = models.TextField()
    salt = models.CharField(max_length=32, default=_salt)

    def __str__(self) -> str:
        return str(self.event)

    def digest(self) -> str:
        """Return the SHA-256 of salt and text, as stored in `Event.text_hash`."""
        return hashlib.sha256(f"{self.salt}{self.body}".encode()).hexdigest()


class Notice(OwedMail):
    """Mail owed for an event of an enquiry, or for the digest of a day."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, related_name="notices")
    day = models.DateField(null=True)
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "recipient"], name="notice_once_for_each_recipient"),
            models.UniqueConstraint(fields=["day", "kind", "recipient"], name="day_notice_once"),
            models.CheckConstraint(
                name="notice_is_about_an_event_or_a_day",
                condition=models.Q(event__isnull=False, day__isnull=True)
                | models.Q(event__isnull=True, day__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event or self.day}: {self.kind}"
