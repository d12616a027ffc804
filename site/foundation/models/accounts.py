"""Tables of accounts: outbox of mails, attempt counts, access log."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from foundation.by_language import language_choices
from foundation.choices import AccessKind, LimitedEntry, MailPurpose
from foundation.models.owed import OwedRow


class AccountMail(OwedRow):
    """Outbox row of a mail with a link to choose a password; deleted once sent.

    The recipient is an account, or the address typed into the reset form. The link is created while composing: no token
    is stored.
    """

    purpose = models.CharField(max_length=16, choices=MailPurpose.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    # Language of the requesting page, for accounts without a preferred language.
    language = models.CharField(max_length=10, choices=language_choices)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "purpose"], name="account_mail_once"),
            models.CheckConstraint(
                name="account_mail_has_one_recipient",
                condition=models.Q(user__isnull=False, address="")
                | (models.Q(user__isnull=True) & ~models.Q(address="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class AttemptCount(models.Model):
    """Failed attempts at a door by name, by network, or by both, with the resulting wait.

    `name` and `network` are keyed digests, empty for a count over all names or all networks. `since`: time of the first
    counted attempt.
    """

    door = models.CharField(max_length=16, choices=LimitedEntry.choices)
    name = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=64, blank=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now, db_index=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["door", "name", "network"], name="attempt_count_once")]

    def __str__(self) -> str:
        return f"{self.door}: {self.failures}"


class AccessRecord(models.Model):
    """Line of the access log: a sign-in, a failed sign-in, a chosen password, an export.

    - `user` is None for an unknown name; the typed name is not stored.
    - `network`: keyed digest of the visitor's network.
    - `export`: view name of the exported file; `file_format`: `csv`, `xlsx` …; `rows`: its number of lines, when known.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=16, choices=AccessKind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    network = models.CharField(max_length=64, blank=True)
    export = models.CharField(max_length=80, blank=True)
    file_format = models.CharField(max_length=8, blank=True)
    rows = models.PositiveIntegerField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "network", "at"], name="access_record_at_home")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
