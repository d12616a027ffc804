"""Storage of uploads: pictures under the web server's root, documents in a private folder."""

import posixpath
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

# Wagtail's folders of documents, and of uploads waiting for a corrected title or collection.
PRIVATE_FOLDERS = frozenset({"documents", "wagtail_uploads"})


@deconstructible
class UploadStorage(FileSystemStorage):
    """File storage with `PRIVATE_FOLDERS` in `PRIVATE_ROOT`, all else in `MEDIA_ROOT`.

    Private files have no URL of their own.
    """

    @property
    def private(self) -> FileSystemStorage:
        return FileSystemStorage(location=settings.PRIVATE_ROOT)

    def path(self, name: str) -> str:
        return self.private.path(name) if _is_private(name) else super().path(name)

    def url(self, name: str | None) -> str:
        if name is not None and _is_private(name):
            raise NotImplementedError("A document has the address of its view: Document.url.")
        return super().url(name)

    def _save(self, name: str, content: Any) -> str:
        storage: Any = self.private if _is_private(name) else super()
        return str(storage._save(name, content))


def _is_private(name: str) -> bool:
    return posixpath.normpath(str(name).replace("\\", "/")).split("/")[0] in PRIVATE_FOLDERS
