"""Uploads that an earlier release stored as they were sent: brought to what is stored today, again and again."""

import filecmp
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import resvg_py
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import UploadedFile

from foundation.uploads.contents import UploadError, is_markup
from foundation.uploads.pictures import is_encoded_here
from foundation.uploads.storage import PRIVATE_FOLDERS
from pages.uploads.pictures import PICTURES, encoded, replace_picture

# How wide a stored SVG is drawn, px.
_DRAWN_PX = 1600


@dataclass(slots=True)
class Cleaning:
    """How many pictures were encoded anew and documents moved; (file, reason) of each that could not be."""

    pictures: int = 0
    documents: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)


def clean_uploads() -> Cleaning:
    """Encode every stored picture that was not encoded here, move documents out of the public folder.

    A second run finds nothing to do; one that is killed is run again.
    """
    cleaning = Cleaning()
    for source, target in _misplaced():
        _move(source, target, cleaning)
    for rows, name in _pictures():
        for key in rows.exclude(**{name: ""}).order_by("pk").values_list("pk", flat=True):
            _clean_picture(rows, key, name, cleaning)
    return cleaning


def _pictures() -> Iterator[tuple[Any, str]]:
    """Rows that have a picture, with its field; those that wait for a title among them."""
    for label, name in PICTURES.items():
        model = apps.get_model(label)
        yield model._default_manager.all(), name
        yield UploadedFile.objects.filter(for_content_type=ContentType.objects.get_for_model(model)), "file"


@transaction.atomic
def _clean_picture(rows: Any, key: int, name: str, cleaning: Cleaning) -> None:
    row = rows.select_for_update().filter(pk=key).first()
    if row is None:
        return
    file = getattr(row, name)
    storage, stored = file.storage, file.name
    try:
        with storage.open(stored) as opened:
            data = opened.read()
        if is_encoded_here(stored, data):
            return
        replace_picture(row, name, encoded(ContentFile(_drawn(data) if is_markup(data) else data)))
    except FileNotFoundError:
        cleaning.left.append((stored, _("The file is not there.")))
        return
    except UploadError as error:
        cleaning.left.append((stored, str(error)))
        return
    if hasattr(row, "renditions"):
        # The smaller sizes were made from the former file, metadata included; a page makes them again.
        row.focal_point_x = row.focal_point_y = row.focal_point_width = row.focal_point_height = None
        former = [stored, *row.renditions.values_list("file", flat=True)]
        row.renditions.all().delete()
    else:
        former = [stored]
    row.save()
    cleaning.pictures += 1
    transaction.on_commit(lambda: _delete(storage, former))


def _delete(storage: Storage, names: list[str]) -> None:
    for name in names:
        storage.delete(name)


def _drawn(data: bytes) -> bytes:
    """A stored SVG as PNG: drawn without running anything of it. Raises `UploadError`."""
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=data.decode(), width=_DRAWN_PX))
    except ValueError as error:
        raise UploadError(_("This drawing cannot be read.")) from error


def _misplaced() -> Iterator[tuple[Path, Path]]:
    """Each document in the public folder, and its place in the private one."""
    public, private = Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)
    for folder in sorted(PRIVATE_FOLDERS):
        for source in sorted((public / folder).rglob("*")):
            if source.is_file():
                yield source, private / source.relative_to(public)


def _move(source: Path, target: Path, cleaning: Cleaning) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not filecmp.cmp(source, target, shallow=False):
        cleaning.left.append((str(source), _("Another document has this name in the private folder.")))
        return
    if not target.exists():
        # Copied beside its place first: the folders may be on two disks, and a copy may be cut short.
        partial = target.with_name(f".{target.name}.partial")
        shutil.copy2(source, partial)
        os.replace(partial, target)
        cleaning.documents += 1
    source.unlink()
