"""Uploaded pictures, decoded whole and encoded anew: upright, in sRGB, without anything but the picture. Pure."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from foundation.uploads.contents import MEGABYTE, UploadError, content_type

LARGEST_IMAGE = 20 * MEGABYTE
# Decoded, a picture takes 3 bytes a pixel, and 8 while one that has transparency is made small: 400 MB for a moment.
# Phones take up to 50 million pixels.
MOST_PIXELS = 50_000_000
# The longest side of a picture in a page (4K, for the editors to cut from), of a listing's photo, of its thumbnail.
PAGE_PX = 3840
LARGE_PX = 2400
SMALL_PX = 640
_READ = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/avif": "AVIF"}
IMAGES = tuple(_READ)
_ALPHA = ("RGBA", "LA", "PA")
# Drawings have flat colours and sharp edges: a tenth larger, a third of the time of the densest encoding.
_LOSSLESS = {"lossless": True, "quality": 30, "method": 1}
# What decoders raise on bytes that are not what their first ones promise.
_UNREADABLE = (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError)


@dataclass(frozen=True)
class Picture:
    """A WebP image: its bytes, width and height in px."""

    data: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """A file name made of the content: nothing of the sender's, and proof of what was encoded here."""
        return f"{_digest(self.data)}.webp"


def renditions(data: bytes) -> tuple[Picture, Picture]:
    """A listing's picture and its thumbnail, on white where it was transparent. Raises `UploadError`, as `decode`."""
    image, _kind = decode(data, LARGE_PX)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return _encode(image, LARGE_PX, quality=82), _encode(image, SMALL_PX, quality=82)


def page_picture(data: bytes) -> Picture:
    """The picture to store for a page; a PNG keeps its every shade. Raises `UploadError`, as `decode`."""
    image, kind = decode(data, PAGE_PX)
    return _encode(image, PAGE_PX, **(_LOSSLESS if kind == "PNG" else {"quality": 88}))


def is_encoded_here(name: str, data: bytes) -> bool:
    """Whether a stored file is, byte for byte, a `Picture` stored under its own name."""
    return _digest(data) in PurePosixPath(name).name


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def decode(data: bytes, longest: int) -> tuple[Image.Image, str]:
    """The pixels, no side longer than `longest` px, in RGB or RGBA, and the format they came in.

    Raises `UploadError` for anything but one still JPEG, PNG, WebP or AVIF image, for one that is too large, and for
    one that cannot be decoded to its end.
    """
    kind = content_type(data)
    if kind not in _READ:
        raise UploadError(_("This is not an image: give a JPEG, PNG, WebP or AVIF file."))
    if len(data) > LARGEST_IMAGE:
        raise UploadError(_("This image is too large: at most %(size)s MB.") % {"size": LARGEST_IMAGE // MEGABYTE})
    try:
        return _pixels(data, _READ[kind], longest), _READ[kind]
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except _UNREADABLE as error:
        if isinstance(error, UploadError):
            raise
        raise UploadError(_("This image is damaged: it cannot be read to its end.")) from None


def _pixels(data: bytes, image_format: str, longest: int) -> Image.Image:
    with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=[image_format]) as source:
        # Below our own limit, which is checked before anything is decoded.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        if source.width * source.height > MOST_PIXELS:
            raise _too_many_pixels()
        # Phones put a second picture behind the first of a JPEG: a map of brightness, or the other eye's.
        if image_format != "JPEG" and getattr(source, "is_animated", False):
            raise UploadError(_("This image moves: give a still one."))
        # A JPEG decodes straight to about the size that is kept.
        source.draft("RGB", (longest, longest))
        profile = source.info.get("icc_profile")
        # Made small before anything copies it; a palette and bits have no shades to make small from.
        image: Image.Image = _shaded(source)
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
        mode = "RGBA" if upright.mode in _ALPHA else "RGB"
        if profile and upright.mode in ("RGB", "RGBA", "CMYK"):
            upright = _in_srgb(upright, profile, mode)
        # A new image: nothing of what came with the first one is carried over.
        clean = Image.new(mode, upright.size)
        clean.paste(upright.convert(mode))
        return clean


def _too_many_pixels() -> UploadError:
    words = _("This image has too many pixels: at most %(number)s million.")
    return UploadError(words % {"number": MOST_PIXELS // 1_000_000})


def _shaded(image: Image.Image) -> Image.Image:
    if image.mode == "P":
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I"):  # 16 bits of grey: the upper 8 are kept
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """The colours as their profile means them; a profile that cannot be used is ignored, as browsers do."""
    try:
        meant = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return meant or image


def _encode(image: Image.Image, longest: int, **options: Any) -> Picture:
    sized = image.copy()
    sized.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    sized.save(out, "WEBP", **options)
    return Picture(out.getvalue(), sized.width, sized.height)
