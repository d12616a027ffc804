"""Preview picture of a property for links on other sites (Open Graph, 1200 × 630)."""

import textwrap
from base64 import b64encode
from pathlib import Path

import font_manrope
import resvg_py
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from properties.listing import facts
from properties.listing.scenes import scene_of
from properties.models import Property

_FONTS = Path(font_manrope.__file__).parent / "files"
_LETTERS_A_LINE, _FIRST_LINE, _LINE = 19, 200, 64


def draw(listing: Property) -> bytes:
    """Render the card of a property in the active language, as PNG."""
    scene_path = Path(str(finders.find(f"scenes/{scene_of(listing)}.svg")))
    money = facts.money(listing)
    lines = textwrap.wrap(str(listing.title), _LETTERS_A_LINE, max_lines=2, placeholder="…")
    context = {
        "property": listing,
        "scene": "data:image/svg+xml;base64," + b64encode(scene_path.read_bytes()).decode(),
        "money": money if money.stated else None,
        "lines": [{"text": text, "y": _FIRST_LINE + _LINE * number} for number, text in enumerate(lines)],
    }
    png = resvg_py.svg_to_bytes(
        svg_string=render_to_string("properties/card.svg", context),
        font_dirs=[str(_FONTS)],
        skip_system_fonts=True,
        font_family="Manrope",
    )
    return bytes(png)
