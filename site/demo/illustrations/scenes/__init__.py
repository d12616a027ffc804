"""The ten scenes of the territory. Their chance is seeded by name and variation, so each is always the same."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from demo.illustrations.ink import HEIGHT, WIDTH, Drawing, Shape, box
from demo.illustrations.scenes.journeys import bridge, metro_station, runway
from demo.illustrations.scenes.streets import homes, laboratory, office, works
from demo.illustrations.scenes.trades import market, warehouse, workshop


@dataclass(frozen=True)
class Scene:
    """`sky` is left out when the scene stands on a colour of the page."""

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


def draw(name: str, variation: int = 1) -> Scene:
    """A scene by its name; variations differ in what a street differs in, not in what the place is."""
    random = Random(f"{name} {variation}")
    sky, compose = SCENES[name]
    return Scene(box(sky, 0, 0, WIDTH, HEIGHT), compose(random))
