"""Pictures that editors upload are stored as pictures alone: no metadata, no script, whatever sends them."""

import io

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.images.models import Image
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from foundation.uploads.contents import UploadError
from foundation.uploads.pictures import page_picture
from pages.uploads.pictures import PICTURES
from tests.pages.uploading import DOORS, files, refused, send, send_several
from tests.pictures import (
    TRACES,
    bomb,
    moving,
    photo_with_gps,
    svgs,
    two_pictures_in_a_jpeg,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "folders")]

ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
UPSIDE = (200, 400)


def assert_nothing_but_the_picture(data: bytes) -> None:
    opened = Pillow.open(io.BytesIO(data))
    assert opened.format == "WEBP"
    assert dict(opened.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile", "comment"} & opened.info.keys()
    assert [trace for trace in TRACES if trace in data] == []


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_stored_picture_and_its_smaller_sizes_hold_no_metadata(editor, folders, door, image_format):
    sent = photo_with_gps(image_format)
    assert dict(Pillow.open(io.BytesIO(sent)).getexif().get_ifd(0x8825))[1] == "N", "the test's own photo has a GPS"
    assert door(editor, f"94 rue Secrete.{ENDINGS[image_format]}", sent).status_code in (200, 302)
    image = Image.objects.get()
    small = image.get_rendition("fill-100x100")
    for stored in (image.file, small.file):
        assert_nothing_but_the_picture(stored.open().read())
        assert "ecret" not in stored.name
    assert (image.width, image.height) == Pillow.open(image.file.open()).size == UPSIDE
    assert image.file_size == len(image.file.open().read())
    assert image.file_hash == image.get_file_hash()
    # The left half was red; turned clockwise it is the upper one.
    pixels = Pillow.open(image.file.open()).convert("RGB").getchannel("G")
    assert pixels.getpixel((100, 100)) < 60
    assert pixels.getpixel((100, 300)) > 200
    assert all(name.startswith(("media/original_images/", "media/images/")) for name in files(folders))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("dress", list(svgs()))
@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_a_script_in_svg_is_refused_in_words_and_leaves_nothing(editor, folders, door, dress, name):
    response = door(editor, name, svgs()[dress])
    assert not Image.objects.exists()
    assert files(folders) == []
    assert "SVG" in refused(response)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.webp", moving("WEBP"), "animée"),
        ("a.png", moving("PNG"), "Ce n’est pas une image"),
        ("a.jpg", photo_with_gps(size=(800, 600))[:9_000], "abîmée"),
        ("a.png", bomb(), "trop de pixels"),
        ("a.png", bomb(8_000), "trop de pixels"),
        ("a.jpg", photo_with_gps() + b"\0" * (21 * 1024 * 1024), "trop"),
    ],
    ids=["moving webp", "moving png", "cut short", "bomb", "small bomb", "heavy"],
)
def test_a_picture_that_cannot_be_taken_is_refused_in_words(editor, folders, door, name, data, words):
    response = door(editor, name, data)
    assert not Image.objects.exists()
    assert files(folders) == []
    assert words in refused(response)


def test_a_phones_two_pictures_in_one_jpeg_are_its_first(editor):
    send(editor, "a.jpg", two_pictures_in_a_jpeg())
    image = Image.objects.get()
    assert (image.width, image.height) == UPSIDE


