"""Template tags of the atlas: numbers, dates, scenes and the map, the same in every app."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.by_language import TextByLanguage
from foundation.wording import day, day_number, euros, in_words, moment, month, number, surface, within
from territory.cartography import Lettering, Sheet, lettering, project, radius, sheet
from territory.cartography.marks import WINDOWS, Name, Plate, Window, commune_names, station_names
from territory.cartography.sheet import CommuneOnMap
from territory.choices import Mode
from territory.models import Line

register = template.Library()


@register.simple_tag
def spoken(instance: Any, field: str) -> str:
    """The `lang` attribute of words that are shown in another language than the page's, for want of a translation."""
    value = getattr(instance, field)
    language = value.shown_language() if isinstance(value, TextByLanguage) else ""
    return format_html(' lang="{}"', language) if language not in ("", (get_language() or "")[:2]) else ""


for words in (number, in_words, surface, euros, day, day_number, moment, month, within):
    register.filter(words)


@register.simple_tag
def scene(name: str, alt: str = "", cut: bool = False) -> SafeString:
    """An illustration, labelled as such; without words it is a decoration.

    Loaded with its page: it weighs some 8 KB, and a page printed before it was scrolled would lack it.
    """
    return _scene(name, _("Illustration: %(what)s") % {"what": alt} if alt else "", cut)


@lru_cache(maxsize=256)
def _scene(name: str, words: str, cut: bool) -> SafeString:
    source = static(f"scenes/{name}{'-cut' if cut else ''}.svg")
    return format_html('<img src="{}" width="480" height="360" alt="{}">', source, words)


@register.simple_tag
def line_codes(lines: Iterable[Line]) -> SafeString:
    """The codes of lines, each in its form: metro solid, tram outlined, RER dashed."""
    language = get_language()
    return SafeString(" ".join(_line_code(line.mode, line.code, language) for line in lines))


@lru_cache(maxsize=512)
def _line_code(mode: str, code: str, language: str | None) -> SafeString:
    """Written once for the process, in the active language: a page of premises shows dozens."""
    return format_html('<abbr class="code code--{0}" title="{1} {2}">{2}</abbr>', mode, Mode(mode).label, code)


@register.simple_tag
def map_sheet() -> Sheet:
    """The territory's map, drawn once for the process."""
    return sheet()


@register.simple_tag
@cache
def map_names() -> SafeString:
    """The names of the communes where the map has them, in SVG; written once for the process."""
    return format_html_join("", "<text>{}</text>", ((_name(commune),) for commune in sheet().communes))


def _name(commune: CommuneOnMap) -> SafeString:
    placed = ((svg(row.x), svg(row.y), row.text) for row in commune.name_rows)
    return format_html_join("", '<tspan x="{}" y="{}">{}</tspan>', placed)


@register.simple_tag
def map_lettering() -> Lettering:
    """What is written around the map: graticule, codes of the lines, names of the waters."""
    return lettering()


@register.simple_tag
@cache
def territory_defs(full: bool = False) -> SafeString:
    """Shapes the maps of a page share, written once for the process; `full` adds water, runways and lines."""
    drawn = sheet()
    shapes = {"full": full, "metro_stops": drawn.stops(on="M14"), "other_stops": drawn.stops(off="M14")}
    return render_to_string("components/territory_defs.html", shapes)


@register.filter
def svg(value: float) -> str:
    """A coordinate in SVG, whatever the language: a decimal point and at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


@register.filter
def map_x(place: Any) -> str:
    """Where something with a latitude and a longitude stands on the map, from the left."""
    return svg(project(place.latitude, place.longitude)[0])


@register.filter
def map_y(place: Any) -> str:
    """The same, from the top."""
    return svg(project(place.latitude, place.longitude)[1])


@register.filter
def map_radius(hectares: Any) -> str:
    """Radius on the map of a circle of so many hectares, at the map's scale."""
    return svg(radius(float(hectares)))


@register.simple_tag
def map_window(name: str) -> Window:
    """A part of the map by its code."""
    return WINDOWS[name]


@register.simple_tag
def map_commune_names(window: Window, plates: Sequence[tuple[Any, Plate]]) -> list[Name]:
    """Names of communes that keep clear of the plates."""
    return commune_names(sheet(), window, [plate for _place, plate in plates])


@register.simple_tag
def map_station_names(window: Window, plates: Sequence[tuple[Any, Plate]]) -> list[Name]:
    """Names of stations that keep clear of the plates and of one another."""
    return station_names(sheet(), window, [plate for _place, plate in plates])


@register.filter
def get(mapping: dict[str, Any] | None, key: str) -> Any:
    """A value of a mapping by a key only known when the page is made; nothing without a mapping."""
    return mapping.get(key) if mapping else None


@register.filter
def letter(position: int) -> str:
    """1 as A, 2 as B: the key shared by a map and its list."""
    return chr(ord("A") + position - 1)


@register.filter
def split(words: str) -> list[str]:
    """The words of a literal, to loop over in a template."""
    return words.split()


@register.simple_tag
def component_css(name: str) -> str:
    """Address of a component's stylesheet."""
    return static(f"css/components/{name}.css")
