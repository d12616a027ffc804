"""Shapes and colours of a drawing. Pure: a shape is an SVG fragment, a drawing a list of shapes.

Coordinates are the tile's, 480 × 360, y downwards; the ground is at `GROUND`. Colours are classes with a light and a
dark value each: a picture in `<img>` cannot read the page's design tokens.
"""

from collections.abc import Iterable

WIDTH, HEIGHT, GROUND = 480, 360, 264

# Five families (river, leaf, brick, runway, ink), soil, and yellow only where the real thing is yellow.
_LIGHT = {
    "sky-river": "#c9e1de",
    "sky-leaf": "#dbe6c4",
    "sky-brick": "#f0d3c4",
    "sky-grey": "#dde3e3",
    "white": "#ffffff",
    "pale": "#eaf0ee",
    "ink": "#10292e",
    "teal": "#0c666c",
    "teal2": "#4b9a9b",
    "teal3": "#99c8c4",
    "leaf": "#40702f",
    "leaf2": "#709c50",
    "leaf3": "#abc787",
    "brick": "#a5472d",
    "brick2": "#c87456",
    "brick3": "#e3a990",
    "grey": "#5d6d71",
    "grey2": "#93a1a3",
    "grey3": "#c3cccc",
    "yellow": "#ffc21a",
    "soil": "#d9d0c3",
    "soil2": "#c5b8a7",
    "soil3": "#ac9e8a",
}
_DARK = {
    "sky-river": "#123c40",
    "sky-leaf": "#26381f",
    "sky-brick": "#452a20",
    "sky-grey": "#233236",
    "white": "#d7e1de",
    "pale": "#b8c6c3",
    "ink": "#071417",
    "teal": "#0f6a6f",
    "teal2": "#3f8d8d",
    "teal3": "#6ba5a3",
    "leaf": "#2e5428",
    "leaf2": "#557d3e",
    "leaf3": "#7f9f60",
    "brick": "#8c3c26",
    "brick2": "#b06249",
    "brick3": "#c48b75",
    "grey": "#4d5c60",
    "grey2": "#75858a",
    "grey3": "#9daaab",
    "yellow": "#ffc21a",
    "soil": "#3a3a35",
    "soil2": "#31312c",
    "soil3": "#282823",
}

Shape = str
Drawing = list[Shape]


def number(value: float) -> str:
    """Format with at most one decimal: a tenth of a unit is below a pixel at every display size."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0")


def box(colour: str, x: float, y: float, width: float, height: float, round_by: float = 0) -> Shape:
    corner = f' rx="{number(round_by)}"' if round_by else ""
    return (
        f'<rect class="{colour}" x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        f"{corner}/>"
    )


def boxes(colour: str, corners: Iterable[tuple[float, float]], width: float, height: float) -> Shape:
    """Draw boxes of one size as a single path."""
    path = "".join(f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z" for x, y in corners)
    return f'<path class="{colour}" d="{path}"/>'


def shape(colour: str, *points: tuple[float, float]) -> Shape:
    return f'<path class="{colour}" d="M{"L".join(f"{number(x)} {number(y)}" for x, y in points)}Z"/>'


def curve(colour: str, path: str) -> Shape:
    return f'<path class="{colour}" d="{path}"/>'


def disc(colour: str, x: float, y: float, radius: float) -> Shape:
    return f'<circle class="{colour}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def line(points: Iterable[tuple[float, float]], width: float = 1.5, colour: str = "ink") -> Shape:
    """Draw a stroke; its colour is a class, so that dark mode changes it too."""
    path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f'<path class="line-{colour}" stroke-width="{number(width)}" d="M{path}"/>'


def shade(x: float, y: float, width: float, height: float) -> Shape:
    """Draw the shaded side of a volume."""
    return box("shade", x, y, width, height)


def row(first: float, last: float, number_of: int) -> list[float]:
    """Return the left edges of equal bays between two positions."""
    return [first + (last - first) * index / number_of for index in range(number_of)]


def svg(shapes: Iterable[Shape]) -> str:
    """Return the SVG document, with the styles of its used colours only."""
    body = "".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice">'
        f"<style>{_rules(_LIGHT, body)}.shade{{fill:#10292e;opacity:.16}}"
        f"@media(prefers-color-scheme:dark){{{_rules(_DARK, body)}}}</style>{body}</svg>\n"
    )


def _rules(colours: dict[str, str], body: str) -> str:
    fills = "".join(f".{name}{{fill:{value}}}" for name, value in colours.items() if f'class="{name}"' in body)
    strokes = "".join(
        f".line-{name}{{fill:none;stroke:{value}}}" for name, value in colours.items() if f'class="line-{name}"' in body
    )
    return fills + strokes
