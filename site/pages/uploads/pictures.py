"""Pictures that Wagtail stores, of pages and of accounts: encoded anew before they reach the disk."""

import hashlib
from typing import Any

from django.apps import apps
from django.core.files import File
from django.core.files.base import ContentFile
from django.db.models import Model
from django.db.models.signals import pre_save
from wagtail.models import UploadedFile

from foundation.uploads.pictures import LARGEST_IMAGE, page_picture

# Each model with its field; Wagtail makes the smaller sizes from what is stored.
PICTURES = {"wagtailimages.Image": "file", "wagtailusers.UserProfile": "avatar"}


class EncodedPicture(ContentFile[bytes]):
    """A picture that was encoded here a moment ago; no name or content that is sent makes one."""


def connect() -> None:
    for label in PICTURES:
        sender = apps.get_model(label)
        pre_save.connect(encode_picture, sender=sender, dispatch_uid=f"pages.encode_picture.{label}")
    pre_save.connect(encode_waiting_picture, sender=UploadedFile, dispatch_uid="pages.encode_waiting_picture")


def encoded(upload: "File[Any]") -> EncodedPicture:
    """The picture of an upload, under a name that says nothing of it. Raises `UploadError`."""
    upload.seek(0)
    # One byte more than is taken: enough to refuse it.
    picture = page_picture(bytes(upload.read(LARGEST_IMAGE + 1)))
    upload.seek(0)
    return EncodedPicture(picture.data, name=picture.name)


def encode_picture(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Store the encoded picture in the place of the bytes that were sent, form or not. Raises `UploadError`."""
    name = PICTURES[sender._meta.label]
    file = getattr(instance, name)
    if file and not getattr(file, "_committed", True) and not isinstance(file.file, EncodedPicture):
        replace_picture(instance, name, encoded(file.file))


def encode_waiting_picture(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """The same for a picture whose title or collection was refused: Wagtail keeps the bytes until they are mended."""
    model = instance.for_content_type.model_class()
    file = instance.file
    if model is not None and model._meta.label in PICTURES and not getattr(file, "_committed", True):
        replace_picture(instance, "file", encoded(file.file))


def replace_picture(instance: Any, name: str, picture: EncodedPicture) -> None:
    """Give an unsaved or stored row another file, and what it says of it."""
    # Dimensions follow the file by themselves.
    setattr(instance, name, picture)
    if hasattr(instance, "file_hash"):
        instance.file_size = picture.size
        picture.seek(0)
        instance.file_hash = hashlib.file_digest(picture, "sha1").hexdigest()
        picture.seek(0)
