"""The ten scenes of the territory; random numbers are seeded by name and variation, so output is reproducible."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from demo.illustrations.ink import HEIGHT, WIDTH, Drawing, Shape, box
from demo.illustrations.scenes.journeys import bridge, metro_station, runway
from demo.illustrations.scenes.streets import homes, laboratory, office, works
from demo.illustrations.scenes.trades import market, warehouse, workshop


@dataclass(frozen=True)
class DrawnScene:
    """A scene; `sky` is omitted on a coloured background."""

    sky: Shape
    shapes: Drawing


SCENES: dict[str, tuple[str, Callable[[Random], Drawing]]] = {
    "office": ("sky-river", office),
    "metro": ("sky-grey", metro_station),
    "workshop": ("sky-brick", workshop),
    "warehouse": ("sky-grey", warehouse),
    "market": ("sky-leaf", market),
    "lab": ("sky-leaf", laboratory),
    "homes": ("sky-river", homes),
    "works": ("sky-brick", works),
    "river": ("sky-leaf", bridge),
    "runway": ("sky-river", runway),
}


def draw(name: str, variation: int = 1) -> DrawnScene:
    """Draw a scene by name; variations change street details, not the character of the place."""
    random = Random(f"{name} {variation}")
    sky, compose = SCENES[name]
    return DrawnScene(box(sky, 0, 0, WIDTH, HEIGHT), compose(random))
