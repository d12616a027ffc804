"""Uploaded pictures, fully decoded and re-encoded: upright, in sRGB, stripped of metadata. Pure."""

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
# A decoded picture takes 3 bytes a pixel, and 8 while a transparent one is resized: a peak of 400 MB. Phones take up to
# 50 million pixels.
MOST_PIXELS = 50_000_000
# Longest side in px of a page picture (4K, for editors to crop), a listing photo, its thumbnail.
PAGE_PX = 3840
LARGE_PX = 2400
SMALL_PX = 640
_READ = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/avif": "AVIF"}
IMAGES = tuple(_READ)
_ALPHA = ("RGBA", "LA", "PA")
# Lossless for drawings (flat colours, sharp edges): a tenth larger than the densest encoding, in a third of its time.
_LOSSLESS = {"lossless": True, "quality": 30, "method": 1}
# Errors raised by decoders on corrupt bytes.
_UNREADABLE = (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError)


@dataclass(frozen=True)
class Picture:
    """A WebP image: its bytes, width and height in px."""

    data: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """Content-addressed file name: nothing of the sender's, and proof of encoding here."""
        return f"{_digest(self.data)}.webp"


def renditions(data: bytes) -> tuple[Picture, Picture]:
    """Return a listing's picture and its thumbnail, transparency on white. Raises `UploadError`, as `decode`."""
    image, _kind = decode(data, LARGE_PX)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return _encode(image, LARGE_PX, quality=82), _encode(image, SMALL_PX, quality=82)


def page_picture(data: bytes) -> Picture:
    """Return the picture to store for a page, lossless for a PNG. Raises `UploadError`, as `decode`."""
    image, kind = decode(data, PAGE_PX)
    return _encode(image, PAGE_PX, **(_LOSSLESS if kind == "PNG" else {"quality": 88}))


def is_encoded_here(name: str, data: bytes) -> bool:
    """Return True when a stored file is, byte for byte, a `Picture` under its own name."""
    return _digest(data) in PurePosixPath(name).name


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def decode(data: bytes, longest: int) -> tuple[Image.Image, str]:
    """Return the pixels in RGB or RGBA, no side longer than `longest` px, and the source format.

    Raises `UploadError` for anything but a still JPEG, PNG, WebP or AVIF image, for a file too large, and for an image
    not decodable to its end.
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
        # Pillow's warning is redundant: our own limit applies below, before any decoding.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        if source.width * source.height > MOST_PIXELS:
            raise _too_many_pixels()
        # Multi-frame JPEGs pass: phones append a gain map or a stereo picture.
        if image_format != "JPEG" and getattr(source, "is_animated", False):
            raise UploadError(_("This image moves: give a still one."))
        # DCT scaling: a JPEG decodes directly to about the final size.
        source.draft("RGB", (longest, longest))
        profile = source.info.get("icc_profile")
        # Resized before any copy, to save memory; palette and 1-bit images need shades to resize.
        image: Image.Image = _shaded(source)
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
        mode = "RGBA" if upright.mode in _ALPHA else "RGB"
        if profile and upright.mode in ("RGB", "RGBA", "CMYK"):
            upright = _in_srgb(upright, profile, mode)
        # A new image drops all metadata of the upload.
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
    """Convert to sRGB from the embedded profile; an unusable profile is ignored, as in browsers."""
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
