"""Printable sheet of a property: one or two tagged pages with the facts of its page."""

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import font_manrope
import typst
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from foundation.wording import NBSP, day, euros, month, surface, within
from properties.listing import budget, costs, drawing, facts
from properties.listing.scenes import scene_of
from properties.models import Lot, Property

_FONTS = Path(font_manrope.__file__).parent / "files"
STATIONS = 5
_of_thread = threading.local()
# Shown in large type or in the table of costs, so left out of the sections.
_ELSEWHERE = {"kind", "deal", "surface", "available_from", "lease", "rent", "price", "desk_price", *costs.YEARLY,
              "deposit", "fees"}  # fmt: skip


def build(listing: Property) -> bytes:
    """Typeset the sheet of a property in the active language, as a PDF/UA-1 file.

    `listing` comes from `for_display`, with its lots.
    """
    return compiled(content(listing))


def compiled(data: Mapping[str, Any]) -> bytes:
    """Typeset the data of `content` as PDF; safe to call from several threads at once.

    A character without a glyph is no PDF/UA: symbols such as emoji are then left out, letters become "?".
    """
    try:
        return _typeset(data)
    except typst.TypstError:
        return _typeset(_with_glyphs(data))


def _typeset(data: Mapping[str, Any]) -> bytes:
    pdf = _compiler().compile(
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(timezone.now().timestamp()),
    )
    assert isinstance(pdf, bytes)  # a PDF is one file
    return pdf


def _with_glyphs(value: Any) -> Any:
    """Return the data with the texts limited to the glyphs of the sheet's own font."""
    if isinstance(value, str):
        text = "".join(character if ord(character) in _glyphs() else _stand_in(character) for character in value)
        # A heading without a text is no PDF/UA either.
        return text if text.strip() or not value else "?"
    if isinstance(value, Mapping):
        return {key: _with_glyphs(item) for key, item in value.items()}
    return [_with_glyphs(item) for item in value] if isinstance(value, list | tuple) else value


