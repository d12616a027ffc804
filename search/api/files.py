"""Whole results as one file: GeoJSON for maps (RFC 7946, WGS 84), CSV for spreadsheets.

A file is spooled to disk before its first byte is sent: memory stays bounded, the ETag covers the content, and a
failure is an error response instead of a truncated file.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from django.conf import settings
from django.db.models import Field
from django.http import FileResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.spreadsheets import inert
from properties.choices import Feature
from properties.listing.api import labelled, point_precision, public_point
from properties.listing.schemas import Labelled
from properties.models import Property

# Spool size, in bytes, kept in memory.
_IN_MEMORY = 1 << 20
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of the exports: `header` for people, `name` for machines.

    `read` returns text, a number, a day, a Labelled or None.
    """

    name: str
    header: Any
    read: Callable[[Property], Any]


def _field(name: str, header: Any = "") -> ExportColumn:
    field = cast("Field[Any, Any]", Property._meta.get_field(name))
    return ExportColumn(name, header or field.verbose_name, lambda listing: getattr(listing, name))


def _choice(name: str, header: Any = "", called: str = "") -> ExportColumn:
    field = cast("Field[Any, Any]", Property._meta.get_field(name))
    return ExportColumn(called or name, header or field.verbose_name, lambda listing: labelled(listing, name))


def _nearest(listing: Property) -> str | None:
    """Return the nearest station's name, empty when none is near, None for a point drawn at random."""
    if listing.is_drawn:
        return None
    near = listing.nearest_station
    return near.station.name if near else ""


def _minutes(listing: Property) -> int | None:
    near = listing.nearest_station
    return near.minutes if near else None


# Public places only.
COLUMNS: tuple[ExportColumn, ...] = (
    _field("reference"),
    ExportColumn("title", _("title"), lambda listing: str(listing.title)),
    _choice("kind", _("type of premises"), "type"),
    _choice("deal"),
    _choice("state"),
    ExportColumn("commune", _("commune"), lambda listing: listing.commune.name),
    ExportColumn("insee", _("INSEE code"), lambda listing: listing.commune_id),
    ExportColumn("address", _("address"), lambda listing: listing.public_address),
    _field("surface"),
    _field("divisible_from"),
    _field("rent"),
    _field("price"),
    _field("desk_price"),
    _field("available_from"),
    _choice("lease"),
    _choice("condition"),
    *(_choice(feature.value, feature.label) for feature in Feature),
    ExportColumn("station", _("nearest station"), _nearest),
    ExportColumn("walk_minutes", _("minutes on foot"), _minutes),
    ExportColumn("partner", _("partner in charge"), lambda listing: listing.partner.name),
    _field("verified_on"),
    ExportColumn("precision", _field("precision").header, point_precision),
    ExportColumn("url", _("page"), lambda listing: f"{settings.SITE_URL}{listing.get_absolute_url()}"),
    ExportColumn("demo", _("demonstration data"), lambda listing: listing.is_demo),
)


def geojson(properties: Iterable[Property]) -> Iterator[str]:
    """Yield a FeatureCollection in pieces; a Labelled value gives two members, `type` and `type_label`."""
    yield '{"type":"FeatureCollection","features":['
    for number, listing in enumerate(properties):
        yield ("," if number else "") + json.dumps(_feature(listing), ensure_ascii=False, separators=(",", ":"))
    yield "]}"


def _feature(listing: Property) -> dict[str, Any]:
    latitude, longitude = public_point(listing)
    members: dict[str, Any] = {}
    for column in COLUMNS:
        match column.read(listing):
            case Labelled(value=value, label=label):
                members |= {column.name: value, f"{column.name}_label": label}
            case Decimal() as amount:
                members[column.name] = float(amount)
            case date() as day:
                members[column.name] = day.isoformat()
            case value:
                members[column.name] = value
    return {
        "type": "Feature",
        "id": listing.reference,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": members,
    }


def spreadsheet(properties: Iterable[Property]) -> Iterator[str]:
    """Yield CSV in the dialect of the active language: semicolons and decimal commas in French."""
    french = (get_language() or "fr").startswith("fr")
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";" if french else ",")
    headers = [_capital(str(column.header)) for column in COLUMNS]
    yield _BOM
    for cells in _lines(headers, properties, french):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _lines(headers: list[str], properties: Iterable[Property], french: bool) -> Iterator[list[str]]:
    latitude, longitude = str(_("public latitude")), str(_("public longitude"))
    yield [*headers, _capital(latitude), _capital(longitude)]
    for listing in properties:
        cells = [_cell(column.read(listing), french) for column in COLUMNS]
        yield cells + [_cell(degrees, french) for degrees in public_point(listing)]


def _cell(value: Any, french: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(_("Yes") if value else _("No"))
        case Decimal() | int() | float():
            text = f"{Decimal(str(value)).normalize():f}"
            return text.replace(".", ",") if french else text
        case date():
            return value.isoformat()
        case Labelled():
            value = value.label
    return inert(str(value))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_file(pieces: Iterable[str], *, content_type: str, name: str, download: bool) -> FileResponse:
    """Spool the pieces to disk and return a file response with the ETag of the whole."""
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the response closes it
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode()
        digest.update(data)
        file.write(data)
    file.seek(0)
    response = FileResponse(file, content_type=content_type, filename=name, as_attachment=download)
    response["ETag"] = f'"{digest.hexdigest()[:24]}"'
    return response
