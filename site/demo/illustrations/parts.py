"""Elements on the ground: trees, people, buildings, vehicles."""

from collections.abc import Callable
from random import Random

from demo.illustrations.ink import GROUND, Drawing, box, boxes, curve, disc, line, number, row, shade, shape


def tree(x: float, height: float) -> Drawing:
    """Draw a round street tree."""
    radius = height * 0.35
    top = GROUND - height
    half = f"M{number(x)} {number(top)}a{number(radius)} {number(radius)} 0 0 0 0 {number(2 * radius)}z"
    return [
        box("ink", x - 1.3, top + radius, 2.6, height - radius),
        disc("leaf", x, top + radius, radius),
        curve("leaf2", half),
    ]


def poplar(x: float, height: float) -> Drawing:
    """Draw a riverside tree."""
    width = height * 0.25
    return [
        box("ink", x - 1.2, GROUND - height * 0.3, 2.4, height * 0.3),
        box("leaf", x - width / 2, GROUND - height, width, height * 0.85, width / 2),
        box("leaf2", x - width / 2, GROUND - height, width / 2, height * 0.85, width / 4),
    ]


def person(x: float, colour: str, base: float = GROUND) -> Drawing:
    """Draw a faceless person, 21 units high."""
    body = f"M{number(x - 3.5)} {number(base - 7)}v-6.5a3.5 3.5 0 0 1 7 0v6.5z"
    return [
        disc("ink", x, base - 18.4, 2.8),
        curve(colour, body),
        line([(x - 1.3, base - 7), (x - 1.3, base)]),
        line([(x + 1.5, base - 7), (x + 2.6, base)]),
    ]


def people(random: Random, *places: float) -> Drawing:
    colours = ["brick", "teal", "ink", "leaf", "grey"]
    return [piece for place in places for piece in person(place, random.choice(colours))]