def test_a_new_file_for_a_picture_is_encoded_and_the_former_one_is_gone(editor, folders):
    send(editor, "a.jpg", photo_with_gps())
    image = Image.objects.get()
    former = image.file.name
    fields = {"title": "Autre", "tags": "", "collection": image.collection_id}
    fields |= {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    file = SimpleUploadedFile("b.png", photo_with_gps("PNG", (100, 40)))
    editor.post(reverse("wagtailimages:edit", args=[image.pk]), fields | {"file": file})
    image.refresh_from_db()
    assert (image.title, image.width, image.height) == ("Autre", 40, 100)
    assert_nothing_but_the_picture(image.file.open().read())
    assert not default_storage.exists(former)
    name = image.file.name
    editor.post(reverse("wagtailimages:edit", args=[image.pk]), fields | {"title": "Le titre seul"})
    image.refresh_from_db()
    assert (image.title, image.file.name) == ("Le titre seul", name)


def test_what_code_stores_without_a_form_is_encoded_too():
    image = Image.objects.create(title="Vue", file=ContentFile(photo_with_gps(), name="a.jpg"))
    assert_nothing_but_the_picture(image.file.open().read())
    with pytest.raises(UploadError):
        Image.objects.create(title="Vue", file=ContentFile(svgs()["plain"], name="a.png"))
    assert Image.objects.count() == 1


def test_a_name_that_a_sender_chose_lets_nothing_through():
    sent = photo_with_gps("WEBP")
    image = Image.objects.create(title="Vue", file=ContentFile(sent, name=page_picture(sent).name))
    assert_nothing_but_the_picture(image.file.open().read())


@pytest.mark.parametrize("size", [(400, 200), (1200, 800)])
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_profile_picture_holds_no_metadata(editor, folders, size, image_format):
    file = SimpleUploadedFile(f"Secret.{ENDINGS[image_format]}", photo_with_gps(image_format, size))
    profile = {"avatar-avatar": file, "theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    user = get_user_model().objects.get(username="redaction")
    names = {"name_email-first_name": "Ré", "name_email-last_name": "Daction", "name_email-email": "r@example.org"}
    locale = {"locale-preferred_language": "fr", "locale-current_time_zone": "Europe/Paris"}
    response = editor.post(reverse("wagtailadmin_account"), profile | names | locale)
    assert response.status_code == 302
    avatar = UserProfile.objects.get(user=user).avatar
    assert_nothing_but_the_picture(avatar.open().read())
    assert len(files(folders)) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (svgs()["plain"], "SVG"),
        (moving("WEBP"), "animée"),
        (bomb(), "trop de pixels"),
        (photo_with_gps(size=(800, 600))[:9_000], "abîmée"),
    ],
    ids=["svg", "moving", "bomb", "cut short"],
)
def test_a_profile_picture_that_cannot_be_taken_is_refused_in_words(editor, folders, data, words):
    response = editor.post(reverse("wagtailadmin_account"), {"avatar-avatar": SimpleUploadedFile("a.webp", data)})
    assert response.status_code == 200
    assert words in refused(response)
    assert files(folders) == []


def test_every_field_that_stores_a_file_is_known():
    """A release of Wagtail, or an app of ours, that stores files elsewhere is noticed."""
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField)
    }
    encoded = {*PICTURES.items(), ("wagtailcore.UploadedFile", "file"), ("wagtailimages.Rendition", "file")}
    listings = {("properties.Media", "file"), ("properties.Media", "small")}
    assert found == encoded | listings | {("wagtaildocs.Document", "file")}


def test_a_picture_whose_title_is_refused_waits_in_private_without_metadata(editor, folders):
    response = send_several(editor, "a.jpg", photo_with_gps(), title="x" * 300)
    [waiting] = UploadedFile.objects.all()
    assert files(folders) == [f"private/{waiting.file.name}"]
    assert_nothing_but_the_picture(waiting.file.open().read())
    prefix = f"uploaded-image-{waiting.pk}"
    fields = {
        f"{prefix}-title": "Vue",
        f"{prefix}-tags": "",
        f"{prefix}-collection": Collection.get_first_root_node().pk,
    }
    fields |= {f"{prefix}-focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[response.json()["uploaded_file_id"]])
    assert editor.post(address, fields).json()["success"]
    image = Image.objects.get()
    assert_nothing_but_the_picture(image.file.open().read())
    assert (image.title, image.width, image.height) == ("Vue", *UPSIDE)
    assert files(folders / "private") == []
