"""What an earlier release stored as it was sent is brought to what is stored today, once."""

import io
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Model
from PIL import Image as Pillow
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from foundation.checks import documents_are_private
from pages.uploads.pictures import PICTURES
from pages.uploads.stored import clean_uploads
from tests.pages.uploading import files
from tests.pictures import SCRIPT, TRACES, photo_with_gps
from tests.properties.factories import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "folders")]


def as_it_was_sent(row: Model, data: bytes, name: str) -> None:
    """Put a file where an earlier release did, unseen by what stores it today."""
    field = PICTURES[row._meta.label]
    getattr(row, field).delete(save=False)
    path = default_storage.save(name, ContentFile(data))
    type(row)._default_manager.filter(pk=row.pk).update(**{field: path})


def old_picture(data: bytes, name: str) -> Image:
    image = Image.objects.create(title="Vue", file=ContentFile(photo_with_gps(), name="a.jpg"))
    as_it_was_sent(image, data, name)
    return Image.objects.get(pk=image.pk)


def run(django_capture_on_commit_callbacks) -> tuple[int, int, list[tuple[str, str]]]:
    with django_capture_on_commit_callbacks(execute=True):
        cleaning = clean_uploads()
    return cleaning.pictures, cleaning.documents, cleaning.left


def traces(folder: Path) -> list[tuple[str, bytes]]:
    return [(name, trace) for name in files(folder) for trace in TRACES if trace in (folder / name).read_bytes()]


def test_stored_pictures_and_their_smaller_sizes_lose_their_metadata(folders, django_capture_on_commit_callbacks):
    image = old_picture(photo_with_gps(), "original_images/IMG_1.jpg")
    image.focal_point_x = image.focal_point_y = image.focal_point_width = image.focal_point_height = 10
    image.save()
    small = image.get_rendition("width-100")
    default_storage.delete(small.file.name)
    Rendition.objects.filter(pk=small.pk).update(
        file=default_storage.save("images/small.jpg", ContentFile(photo_with_gps()))
    )
    profile = UserProfile.get_for_user(get_user_model().objects.get(username="redaction"))
    profile.avatar = ContentFile(photo_with_gps(), name="me.jpg")
    profile.save()
    as_it_was_sent(profile, photo_with_gps(), "avatar_images/avatar_me.jpg")
    assert traces(folders / "media")
    assert run(django_capture_on_commit_callbacks) == (2, 0, [])
    assert traces(folders / "media") == []
    image.refresh_from_db()
    assert (image.width, image.height, image.focal_point_x) == (200, 400, None)
    assert image.file_size == len(image.file.open().read())
    assert not image.renditions.exists()
    assert Pillow.open(image.get_rendition("width-100").file.open()).size == (100, 200)
    profile.refresh_from_db()
    assert Pillow.open(profile.avatar.open()).format == "WEBP"


def test_a_second_run_changes_nothing(folders, django_capture_on_commit_callbacks):
    old_picture(photo_with_gps(), "original_images/IMG_1.jpg")
    Image.objects.create(title="Vue", file=ContentFile(photo_with_gps(), name="a.jpg"))
    # The same picture twice: its name is taken, and another is made from it.
    Image.objects.create(title="Vue", file=ContentFile(photo_with_gps(), name="a.jpg"))
    assert run(django_capture_on_commit_callbacks) == (1, 0, [])
    names = files(folders)
    assert run(django_capture_on_commit_callbacks) == (0, 0, [])
    assert files(folders) == names


def test_a_stored_svg_becomes_a_picture_of_itself(folders, django_capture_on_commit_callbacks):
    square = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="red"/>'
    image = old_picture(square + b"<script>alert(1)</script></svg>", "original_images/a.svg")
    assert run(django_capture_on_commit_callbacks) == (1, 0, [])
    image.refresh_from_db()
    drawn = Pillow.open(io.BytesIO(image.file.open().read()))
    assert (drawn.format, drawn.size, drawn.convert("RGB").getpixel((800, 400))) == ("WEBP", (1600, 800), (255, 0, 0))
    assert b"script" not in image.file.open().read()
    assert not [name for name in files(folders) if name.endswith("svg")]


