"""Photos, plans and brochure: what is stored holds the picture and nothing else; what is refused leaves no trace."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from foundation.uploads import pictures
from foundation.uploads.contents import UploadError
from properties import media
from properties.choices import MediaKind
from properties.models import Change, Media, Property
from tests.examples import examples
from tests.pictures import TRACES, bomb, moving, photo_with_gps, svgs, two_pictures_in_a_jpeg
from tests.properties.factories import make_property, pdf_bytes, photo_bytes
from tests.territory.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

WORDS = {"alt_fr": "La halle vue de la cour", "alt_en": "The hall seen from the yard", "credit": "EPT"}


@pytest.fixture
def known():
    return make_property()


def stored():
    """The names of every file of the storage under the premises' folder."""
    return set(default_storage.listdir("premises")[1]) if default_storage.exists("premises") else set()


def add(known, data, kind=MediaKind.PHOTO, name="IMG_0001.jpg", **words):
    upload = SimpleUploadedFile(name, data)
    return media.add_medium(instance=known, kind=kind, upload=upload, words=WORDS | words)


def green(made, at):
    return Image.open(made.file.open()).convert("RGB").getchannel("G").getpixel(at)


def test_nothing_but_the_picture_is_stored_and_it_is_upright(known):
    original = photo_with_gps()
    assert dict(Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825))[1] == "N", "the test's own photo has a GPS"
    made = add(known, original)
    for file in (made.file, made.small):
        data = file.open().read()
        image = Image.open(io.BytesIO(data))
        assert image.format == "WEBP"
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
        for trace in TRACES:
            assert trace not in data, trace
    assert Image.open(made.file.open()).size == (made.width, made.height) == (200, 400)
    # The left half was red; turned clockwise it is the upper one.
    assert green(made, (100, 100)) < 60
    assert green(made, (100, 300)) > 200


def test_a_photo_is_made_small_enough_for_a_page(known):
    made = add(known, photo_bytes(5000, 1000))
    assert (made.width, made.height, made.small_width, made.small_height) == (2400, 480, 640, 128)
    small = add(known, photo_bytes(300, 200))
    assert (small.width, small.small_width) == (300, 300), "never enlarged"


MODES = {
    "JPEG": ("RGB", "L", "CMYK", "1"),
    "PNG": ("RGB", "RGBA", "L", "LA", "P", "1", "I;16"),
    "WEBP": ("RGB", "RGBA"),
    "AVIF": ("RGB", "RGBA"),
}


@pytest.mark.parametrize(("image_format", "mode"), [(name, mode) for name, modes in MODES.items() for mode in modes])
def test_every_usual_image_is_read(image_format, mode):
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, image_format)
    large, _small = pictures.renditions(out.getvalue())
    assert (large.width, large.height) == (40, 30)


def test_sixteen_bits_of_grey_keep_their_shades():
    out = io.BytesIO()
    Image.new("I;16", (40, 30), 32_768).save(out, "PNG")
    grey = Image.open(io.BytesIO(pictures.renditions(out.getvalue())[0].data)).convert("L").getpixel((20, 15))
    assert 120 < int(str(grey)) < 136


def test_colours_stay_as_their_profile_means_them(known):
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (50, 50), (200, 40, 40)).save(out, "PNG", icc_profile=profile)
    assert abs(green(add(known, out.getvalue()), (25, 25)) - 40) < 8
    broken = io.BytesIO()
    Image.new("RGB", (50, 50), (200, 40, 40)).save(broken, "JPEG", icc_profile=b"no profile")
    assert add(known, broken.getvalue()).width == 50


def test_a_name_says_nothing_and_is_not_guessed(known):
    names = {add(known, photo_bytes(), name="94 rue Secrete.jpg").file.name for _ in range(3)}
    assert len(names) == 3
    for name in names:
        assert "ecret" not in name
        assert known.reference not in name
        assert len(name.removeprefix("premises/").removesuffix(".webp")) >= 32


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (MediaKind.PHOTO, b""),
        (MediaKind.PHOTO, b"<html><script>alert(1)</script></html>"),
        (MediaKind.PHOTO, b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        (MediaKind.PHOTO, b"GIF89a" + b"\0" * 50),
        (MediaKind.PHOTO, b"%PDF-1.7\n%%EOF"),
        (MediaKind.PHOTO, photo_bytes(800, 600)[:3000]),
        (MediaKind.PHOTO, b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
        (MediaKind.PHOTO, bomb()),
        (MediaKind.PHOTO, moving("WEBP")),
        (MediaKind.PLAN, moving("PNG")),
        (MediaKind.PHOTO, photo_bytes() + b"\0" * (21 * 1024 * 1024)),
        (MediaKind.PLAN, b"PK\x03\x04" + b"\0" * 100),
        (MediaKind.PLAN, b"%PDF-1.7 cut short"),
        (MediaKind.BROCHURE, photo_bytes()),
        (MediaKind.BROCHURE, b""),
        (MediaKind.BROCHURE, pdf_bytes() + b"\0" * (20 * 1024 * 1024)),
    ],
    ids=range(16),
)
def test_a_file_that_cannot_be_taken_leaves_nothing(known, kind, data):
    before, files = Property.objects.get().updated_at, stored()
    with pytest.raises(ValidationError) as refused:
        add(known, data, kind, name="photo.jpg")
    assert refused.value.message_dict.keys() == {"file"}
    assert not Media.objects.exists()
    assert not Change.objects.exists()
    assert stored() == files
    assert Property.objects.get().updated_at == before


