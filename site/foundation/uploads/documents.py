"""Validation of documents against their extension. Pure."""

import io
import zipfile

from django.utils.translation import gettext as _

from foundation.uploads.contents import MEGABYTE, PDF, UploadError, content_type, is_markup

LARGEST_PDF = 20 * MEGABYTE
_OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def check_document(data: bytes, extension: str) -> None:
    """Raise `UploadError` unless the bytes match the extension: pdf, csv, xlsx, odt or ods."""
    detected_type = content_type(data)
    if extension == "pdf":
        check_pdf(data)
    elif not (_is_text(data, detected_type) if extension == "csv" else _is_office(data, extension)):
        message = _("This file is no %(extension)s file, whatever its name says.")
        raise UploadError(message % {"extension": extension.upper()})


def check_pdf(data: bytes) -> None:
    """Raise `UploadError` unless the bytes are a complete PDF within the size limit."""
    if content_type(data) != PDF:
        raise UploadError(_("This is not a PDF file."))
    if len(data) > LARGEST_PDF:
        raise UploadError(_("This file is too large: at most %(size)s MB.") % {"size": LARGEST_PDF // MEGABYTE})
    if b"%%EOF" not in data[-2048:]:
        raise UploadError(_("This PDF file is damaged: its end is missing."))


def _is_text(data: bytes, found: str) -> bool:
    """Return True for a text table: no known binary type, no markup and, except in UTF-16, no NUL."""
    return not found and not is_markup(data) and (data.startswith(_UTF16) or b"\0" not in data)


def _is_office(data: bytes, extension: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if extension == "xlsx":
                return {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.namelist())
            with archive.open("mimetype") as declared:
                return declared.read(200).strip() == _OPEN_DOCUMENT.get(extension)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False
