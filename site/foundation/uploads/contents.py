"""Content-type detection of uploaded bytes. Pure."""

import re
import zlib

import filetype
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
PDF = "application/pdf"
# Bytes inspected for the type.
_HEAD = 64 * 1024
_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SVG = re.compile(r"<([\w.-]+:)?svg[\s/>]", re.IGNORECASE)


class UploadError(ValueError):
    """A rejected upload; the message is for its sender."""


def content_type(data: bytes) -> str:
    """Return the media type from the leading bytes, whatever the file name; empty when unknown.

    Raises `UploadError` for an empty file, and for SVG, which may carry a script.
    """
    if not data:
        raise UploadError(_("The file is empty."))
    if is_markup(data) and _SVG.search(_head(data)):
        raise UploadError(_("SVG is not taken, since it may carry a program: give the drawing as PNG, or as PDF."))
    return filetype.guess_mime(data) or ""


def is_markup(data: bytes) -> bool:
    """Return True for text starting like HTML, XML or SVG, compressed (SVGZ) or not."""
    return _head(data).lstrip("\ufeff \t\r\n\f\v").startswith("<")


def _head(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, _HEAD)
        except zlib.error:
            return ""
    if head.startswith(_UTF16):
        return head.decode("utf-16", "ignore")
    # UTF-16 without a byte order mark: a NUL before or after each letter.
    return head.replace(b"\0", b"").decode("utf-8", "ignore") if b"\0" in head[:4] else head.decode("utf-8", "ignore")
