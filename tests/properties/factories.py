"""Properties that the services made, and files for the import."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image

from foundation.by_language import gathered
from properties.models import Property
from properties.services import create_property
from territory.models import Commune, Partner

VITRY = (48.7875, 2.3928)


def make_property(**values: Any) -> Property:
    """An activity unit for rent in Vitry, in the charge of the EPT, unless told otherwise."""
    return create_property(values=offer(**values))


def offer(**values: Any) -> dict[str, Any]:
    defaults = {
        "state": "on_market",
        "kind": "activity",
        "deal": "rent",
        "surface": Decimal(1240),
        "divisible_from": Decimal(310),
        "rent": Decimal(118),
        "commune": Commune.objects.get(pk=values.pop("insee", "94081")),
        "address": "12 rue des Ateliers",
        "precision": "exact",
        "latitude": VITRY[0],
        "longitude": VITRY[1],
        "title_fr": "Atelier avec cour",
        "title_en": "Workshop with a yard",
        "partner": Partner.objects.get(slug=values.pop("partner_slug", "ept")),
    }
    return gathered(Property, defaults | values)


ROW = {
    "reference": "A-1",
    "type": "activity",
    "deal": "rent",
    "surface": "1240",
    "rent": "118",
    "insee": "94081",
    "title_fr": "Atelier avec cour",
    "partner": "ept",
}


def write_csv(path: Path, *rows: dict[str, str], separator: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV of `ROW`s, each with its own changes."""
    rows = tuple(ROW | row for row in rows)
    headers = list(dict.fromkeys(header for row in rows for header in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headers, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def photo_bytes(width: int = 120, height: int = 80) -> bytes:
    """A JPEG."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def pdf_bytes() -> bytes:
    """The smallest PDF that a reader opens."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def without_shown_point(text: str, known: Property) -> str:
    """What is written but for the point that is shown: it is drawn, and may begin like the true one by chance."""
    return text.replace(str(known.public_latitude), "").replace(str(known.public_longitude), "")
