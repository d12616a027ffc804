"""Scenes of streets: offices, laboratories, homes, works."""

from random import Random

from demo.illustrations.ground import metro, river, soil, surface
from demo.illustrations.ink import GROUND, Drawing, box, boxes, curve, disc, line, row, shade, shape
from demo.illustrations.parts import FACADES, building, fins, lorry, people, poplar, punched, ribbons, tower_crane, tree


def street(random: Random, left: float, right: float, heights: tuple[int, int], number_of: int) -> Drawing:
    """Draw buildings side by side, neighbours of different heights."""
    edges = sorted(random.uniform(0.8, 1.2) for _ in range(number_of))
    random.shuffle(edges)
    scale = (right - left) / sum(edges)
    drawn: Drawing = []
    x, before = left, 0
    for share in edges:
        width = share * scale
        height = random.randrange(*heights)
        while abs(height - before) < 24:
            height = random.randrange(*heights)
        wall, glass = random.choice([("white", "teal"), ("brick2", "ink"), ("teal3", "teal2"), ("pale", "teal2")])
        facade = random.choice(FACADES)
        if facade is fins:
            wall, glass = "teal", "teal3"
        drawn += building(random, x, width - 2, height, wall=wall, glass=glass, facade=facade)
        x, before = x + width, height
    return drawn


def _doors(x: float, width: float, height: float, number_of: int) -> Drawing:
    """Draw a glazed ground floor."""
    pitch = width / number_of
    return [
        box("ink", x, GROUND - height, width, height),
        boxes(
            "teal3", [(left + 3, GROUND - height + 4) for left in row(x, x + width, number_of)], pitch - 6, height - 4
        ),
    ]


def office(random: Random) -> Drawing:
    tower_at = random.choice([64, 168, 262])
    drawn = street(random, 6, 476, (62, 128), 6)
    height = random.randrange(196, 236)
    drawn += building(random, tower_at, 76, height, wall="white", glass="teal", facade=punched)
    beside = tower_at + 80
    drawn += building(random, beside, 62, random.randrange(132, 176), wall="teal", glass="teal3", facade=fins)
    drawn += [box("ink", tower_at + 22, GROUND - height - 22, 3, 20)]
    drawn += _doors(beside - 30, 92, 26, 5)
    for place in random.sample([22, 148, 246, 344, 402, 458], 4):
        drawn += tree(place, random.randrange(38, 54))
    drawn += people(random, *random.sample([34, 126, 214, 232, 300, 330, 384, 436], 5))
    return drawn + soil(random) + metro(random.randrange(-70, -20)) + surface()


def laboratory(random: Random) -> Drawing:
    low, high = random.randrange(96, 116), random.randrange(156, 190)
    first, second = (low, high) if random.random() < 0.5 else (high, low)
    drawn = building(random, 20, 124, first, wall="teal", glass="teal3", facade=fins)
    drawn += building(random, 336, 108, second, wall="white", glass="teal2", facade=ribbons)
    for chimney, top in ((42, first), (62, first), (82, first), (366, second), (388, second)):
        drawn += [box("grey2", chimney, GROUND - top - 22, 9, 22), box("ink", chimney - 2, GROUND - top - 25, 13, 3)]
    drawn += [
        box("white", 150, GROUND - 82, 182, 11),
        box("teal3", 150, GROUND - 71, 182, 71),
        box("pale", 150, GROUND - 37, 182, 4),
    ]
    for x in row(158, 330, 4):
        flask = random.choice(["brick2", "leaf2", "teal"])
        drawn += [
            box("ink", x, GROUND - 14, 31, 3),
            boxes("ink", [(x + 2, GROUND - 12), (x + 26, GROUND - 12)], 2.4, 12),
            shape(
                flask,
                (x + 5, GROUND - 14),
                (x + 9, GROUND - 24),
                (x + 9, GROUND - 30),
                (x + 13, GROUND - 30),
                (x + 13, GROUND - 24),
                (x + 17, GROUND - 14),
            ),
            box("teal", x + 20, GROUND - 27, 7, 13),
            box("grey", x + 4, GROUND - 61, 11, 24),
            disc("white", x + 23, GROUND - 50, 4.2),
        ]
    drawn.append(boxes("white", [(x, GROUND - 71) for x in row(150, 332, 4)[1:]], 2.4, 71))
    drawn.append(shade(272, GROUND - 71, 60, 71))
    truss = [(150 + 11.4 * index, GROUND - 96 - (13 if index % 2 else 0)) for index in range(17)]
    drawn += [
        line([(144, GROUND - 96), (336, GROUND - 96)], 3),
        line(truss, 1.4),
        line([(144, GROUND - 109), (336, GROUND - 109)], 2),
    ]
    drawn += poplar(10, random.randrange(60, 84)) + poplar(456, random.randrange(70, 92)) + poplar(470, 62)
    return drawn + people(random, 204, 246, 304) + soil(random) + metro(random.choice([196, -240])) + surface()


