"""Media of a property by kind."""

from typing import TYPE_CHECKING

from django.db import models

from properties.choices import MediaKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from properties.models.media import Media


class Shown(models.Model):
    """Photos, plans and brochure in display order, all read from one `prefetch_related("media")`.

    A template shows `{{ photo.file.url }}` with its `width` and `height`, `{{ photo.small.url }}` with `small_width`
    and `small_height`, `{{ photo.alt }}` and `{{ photo.credit }}`; a PDF plan has `is_image` false.
    """

    media: "RelatedManager[Media]"

    class Meta:
        abstract = True

    def _media_of(self, kind: MediaKind) -> "list[Media]":
        return [medium for medium in self.media.all() if medium.kind == kind]

    @property
    def photos(self) -> "list[Media]":
        """Photos; the first stands for the property."""
        return self._media_of(MediaKind.PHOTO)

    @property
    def plans(self) -> "list[Media]":
        """Plans, images or PDF."""
        return self._media_of(MediaKind.PLAN)

    @property
    def brochure(self) -> "Media | None":
        """Brochure as a PDF, or None."""
        return next(iter(self._media_of(MediaKind.BROCHURE)), None)
