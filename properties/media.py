"""Services writing the media of a property: fully validated before storage, logged like any other change."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.by_language import gathered, refusal, spread
from foundation.uploads.contents import MEGABYTE, PDF, UploadError, content_type
from foundation.uploads.documents import LARGEST_PDF, check_pdf
from foundation.uploads.pictures import LARGEST_IMAGE, renditions
from properties.choices import Door, MediaKind
from properties.models import Change, Media, Property
from properties.public_reading import OF_MEDIA, hidden_of, repeated_in

# The page shows every medium; beyond these counts, a brochure serves better.
MOST = {MediaKind.PHOTO: 20, MediaKind.PLAN: 10, MediaKind.BROCHURE: 1}


def _refused(message: str, field: str = "file") -> ValidationError:
    return ValidationError({field: message})


def _read(upload: "UploadedFile[bytes]") -> bytes:
    """Return the bytes of an upload; raise `UploadError` above the largest accepted size, before reading."""
    if (upload.size or 0) > max(LARGEST_IMAGE, LARGEST_PDF):
        raise UploadError(_("This file is too large: at most %(size)s MB.") % {"size": LARGEST_PDF // MEGABYTE})
    upload.seek(0)
    data: bytes = upload.read()
    return data


def _fill(medium: Media, upload: "UploadedFile[bytes]") -> None:
    """Set the files of an unsaved row, pictures re-encoded and measured; nothing reaches the storage yet."""
    try:
        data = _read(upload)
        is_pdf = content_type(data) == PDF
        if medium.kind == MediaKind.BROCHURE or (medium.kind == MediaKind.PLAN and is_pdf):
            check_pdf(data)
            medium.file, medium.size = ContentFile(data, name="file.pdf"), len(data)
            return
        large, small = renditions(data)
    except UploadError as error:
        raise _refused(str(error)) from None
    medium.file, medium.small = ContentFile(large.data, name="file.webp"), ContentFile(small.data, name="file.webp")
    medium.width, medium.height, medium.size = large.width, large.height, len(large.data)
    medium.small_width, medium.small_height = small.width, small.height


@contextmanager
def _change(instance: Property, user: User | None) -> Iterator[Property]:
    """Lock the property, yield its row, then log the media before and after the block.

    Writes no log entry when the media did not change. Leaves `version` alone: the version is the optimistic lock of the
    form's fields, and a photo overwrites none of them.
    """
    with transaction.atomic():
        locked = Property.objects.select_for_update().get(pk=instance.pk)
        before = described(locked)
        yield locked
        after = described(locked)
        if before == after:
            return
        now = timezone.now()
        Change.objects.create(
            property=locked,
            version=locked.version,
            fields={"media": [before, after]},
            door=Door.FORM,
            user=user,
            at=now,
        )
        Property.objects.filter(pk=locked.pk).update(updated_at=now)


def described(instance: Property) -> str:
    """Serialise the media for the log of changes, one a line, in display order."""
    media = Media.objects.filter(property=instance)
    return "\n".join(" | ".join(filter(None, (m.kind, *m.alt.shown().values(), m.credit))) for m in media)


def add_medium(
    *,
    instance: Property,
    kind: MediaKind,
    upload: "UploadedFile[bytes]",
    words: Mapping[str, Any],
    user: User | None = None,
) -> Media:
    """Add a photo, plan or brochure after the others of its property; `words`: `credit`, and `alt` by language.

    Raises `ValidationError` naming the field, with nothing written, for a wrong, damaged or too large file, a photo
    without words, words that give away a hidden address, or one too many.
    """
    medium = Media(property=instance, kind=kind)
    _describe(medium, words)
    _fill(medium, upload)
    try:
        with _change(instance, user) as locked:
            _keep_secret(medium, locked)
            present = Media.objects.filter(property=instance)
            if present.filter(kind=kind).count() >= MOST[kind]:
                raise _refused(_("There are already %(number)s of them: remove one first.") % {"number": MOST[kind]})
            medium.position = max(present.values_list("position", flat=True), default=0) + 1
            medium.full_clean()
            medium.save()
    except BaseException:
        _discard(medium)
        raise
    return medium


def _describe(medium: Media, words: Mapping[str, Any]) -> None:
    """Set what is said of a medium; what is not given stays, `alt_fr` being `alt` in French."""
    medium_values = gathered(Media, words)
    medium.alt |= {code: text.strip() for code, text in medium_values.get("alt", {}).items()}
    medium.credit = medium_values.get("credit", medium.credit).strip()


def _keep_secret(medium: Media, instance: Property) -> None:
    """Refuse words that repeat what is hidden of the address."""
    if disclosures := repeated_in(spread(Media, OF_MEDIA, medium), hidden_of(instance)):
        raise refusal(Media, disclosures)


def _discard(medium: Media) -> None:
    """Delete the files stored for a row whose insertion failed."""
    for file in (medium.file, medium.small):
        if file.name and getattr(file, "_committed", False):
            file.storage.delete(file.name)


def describe_medium(*, medium: Media, words: Mapping[str, Any], user: User | None = None) -> Media:
    """Change what is said of a medium: `credit`, and `alt` in the languages that are given.

    Raises `ValidationError` naming the field if a photo loses its words, or they give away a hidden address.
    """
    with _change(medium.property, user):
        current = Media.objects.select_for_update().get(pk=medium.pk)
        _describe(current, words)
        _keep_secret(current, current.property)
        current.full_clean()
        current.save()
    return current


def remove_medium(*, medium: Media, user: User | None = None) -> None:
    """Delete a medium; its files leave the storage after commit."""
    with _change(medium.property, user):
        Media.objects.filter(pk=medium.pk).delete()


def order_media(*, instance: Property, ids: Sequence[int], user: User | None = None) -> None:
    """Put media in the order of `ids`; the others follow in their present order."""
    with _change(instance, user) as locked:
        media_by_pk = {medium.pk: medium for medium in Media.objects.filter(property=locked)}
        wanted = [media_by_pk.pop(pk) for pk in dict.fromkeys(ids) if pk in media_by_pk]
        ordered = [*wanted, *media_by_pk.values()]
        for position, medium in enumerate(ordered, 1):
            medium.position = position
        Media.objects.bulk_update(ordered, ["position"])
