"""Ground of every scene: layers of soil, tunnel and river."""

from math import pi, sin
from random import Random

from demo.illustrations.ink import GROUND, HEIGHT, WIDTH, Drawing, box, boxes, curve, number, shape


def soil(random: Random) -> Drawing:
    """Draw three layers of soil; their waves have the tile's period, so that adjacent tiles join."""
    drawn = [box("soil", 0, GROUND, WIDTH, HEIGHT - GROUND)]
    for colour, depth, swell, phase in (("soil2", 34, 5, 0.0), ("soil3", 68, 4, 1.6)):
        crest = "".join(
            f"L{x} {number(GROUND + depth + swell * sin(2 * pi * x / WIDTH + phase))}" for x in range(0, WIDTH + 1, 32)
        )
        drawn.append(curve(colour, f"M0 {HEIGHT}{crest}L{WIDTH} {HEIGHT}Z"))
    drawn.append(boxes("soil2", [(random.randrange(4, 468), GROUND + 13) for _ in range(8)], 9, 2))
    drawn.append(boxes("soil3", [(random.randrange(4, 464), GROUND + 52) for _ in range(7)], 13, 2))
    return drawn


def surface() -> Drawing:
    """Draw the ground line, from edge to edge."""
    return [box("ink", 0, GROUND - 1.5, WIDTH, 3)]


def metro(first_car: float) -> Drawing:
    """Draw a tunnel with a metro train, its first car at `first_car`."""
    top = GROUND + 24
    drawn = [box("ink", 0, top, WIDTH, 50), box("grey", 0, top + 45, WIDTH, 5)]
    drawn.append(boxes("grey", [(x, top + 4) for x in range(10, WIDTH, 61)], 24, 2))
    for car in range(4):
        x = first_car + car * 105
        drawn += [
            box("pale", x, top + 13, 101, 30, 6),
            box("teal2", x, top + 34, 101, 4),
            boxes("ink", [(x + 9 + 34 * bay, top + 18) for bay in range(3)], 16, 11),
            boxes("grey2", [(x + 28 + 34 * door, top + 17) for door in range(2)], 11, 25),
        ]
    return drawn


def river(left: float, right: float, random: Random) -> Drawing:
    """Draw water in its bed, with the ground line interrupted between the banks."""
    deep = 54
    return [
        shape("teal", (left, GROUND), (right, GROUND), (right - 24, GROUND + deep), (left + 24, GROUND + deep)),
        shape("teal2", (left, GROUND), (right, GROUND), (right - 6, GROUND + 13), (left + 6, GROUND + 13)),
        boxes("teal3", [(random.uniform(left + 24, right - 54), GROUND + 19) for _ in range(4)], 26, 2),
        boxes("teal2", [(random.uniform(left + 30, right - 66), GROUND + 32) for _ in range(4)], 34, 2),
        box("ink", 0, GROUND - 1.5, left, 3),
        box("ink", right, GROUND - 1.5, WIDTH - right, 3),
    ]
