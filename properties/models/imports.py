"""Import sources and the run of each uploaded file."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territory.choices import OfficerRole
from territory.models import Officer, Partner


class RunState(models.TextChoices):
    """State of a file's import."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, not applied")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Not applied")


BUSY = (RunState.CHECKING, RunState.APPLYING)


class ImportSourceQuerySet(models.QuerySet["ImportSource"]):
    def usable_by(self, user: AbstractBaseUser | AnonymousUser) -> "ImportSourceQuerySet":
        """Filter the sources of an officer's partner; all of them for a coordinator."""
        officer = Officer.objects.filter(user_id=user.pk).first() if user.pk else None
        if officer is None:
            return self.none()
        return self.all() if officer.role == OfficerRole.COORDINATOR else self.filter(partner=officer.partner_id)


class ImportSource(models.Model):
    """Origin of files. Owns the properties whose `source` equals its `slug`, and changes no others.

    `mapping` gives, by folded header without recognised name, the key of a column (`importing.headers.key`), or "" to
    leave the header out. Files of an `is_complete` source list all its properties: those absent may be withdrawn.
    """

    slug = models.SlugField(_("identifier"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="import_sources", verbose_name=_("partner")
    )
    is_complete = models.BooleanField(
        _("complete files"),
        default=False,
        help_text=_("Each file names everything the source has; what it lacks is proposed for withdrawal."),
    )
    mapping = models.JSONField(_("columns"), default=dict, blank=True)

    objects = ImportSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("import source")
        verbose_name_plural = _("import sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """Run of one file of a source: checked, then applied as a whole or not at all.

    - `content`: the file, compressed (zlib), deleted once applied. In the database because the file holds true
      addresses: as a medium, a web server could serve the file.
    - `report`: the outcome as JSON (`importing.runs`); `digest`: its fingerprint. `beat_at`: the worker's last
      heartbeat.
    - `keep`: references at the source exempt from withdrawal.
    - `is_part`: the file lists only some of the source's properties, such as corrected lines, so none counts as
      missing.
    - `lines`: number of lines, for the progress; null while unknown.
    """

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="runs")
    filename = models.CharField(_("file"), max_length=120)
    content = models.BinaryField(null=True)
    state = models.CharField(
        pgettext_lazy("of progress", "state"), max_length=10, choices=RunState.choices, default=RunState.CHECKING
    )
    is_part = models.BooleanField(_("a part of the source's properties"), default=False)
    lines = models.PositiveIntegerField(_("lines of the file"), null=True)
    read = models.PositiveIntegerField(_("lines read"), default=0)
    report = models.JSONField(_("report"), null=True)
    digest = models.CharField(max_length=64, blank=True)
    keep = models.JSONField(default=list)
    allow_withdrawals = models.BooleanField(default=False)
    message = models.TextField(_("message"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("column", "by"),
    )
    language = models.CharField(max_length=5)
    created_at = models.DateTimeField(_("started at"), auto_now_add=True)
    beat_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)

    if TYPE_CHECKING:
        source_id: int

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.filename