def punched(x: float, y: float, width: float, height: float, floors: int, random: Random, glass: str) -> Drawing:
    """Draw windows in a wall, some lit."""
    bays = max(3, round(width / 17))
    pitch, storey = width / bays, height / floors
    corners = [(x + pitch * (bay + 0.2), y + storey * (floor + 0.22)) for floor in range(floors) for bay in range(bays)]
    lit = random.sample(corners, len(corners) // 7)
    return [boxes(glass, corners, pitch * 0.6, storey * 0.56), boxes("pale", lit, pitch * 0.6, storey * 0.26)]


def ribbons(x: float, y: float, width: float, height: float, floors: int, random: Random, glass: str) -> Drawing:
    """Draw a band of glass per floor."""
    storey = height / floors
    return [boxes(glass, [(x + 4, y + storey * (floor + 0.24)) for floor in range(floors)], width - 8, storey * 0.5)]


def fins(x: float, y: float, width: float, height: float, floors: int, random: Random, glass: str) -> Drawing:
    """Draw a curtain wall behind vertical fins."""
    storey = height / floors
    return [
        box(glass, x, y, width, height),
        boxes("shade", [(x, y + storey * (floor + 1)) for floor in range(floors - 1)], width, 1.6),
        boxes("teal", [(blade, y) for blade in row(x, x + width, max(5, round(width / 8)))], 2, height),
    ]


Facade = Callable[[float, float, float, float, int, Random, str], Drawing]
FACADES: tuple[Facade, ...] = (punched, ribbons, fins)


def building(
    random: Random,
    x: float,
    width: float,
    height: float,
    *,
    wall: str,
    glass: str,
    facade: Facade,
    base: float = GROUND,
) -> Drawing:
    """Draw a volume with its façade; the right third is in the shade, the roof is a line."""
    top = base - height
    floors = max(2, round(height / 15))
    return [
        box(wall, x, top, width, height),
        *facade(x, top + 6, width, height - 14, floors, random, glass),
        shade(x + width * 0.68, top, width * 0.32, height),
        box("ink", x - 1, top - 3, width + 2, 3),
    ]


def lorry(x: float, cab: str, load: str, *, leftwards: bool = False) -> Drawing:
    """Draw a rigid lorry, 92 units long from `x`."""
    turn = (
        f' transform="translate({number(x + 92)} 0) scale(-1 1)"'
        if leftwards
        else f' transform="translate({number(x)} 0)"'
    )
    wheels = [
        piece
        for axle in (14, 28, 80)
        for piece in (disc("ink", axle, GROUND - 5.5, 5.5), disc("grey2", axle, GROUND - 5.5, 2))
    ]
    return [
        f"<g{turn}>",
        box(load, 0, GROUND - 38, 66, 29),
        shade(45, GROUND - 38, 21, 29),
        box("ink", 0, GROUND - 9, 92, 3),
        shape(cab, (68, GROUND - 8), (68, GROUND - 32), (84, GROUND - 32), (92, GROUND - 20), (92, GROUND - 8)),
        shape("teal3", (75, GROUND - 29), (83, GROUND - 29), (88.5, GROUND - 20), (75, GROUND - 20)),
        *wheels,
        "</g>",
    ]


def tower_crane(x: float, height: float, arm: float, *, leftwards: bool = False) -> Drawing:
    """Draw a tower crane: mast, jib to one side, counterweight to the other, a load on its hook."""
    top, way = GROUND - height, -1 if leftwards else 1
    rungs = range(int(GROUND - 8), int(top) + 6, -14)
    zigzag = [(x + (4 if index % 2 else -4), y) for index, y in enumerate(rungs)]
    hook = x + way * arm * 0.7
    return [
        line([(x - 4, GROUND), (x - 4, top)]),
        line([(x + 4, GROUND), (x + 4, top)]),
        line(zigzag, 1),
        line([(x - way * 44, top), (x + way * arm, top)], 3),
        line([(x - way * 40, top), (x, top - 24), (x + way * arm * 0.62, top)], 1.2),
        box("ink", x - 3, top - 24, 6, 26),
        box("brick", x - way * 44 - 8, top - 2, 16, 14),
        line([(hook, top), (hook, top + 40)], 1),
        box("brick2", hook - 16, top + 40, 32, 6),
    ]


def aircraft(x: float, y: float, scale: float, turned: float) -> Drawing:
    """Draw an airliner from its left side, nose to the right."""
    return [
        f'<g transform="translate({number(x)} {number(y)}) rotate({number(turned)}) scale({scale:g})">',
        curve(
            "white",
            "M-116 5C-110 -7 -94 -11 -78 -11H76C100 -11 116 -3 121 6C113 13 97 15 79 15H-72C-94 15 -110 12 -116 5Z",
        ),
        curve("shade", "M-114 8C-106 13 -94 15 -72 15H79C97 15 113 13 121 6C96 10 -84 10 -114 8Z"),
        shape("teal", (-114, -1), (-131, -46), (-110, -46), (-82, -11)),
        shape("teal2", (-110, 1), (-136, -9), (-120, -9), (-90, -2)),
        shape("teal2", (24, 6), (-30, 38), (-6, 38), (56, 6)),
        box("grey2", -6, 16, 30, 11, 5),
        boxes("ink", [(window, -4) for window in row(-64, 86, 20)], 3.4, 4.2),
        shape("ink", (97, -7), (111, -2), (115, 0), (100, 0)),
        "</g>",
    ]


def tram(x: float, cars: int) -> Drawing:
    """Draw a tram on its track, each car 92 units long."""
    drawn: Drawing = [box("grey", x - 8, GROUND - 4, cars * 92 + 12, 2.5)]
    for car in range(cars):
        left = x + car * 92
        drawn += [
            box("white", left, GROUND - 45, 89, 38, 7),
            box("teal", left, GROUND - 17, 89, 6),
            boxes("ink", [(left + 9 + 20 * bay, GROUND - 39) for bay in range(4)], 15, 17),
            shade(left + 62, GROUND - 45, 27, 38),
        ]
    wire = GROUND - 66
    drawn.append(line([(x - 8, wire), (x + cars * 92, wire)], 1))
    drawn.append(line([(x + 40, GROUND - 45), (x + 50, GROUND - 56), (x + 44, wire)], 1.4))
    return drawn
