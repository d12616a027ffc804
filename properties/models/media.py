"""Photos, plans and brochure of a property."""

import secrets
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.by_language import LanguageError, TextByLanguageField, language_codes
from properties.choices import MediaKind
from properties.models.property import Property
from properties.models.rules import check


def unguessable(instance: "Media", filename: str) -> str:
    """Return a random file name, underivable from the property or another file: a draft's media stay secret."""
    return f"premises/{secrets.token_urlsafe(24)}{PurePosixPath(filename).suffix}"


class Media(models.Model):
    """A photo, a plan or the brochure of a property. Written by `properties.media` alone.

    - `file`: a photo is WebP, at most 2400 px a side and without any metadata; a plan is such an image or a PDF; a
      brochure is a PDF. `width` and `height` in px, 0 for a PDF. `size` in bytes.
    - `small`: for lists and thumbnails, WebP, at most 640 px a side (`small_width`, `small_height`); none for a PDF.
    - `alt`: what the picture shows, for those who do not see it; a photo says it in every language of the site.
      `credit`: its author.
    """

    property = models.ForeignKey(Property, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(_("kind"), max_length=8, choices=MediaKind.choices)
    file = models.FileField(_("file"), upload_to=unguessable)
    small = models.FileField(_("small image"), upload_to=unguessable, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    small_width = models.PositiveIntegerField(default=0, editable=False)
    small_height = models.PositiveIntegerField(default=0, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    alt = TextByLanguageField(_("what it shows"), max_length=200, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("in an order", "position"), default=0, editable=False)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("medium")
        verbose_name_plural = _("media")
        ordering = ["position", "pk"]
        constraints = [
            check(
                "media_photo_is_described",
                "alt",
                ~models.Q(kind=MediaKind.PHOTO.value) | models.Q(alt__written_in=settings.LANGUAGE_CODE),
                _("Say in every language what the photo shows."),
            ),
            models.UniqueConstraint(
                fields=["property"],
                condition=models.Q(kind=MediaKind.BROCHURE.value),
                name="media_one_brochure",
                violation_error_message=_("This property has a brochure: remove it first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"

    def clean(self) -> None:
        """A photo says what it shows in every language of the site; the constraint asks for the default one alone."""
        missing = [code for code in language_codes() if self.kind == MediaKind.PHOTO and not self.alt[code]]
        message = _("Say in every language what the photo shows.")
        if missing:
            raise ValidationError({"alt": [LanguageError(message, language=code) for code in missing]})

    def is_image(self) -> bool:
        """Return True for an image, shown in place; a PDF is a link."""
        return self.width > 0


@receiver(post_delete, sender=Media)
def remove_files(sender: Any, instance: Media, **kwargs: Any) -> None:
    """Delete a row's files after commit, including cascaded and bulk deletions."""
    names = [file.name for file in (instance.file, instance.small) if file.name]
    storage = instance.file.storage

    def remove() -> None:
        for name in names:
            storage.delete(name)

    transaction.on_commit(remove)
