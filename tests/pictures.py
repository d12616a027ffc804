"""Pictures as phones, cameras and attackers send them."""

import gzip
import io
from functools import cache

from PIL import Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import IFDRational

# What must be found in no stored file.
TRACES = (b"EXIF", b"Exif", b"XMP", b"PhoneMaker", b"Secret", b"ICCP", b"ICC_PROFILE", b"script")
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def phone_exif() -> Image.Exif:
    """Turned by a quarter, with its maker and its place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825).update(
        {
            1: "N",
            2: (IFDRational(48), IFDRational(47), IFDRational(15)),
            3: "E",
            4: (IFDRational(2), IFDRational(23), IFDRational(34)),
        }
    )
    return exif


def half_red(size: tuple[int, int] = (400, 200), mode: str = "RGB") -> Image.Image:
    """White, its left half red."""
    image = Image.new(mode, size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill="red")
    return image


@cache  # a profile is dated: two of them differ by the second
def photo_with_gps(image_format: str = "JPEG", size: tuple[int, int] = (400, 200)) -> bytes:
    """Turned by its EXIF, placed by its GPS, described by XMP, with a profile."""
    out = io.BytesIO()
    more = {"comment": b"SecretComment"} if image_format == "JPEG" else {}
    half_red(size).save(
        out,
        image_format,
        exif=phone_exif(),
        xmp=b"<x:xmpmeta>SecretXmp</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        **more,
    )
    return out.getvalue()


def two_pictures_in_a_jpeg() -> bytes:
    """A JPEG with a second one behind it (MPO), as phones write for bright screens."""
    out = io.BytesIO()
    half_red().save(out, "MPO", save_all=True, append_images=[half_red((40, 20))], exif=phone_exif())
    return out.getvalue()


def moving(image_format: str) -> bytes:
    """An animation of two pictures."""
    out = io.BytesIO()
    half_red().save(out, image_format, save_all=True, append_images=[half_red(mode="RGB").rotate(180)], duration=100)
    return out.getvalue()


def bomb(side: int = 20_000) -> bytes:
    """A small PNG of very many pixels."""
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def svgs() -> dict[str, bytes]:
    """A script in SVG, in every dress."""
    text = SCRIPT.decode()
    return {
        "plain": SCRIPT,
        "prolog": b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- ' + b"x" * 9_000 + b" -->\n" + SCRIPT,
        "prefixed": b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>',
        "upper": SCRIPT.replace(b"<svg", b"<SVG"),
        "utf-16": text.encode("utf-16"),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "compressed": gzip.compress(SCRIPT),
    }