def homes(random: Random) -> Drawing:
    g = GROUND
    hills = f"M0 {g - 58}C60 {g - 96} 140 {g - 92} 210 {g - 62}S400 {g - 88} 480 {g - 66}V{g}H0Z"
    drawn: Drawing = [curve("leaf3", hills)]
    drawn += building(random, 22, 66, random.randrange(98, 122), wall="white", glass="teal2", facade=punched)
    x = 98.0
    for wall, roof in random.sample([("brick2", "brick"), ("white", "teal"), ("brick3", "brick"), ("pale", "grey")], 3):
        width, high = random.randrange(40, 48), random.randrange(38, 52)
        middle = x + width / 2
        drawn += [
            box(wall, x, GROUND - high, width, high),
            shape(roof, (x - 3, GROUND - high), (middle, GROUND - high - 26), (x + width + 3, GROUND - high)),
            shape("shade", (middle, GROUND - high - 26), (x + width + 3, GROUND - high), (middle, GROUND - high)),
            shade(x + width * 0.66, GROUND - high, width * 0.34, high),
            boxes("ink", [(x + 7, GROUND - high + 9), (x + width - 17, GROUND - high + 9)], 10, 12),
            box("teal", middle - 5, GROUND - 20, 10, 20),
        ]
        x += width + 3
    drawn += poplar(10, 64) + tree(248, 56) + tree(272, 40)
    drawn += poplar(436, 86) + poplar(452, 104) + poplar(468, 78)
    bed = soil(random) + river(294, 424, random)
    sail = random.choice(["brick", "leaf", "teal"])
    boat = [
        shape("white", (328, GROUND - 2), (382, GROUND - 2), (374, GROUND + 7), (334, GROUND + 7)),
        line([(353, GROUND - 2), (353, GROUND - 46)]),
        shape(sail, (355, GROUND - 44), (376, GROUND - 9), (355, GROUND - 9)),
        shape("pale", (351, GROUND - 38), (351, GROUND - 9), (336, GROUND - 9)),
    ]
    return drawn + people(random, 258, 284) + bed + boat


def works(random: Random) -> Drawing:
    drawn = building(random, 8, 74, random.randrange(84, 112), wall="brick3", glass="brick", facade=punched)
    drawn += building(random, 398, 76, random.randrange(96, 128), wall="white", glass="teal2", facade=ribbons)
    floors, left, wide = random.choice([7, 8, 9]), 150, random.choice([158, 176])
    storey = 19
    top = GROUND - floors * storey
    for floor in range(floors + 1):
        drawn.append(box("grey2", left - 4, GROUND - floor * storey - 3, wide + 8, 3.4))
    posts = [left + wide * post / 5 for post in range(6)]
    drawn.append(boxes("grey", [(x - 1.6, top) for x in posts], 3.2, floors * storey))
    clad = random.randrange(2, 4)
    drawn += [
        box("white", left, GROUND - clad * storey, wide, clad * storey),
        *punched(left, GROUND - clad * storey + 3, wide, clad * storey - 6, clad, random, "teal2"),
        shade(left + wide * 0.68, top, wide * 0.32, floors * storey),
        boxes("brick", [(x + 4, top - 18) for x in posts], 2, 16),
    ]
    drawn += [
        line([(left - 4, top), (left - 14, top), (left - 14, GROUND)], 1.2),
        boxes("grey2", [(left - 18, GROUND - storey * floor - 2) for floor in range(1, floors)], 14, 2),
    ]
    drawn += tower_crane(122, random.randrange(204, 228), 150)
    drawn += tower_crane(364, random.randrange(170, 192), 118, leftwards=random.random() < 0.6)
    drawn += [boxes("brick2", [(340 + 12 * k, GROUND - 8 * (1 + k % 3)) for k in range(3)], 11, 8)]
    drawn += lorry(random.choice([30, 300]), "leaf", "soil2") + people(random, 108, 138, 386)
    footing = [boxes("grey", [(x - 5, GROUND) for x in posts[::2]], 10, 46)]
    return drawn + soil(random) + footing + surface()
