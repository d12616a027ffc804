"""Uploaded bytes, checked by their content, and re-encoded without anything that is not the picture. Pure."""

import io
import warnings
from dataclasses import dataclass

import filetype
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MEGABYTE = 1024 * 1024
LARGEST_IMAGE = 20 * MEGABYTE
LARGEST_PDF = 20 * MEGABYTE
# Decoded, a picture takes 3 bytes a pixel, and 8 while one that has transparency is made small: 400 MB for a moment.
# Phones take up to 50 million pixels.
MOST_PIXELS = 50_000_000
LARGE_PX = 2400
SMALL_PX = 640
_QUALITY = 82
_READ = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"
IMAGES = tuple(_READ)
# What decoders raise on bytes that are not what their first ones promise.
_UNREADABLE = (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, Image.DecompressionBombError)


class BadFile(ValueError):
    """A file that cannot be taken; the message is for who sent it."""


@dataclass(frozen=True)
class Picture:
    """A WebP image: its bytes, width and height in px."""

    data: bytes
    width: int
    height: int


def content_type(data: bytes) -> str:
    """The type that the first bytes show, whatever the file is called; empty when unknown. Raises `BadFile` on none."""
    if not data:
        raise BadFile(_("The file is empty."))
    return filetype.guess_mime(data) or ""


def renditions(data: bytes) -> tuple[Picture, Picture]:
    """The picture and its small rendition: upright, in sRGB, without EXIF, position or any other metadata.

    Raises `BadFile` for what is not a JPEG, PNG or WebP image, is too large or cannot be decoded whole.
    """
    kind = content_type(data)
    if kind not in _READ:
        raise BadFile(_("This is not an image: give a JPEG, PNG or WebP file."))
    if len(data) > LARGEST_IMAGE:
        raise BadFile(_("This image is too large: at most %(size)s MB.") % {"size": LARGEST_IMAGE // MEGABYTE})
    try:
        large = _pixels(data, _READ[kind])
    except _UNREADABLE as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(_("This image is damaged: it cannot be read to its end.")) from None
    return _encoded(large, LARGE_PX), _encoded(large, SMALL_PX)


def checked_pdf(data: bytes) -> bytes:
    """The bytes of a PDF. Raises `BadFile` for anything else, one that is cut short, or one that is too large."""
    if content_type(data) != PDF:
        raise BadFile(_("This is not a PDF file."))
    if len(data) > LARGEST_PDF:
        raise BadFile(_("This file is too large: at most %(size)s MB.") % {"size": LARGEST_PDF // MEGABYTE})
    if b"%%EOF" not in data[-2048:]:
        raise BadFile(_("This PDF file is damaged: its end is missing."))
    return data


def _pixels(data: bytes, image_format: str) -> Image.Image:
    with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=[image_format]) as source:
        # Below our own limit, which is checked before anything is decoded.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        if source.width * source.height > MOST_PIXELS:
            raise BadFile(
                _("This image has too many pixels: at most %(number)s million.") % {"number": MOST_PIXELS // 1_000_000}
            )
        # A JPEG decodes straight to about the size that is kept.
        source.draft("RGB", (LARGE_PX, LARGE_PX))
        profile = source.info.get("icc_profile")
        # Made small before anything copies it; a palette and bits have no shades to make small from.
        image: Image.Image = _shaded(source)
        image.thumbnail((LARGE_PX, LARGE_PX), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA"):
            over = upright.convert("RGBA")
            upright = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
        elif profile and upright.mode in ("RGB", "CMYK"):
            upright = _in_srgb(upright, profile)
        # A new image: nothing of what came with the first one is carried over.
        clean = Image.new("RGB", upright.size)
        clean.paste(upright.convert("RGB"))
        return clean


def _shaded(image: Image.Image) -> Image.Image:
    if image.mode == "P":
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I"):  # 16 bits of grey: the upper 8 are kept
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours as their profile means them; a profile that cannot be used is ignored, as browsers do."""
    try:
        meant = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return meant or image


def _encoded(image: Image.Image, longest: int) -> Picture:
    sized = image.copy()
    sized.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    sized.save(out, "WEBP", quality=_QUALITY)
    return Picture(out.getvalue(), sized.width, sized.height)
