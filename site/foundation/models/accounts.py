"""Accounts: the mails owed to them, the attempts that are counted, and the log of their acts."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from foundation.by_language import language_choices
from foundation.choices import AccessKind, Counted, MailPurpose
from foundation.models.owed import OwedRow


class AccountMail(OwedRow):
    """A mail with a link to choose a password, owed to an account or to whoever has the address typed into the reset
    form; deleted once it is sent. The link is made when the mail is written: no token is stored."""

    purpose = models.CharField(max_length=16, choices=MailPurpose.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    # Of the page it was asked on: for an account that chose no language.
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
    """Attempts at a door under one name, from one network, or both; the wait that they brought.

    `name` and `network` are keyed digests, empty for a count over all names or all networks. `since`: the first of the
    attempts counted.
    """

    door = models.CharField(max_length=16, choices=Counted.choices)
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
    """A line of the access log: an account signed in, failed to, chose a password, or took a file out.

    - `user` is None when the name typed is no account's; that name is not kept.
    - `network`: keyed digest of the visitor's network.
    - `export`: name of the view that gave a file; `file_format`: `csv`, `xlsx` …; `rows`: lines in it, when known.
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