@pytest.mark.parametrize("dress", list(svgs()))
@pytest.mark.parametrize("kind", [MediaKind.PHOTO, MediaKind.PLAN, MediaKind.BROCHURE])
def test_a_script_in_svg_is_refused_in_words_whatever_its_name(known, kind, dress):
    files = stored()
    for name in ("a.svg", "a.png", "a.pdf"):
        with pytest.raises(ValidationError) as refused:
            add(known, svgs()[dress], kind, name=name)
        assert "SVG" in refused.value.message_dict["file"][0]
    assert not Media.objects.exists()
    assert stored() == files


def test_a_phones_two_pictures_in_one_jpeg_are_its_first(known):
    made = add(known, two_pictures_in_a_jpeg())
    assert (made.width, made.height) == (200, 400)


@pytest.mark.parametrize("missing", ["alt_fr", "alt_en"])
def test_a_photo_says_what_it_shows_in_both_languages(known, missing):
    files = stored()
    with pytest.raises(ValidationError):
        add(known, photo_bytes(), **{missing: "  "})
    assert not Media.objects.exists()
    assert stored() == files, "its file was taken back"
    assert add(known, photo_bytes(), MediaKind.PLAN, alt_fr="", alt_en="").is_image()


def test_plans_are_images_or_pdf_and_there_is_one_brochure(known):
    drawn, printed = add(known, photo_bytes(), MediaKind.PLAN), add(known, pdf_bytes(), MediaKind.PLAN)
    brochure = add(known, pdf_bytes(), MediaKind.BROCHURE)
    assert (drawn.is_image(), printed.is_image(), bool(printed.small)) == (True, False, False)
    assert printed.file.open().read() == pdf_bytes()
    found = Property.objects.prefetch_related("media").get()
    assert (found.photos, found.plans, found.brochure) == ([], [drawn, printed], brochure)
    files = stored()
    with pytest.raises(ValidationError):
        add(known, pdf_bytes(), MediaKind.BROCHURE)
    assert Media.objects.count() == 3
    assert stored() == files


def test_accessors_read_what_was_prefetched(known, django_assert_num_queries):
    photo = add(known, photo_bytes())
    found = Property.objects.prefetch_related("media").get()
    with django_assert_num_queries(0):
        assert (found.photos, found.plans, found.brochure) == ([photo], [], None)


def test_there_is_a_limit_to_photos(known, monkeypatch):
    monkeypatch.setitem(media.MOST, MediaKind.PHOTO, 2)
    add(known, photo_bytes())
    add(known, photo_bytes())
    files = stored()
    with pytest.raises(ValidationError):
        add(known, photo_bytes())
    assert Media.objects.count() == 2
    assert stored() == files


def test_files_go_with_their_row_once_that_is_committed(known, django_capture_on_commit_callbacks):
    made = add(known, photo_bytes())
    names = (made.file.name, made.small.name)
    with django_capture_on_commit_callbacks(execute=True):
        media.remove_medium(medium=made)
        assert all(default_storage.exists(name) for name in names), "a rollback could still bring the row back"
    assert not any(default_storage.exists(name) for name in names)
    made = add(known, photo_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        known.delete()
    assert not default_storage.exists(made.file.name)


def test_order_is_kept_and_strangers_are_ignored(known):
    first, second, third = (add(known, photo_bytes(), alt_fr=f"Photo {n}") for n in range(3))
    other = add(make_property(), photo_bytes())
    media.order_media(instance=known, ids=[third.pk, other.pk, first.pk, third.pk])
    assert list(known.media.all()) == [third, first, second]
    other.refresh_from_db()
    assert other.position == 1


def test_words_are_changed_and_a_photo_does_not_lose_them(known):
    made = add(known, photo_bytes())
    media.describe_medium(medium=made, words={"alt_fr": "La cour", "alt_en": "The yard", "credit": ""})
    with pytest.raises(ValidationError):
        media.describe_medium(medium=made, words={"alt_fr": "", "alt_en": "x", "credit": ""})
    made.refresh_from_db()
    assert (made.alt["fr"], made.alt["en"], made.credit) == ("La cour", "The yard", "")


def test_each_change_is_logged_and_told_and_leaves_the_version(known, told):
    user = User.objects.get(pk=UserFactory().pk)
    made = media.add_medium(
        instance=known,
        kind=MediaKind.PHOTO,
        upload=SimpleUploadedFile("a.jpg", photo_bytes()),
        words=WORDS,
        user=user,
    )
    change = Change.objects.get()
    assert (change.user, change.door, change.version) == (user, "form", 1)
    assert change.fields == {
        "media": ["", "photo | La halle vue de la cour | The hall seen from the yard | EPT"],
    }
    assert told == [[known.pk]]
    media.describe_medium(medium=made, words=WORDS)
    assert Change.objects.count() == 1, "nothing changed"
    assert Property.objects.get().version == 1


@given(st.binary(max_size=400))
@settings(max_examples=examples(60), deadline=None)
def test_any_bytes_are_a_picture_or_a_message(data):
    for start in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "):
        try:
            large, small = pictures.renditions(start + data)
        except UploadError:
            continue
        assert large.width >= small.width > 0
