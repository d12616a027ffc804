"""A picture is decoded whole and encoded anew: its colours, its edges, its size."""

import io

import pytest
from PIL import Image, ImageCms

from foundation.uploads.pictures import page_picture
from tests.pictures import half_red, photo_with_gps


# Red and green change places: a profile that nobody would overlook.
def swapped_profile() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ", 128), profile.index(b"gXYZ", 128)
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize(("image_format", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA")])
def test_colours_are_those_that_the_profile_means(image_format, mode):
    out = io.BytesIO()
    Image.new(mode, (30, 30), "red").save(out, image_format, icc_profile=swapped_profile())
    red, green, blue = Image.open(io.BytesIO(page_picture(out.getvalue()).data)).convert("RGB").getpixel((15, 15))
    assert (red < 40, green > 215, blue < 40) == (True, True, True)


def test_a_drawing_keeps_its_every_shade_and_its_transparency():
    drawing = half_red((60, 40), "RGBA")
    drawing.putpixel((50, 20), (1, 2, 3, 90))
    drawing.putpixel((51, 20), (200, 201, 202, 255))
    out = io.BytesIO()
    drawing.save(out, "PNG")
    stored = Image.open(io.BytesIO(page_picture(out.getvalue()).data))
    assert stored.mode == "RGBA"
    assert list(stored.getdata()) == list(drawing.getdata())


def test_a_picture_is_at_most_as_large_as_a_screen():
    picture = page_picture(photo_with_gps(size=(6_000, 1_000)))
    assert (picture.width, picture.height) == (640, 3_840)