def _stand_in(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    return "?" if character.isalpha() else ""


@cache
def _glyphs() -> frozenset[int]:
    """Code points of the sheet's own font."""
    return frozenset(TTFont(_FONTS / "Manrope-Regular.ttf").getBestCmap())


def _compiler() -> typst.Compiler:
    """Return this thread's compiler, with fonts loaded once; a compiler refuses concurrent compilations."""
    compiler: typst.Compiler | None = getattr(_of_thread, "compiler", None)
    if compiler is None:
        source = Path(str(get_template("properties/sheet.typ").origin))  # type: ignore[attr-defined]
        compiler = _of_thread.compiler = typst.Compiler(str(source), font_paths=[str(_FONTS)], ignore_system_fonts=True)
    return compiler


def content(listing: Property) -> dict[str, Any]:
    """Collect the texts of the sheet, limited to public information."""
    near = sorted(listing.nearby_stations.all(), key=lambda walk: (walk.minutes, walk.station_id))
    around = drawing.surroundings(listing, near)
    return {
        "lang": get_language() or settings.LANGUAGE_CODE,
        "document_title": f"{listing.title}, {surface(listing.surface)}, {listing.commune}",
        "author": "Grand-Orly Seine Bièvre",
        "brand": "Grand-Orly Seine Bièvre",
        "reference": _("Ref. %(reference)s") % {"reference": listing.reference},
        "footer": _("%(address)s, printed on %(day)s")
        % {"address": settings.SITE_URL + listing.get_absolute_url(), "day": day(timezone.localdate())},
        "title": str(listing.title),
        "commune": str(listing.commune),
        "what": f"{listing.get_kind_display()}, {listing.get_deal_display().lower()}.",
        "status": _status(listing),
        "demo": _("Demonstration data") if listing.is_demo else "",
        "scene": {
            "drawing": _scene(listing),
            "alt": _("Illustration: %(what)s") % {"what": listing.get_kind_display()},
        },
        "short": [_plain(fact) for fact in in_short(listing)],
        "description": str(listing.description),
        "place": {
            "title": _("The place"),
            "map": render_to_string("properties/sheet_map.svg", {"around": around}),
            "alt": _("Map: the property in %(commune)s and the lines around it") % {"commune": listing.commune},
            "caption": _map_caption(around.exact),
        },
        "stations": {
            "title": _("Stations on foot"),
            "none": _("Not stated") if listing.is_drawn else _("No station within 1.5 km"),
            "rows": [
                {
                    "minutes": f"{walk.minutes}{NBSP}min",
                    "name": walk.station.name,
                    "lines": ", ".join(line.code for line in walk.station.lines.all()),
                }
                for walk in near[:STATIONS]
            ],
        },
        "partner": _partner(listing),
        "lots": _lots(list(listing.lots.all())),
        "costs": _costs(listing),
        "sections": [
            {"title": section.title, "facts": [_plain(fact) for fact in section.facts if fact.name not in _ELSEWHERE]}
            for section in facts.sections(listing)
            if {fact.name for fact in section.facts} - _ELSEWHERE
        ],
        "note": _("“Not stated” means that the offer does not say. Amounts are in euros excluding tax."),
    }


def in_short(listing: Property) -> list[facts.StatedFact]:
    """Return the facts in large type."""
    return [
        facts.fact(listing, "surface"),
        facts.money(listing),
        facts.fact(listing, "available_from"),
        facts.fact(listing, "lease"),
    ]


def _plain(fact: facts.StatedFact) -> dict[str, str]:
    return {"label": fact.label, "answer": fact.answer, "text": fact.text, "detail": fact.detail}


def _scene(listing: Property) -> str:
    """Return the SVG illustration of the type of premises, as on the page."""
    scene_path = finders.find(f"scenes/{scene_of(listing)}.svg")
    return Path(str(scene_path)).read_text(encoding="utf-8")


def _status(listing: Property) -> str:
    checked = _("Checked on %(day)s.") % {"day": day(listing.verified_on)} if listing.verified_on else ""
    doubt = _("To be confirmed by its partner.") if listing.to_confirm else ""
    return " ".join(filter(None, (f"{listing.get_state_display()}.", checked, doubt)))


def _map_caption(exact: bool) -> str:
    says = _("Minutes on foot: straight line × 1.3 at 80 m a minute, within 1.5 km.")
    if not exact:
        says = _("Approximate position: the point was drawn at random in the commune.")
    return says + " " + _("Boundaries: IGN, INSEE, Licence Ouverte. Stations: Île-de-France Mobilités.")


def _partner(listing: Property) -> dict[str, str]:
    return {
        "title": _("One partner answers for this property"),
        "name": listing.partner.short_name,
        "role": str(listing.partner.role),
        "promise": _("It answers %(delay)s.") % {"delay": within(listing.partner.first_answer_days)},
        "email": listing.partner.email,
        "phone": str(listing.partner.phone or ""),
    }


def _lots(lots: list[Lot]) -> dict[str, Any]:
    head = (_("Lot"), _("Floor"), _("Surface"), _("Per m² and year"), _("Rent a year"), _("Available"))
    unknown = _("Not stated")
    rows = [
        (
            lot.label,
            lot.floor,
            surface(lot.surface),
            euros(lot.rent) or unknown,
            unknown if lot.rent is None else euros(round(lot.rent * lot.surface)),
            month(lot.available_from) or unknown,
        )
        for lot in lots
    ]
    # A single lot is the whole property: its row would repeat the figures above.
    rows = rows if len(rows) > 1 else []
    title = ngettext("%(number)d lot", "%(number)d lots", len(rows)) % {"number": len(rows)}
    return {"title": title, "head": head, "rows": rows}


def _costs(listing: Property) -> dict[str, Any]:
    reckoned = budget.budget(listing)
    return {
        "title": _("What a year costs"),
        "head": (pgettext("of a budget", "Item"), reckoned.basis, _("a year")),
        "rows": [(row.label, row.unit, row.total) for row in reckoned.rows],
        "total": (_("Known total"), reckoned.unit, reckoned.total),
        "note": " ".join(filter(None, (reckoned.missing, reckoned.once))),
    }