@pytest.mark.parametrize("data", [b"no picture", SCRIPT[:40], photo_with_gps()[:9_00], b""])
def test_what_cannot_be_read_is_named_and_left_and_stops_no_other(folders, django_capture_on_commit_callbacks, data):
    bad = old_picture(data, "original_images/bad.svg")
    gone = old_picture(photo_with_gps(), "original_images/gone.jpg")
    default_storage.delete(gone.file.name)
    old_picture(photo_with_gps(), "original_images/good.jpg")
    pictures, _documents, left = run(django_capture_on_commit_callbacks)
    assert pictures == 1
    assert [name for name, _reason in left] == [bad.file.name, gone.file.name]
    assert all(reason for _name, reason in left)
    assert (folders / "media" / bad.file.name).read_bytes() == data
    with pytest.raises(CommandError):
        call_command("clean_uploads")


def misplaced(folders: Path, name: str, data: bytes) -> Path:
    path = folders / "media" / "documents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_documents_are_moved_into_private_and_served_as_before(client, folders, capsys):
    Document.objects.bulk_create([Document(title="Note", file="documents/note.pdf", collection_id=1)])
    misplaced(folders, "note.pdf", pdf_bytes())
    assert [message.id for message in documents_are_private()] == ["territory.W001"]
    call_command("clean_uploads")
    assert files(folders) == ["private/documents/note.pdf"]
    assert documents_are_private() == []
    assert b"".join(client.get(Document.objects.get().url).streaming_content) == pdf_bytes()
    assert "1" in capsys.readouterr().out


def test_a_picture_that_waits_for_its_title_is_moved_and_encoded(folders, django_capture_on_commit_callbacks):
    kind = ContentType.objects.get_for_model(Image)
    [waiting] = UploadedFile.objects.bulk_create([UploadedFile(for_content_type=kind, file="wagtail_uploads/a.jpg")])
    path = folders / "media" / "wagtail_uploads" / "a.jpg"
    path.parent.mkdir(parents=True)
    path.write_bytes(photo_with_gps())
    assert [message.id for message in documents_are_private()] == ["territory.W001"]
    assert run(django_capture_on_commit_callbacks) == (1, 1, [])
    waiting.refresh_from_db()
    assert files(folders) == [f"private/{waiting.file.name}"]
    assert traces(folders) == []
    assert run(django_capture_on_commit_callbacks) == (0, 0, [])


def test_a_move_that_was_cut_short_is_finished(folders):
    misplaced(folders, "note.pdf", pdf_bytes())
    private = folders / "private" / "documents"
    private.mkdir(parents=True)
    (private / "note.pdf").write_bytes(pdf_bytes())
    (private / ".note.pdf.partial").write_bytes(pdf_bytes()[:10])
    assert clean_uploads().left == []
    assert (private / "note.pdf").read_bytes() == pdf_bytes()
    assert not (folders / "media" / "documents" / "note.pdf").exists()


def test_a_document_of_the_same_name_is_not_overwritten(folders):
    source = misplaced(folders, "note.pdf", pdf_bytes())
    other = folders / "private" / "documents" / "note.pdf"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"another")
    [(name, reason)] = clean_uploads().left
    assert (name, bool(reason)) == (str(source), True)
    assert (source.read_bytes(), other.read_bytes()) == (pdf_bytes(), b"another")


@pytest.mark.parametrize("inside", ["media", "media/private", "."])
def test_a_private_folder_among_public_ones_is_an_error(folders, settings, inside):
    settings.PRIVATE_ROOT = str(folders / inside)
    assert [message.id for message in documents_are_private()] == ["territory.E001"]
