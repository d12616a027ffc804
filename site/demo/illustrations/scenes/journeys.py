"""Scenes of transport: metro and tram, river and bridge, runway."""

from random import Random

from demo.illustrations.ground import metro, river, soil, surface
from demo.illustrations.ink import GROUND, WIDTH, Drawing, box, boxes, disc, line, row, shade, shape
from demo.illustrations.parts import aircraft, people, poplar, tram, tree
from demo.illustrations.scenes.streets import street


def metro_station(random: Random) -> Drawing:
    drawn = aircraft(330, 66, 0.6, -10)
    drawn += [
        box("grey3", 0, GROUND - 54, 150, 54),
        box("grey2", 0, GROUND - 54, 150, 6),
        boxes("white", [(x, GROUND - 42) for x in row(6, 146, 9)], 10, 28),
        shade(104, GROUND - 54, 46, 54),
        shape("white", (86, GROUND), (91, GROUND - 150), (107, GROUND - 150), (112, GROUND)),
        shape("shade", (101, GROUND), (100, GROUND - 150), (107, GROUND - 150), (112, GROUND)),
        shape("ink", (76, GROUND - 178), (122, GROUND - 178), (113, GROUND - 150), (85, GROUND - 150)),
        shape("teal2", (78, GROUND - 176), (120, GROUND - 176), (115, GROUND - 160), (83, GROUND - 160)),
        box("white", 84, GROUND - 188, 30, 10),
        line([(99, GROUND - 188), (99, GROUND - 214)], 2),
    ]
    roof = [(180, GROUND - 74), (460, GROUND - 92), (460, GROUND - 80), (180, GROUND - 62)]
    drawn += [shape("teal", *roof), line([(180, GROUND - 62), (460, GROUND - 80)], 3)]
    for post_x in (206, 272, 338, 404):
        under = GROUND - 64 - (post_x - 180) * 0.064
        drawn.append(line([(post_x, GROUND), (post_x, under)], 3))
        drawn.append(line([(post_x - 15, under), (post_x, GROUND - 34), (post_x + 15, under - 2)], 2))
    drawn += tram(190, 3) + people(random, 22, 58, 134, 162, 174)
    stair = [box("ink", 166, GROUND, 22, 28), box("teal3", 170, GROUND + 2, 14, 26)]
    return drawn + soil(random) + metro(36) + surface() + stair


def bridge(random: Random) -> Drawing:
    deck = GROUND - 62
    drawn = street(random, 2, 96, (58, 116), 2) + street(random, 386, 478, (52, 108), 2)
    drawn += [
        box("grey", 0, deck, WIDTH, 9),
        box("ink", 0, deck - 2, WIDTH, 3),
    ]
    arch = [(96 + 288 * step / 24, deck - 200 * step / 24 * (1 - step / 24)) for step in range(25)]
    drawn.append(line(arch, 8, "teal"))
    drawn += [line([(x, y), (x, deck)], 1.6, "teal") for x, y in arch[2:-2:2]]
    first = random.randrange(10, 60)
    for car in range(4):
        x = first + car * 96
        drawn += [
            box("white", x, deck - 33, 92, 28, 5),
            box("brick", x, deck - 13, 92, 5),
            boxes("ink", [(x + 8 + 27 * bay, deck - 28) for bay in range(3)], 20, 11),
        ]
    drawn += [
        box("grey2", 84, deck + 9, 20, 53),
        box("grey2", 376, deck + 9, 20, 53),
        shade(96, deck + 9, 8, 53),
        shade(388, deck + 9, 8, 53),
    ]
    drawn += poplar(66, 72) + tree(414, 44)
    bed = soil(random) + river(112, 372, random)
    hull = random.choice(["teal", "brick", "ink"])
    barge = [
        shape(hull, (150, GROUND - 10), (322, GROUND - 10), (308, GROUND + 9), (162, GROUND + 9)),
        boxes("soil2", [(168 + 28 * heap, GROUND - 18) for heap in range(4)], 26, 9),
        box("white", 286, GROUND - 30, 24, 20),
        box("ink", 290, GROUND - 26, 16, 8),
    ]
    return drawn + people(random, 108, 424) + bed + barge


def runway(random: Random) -> Drawing:
    drawn = aircraft(random.randrange(250, 300), random.randrange(74, 96), 1.05, -9)
    drawn += [
        box("grey3", 262, GROUND - 62, 218, 62),
        box("teal", 262, GROUND - 66, 218, 6),
        boxes("white", [(x, GROUND - 50) for x in row(270, 474, 11)], 13, 36),
        shade(400, GROUND - 62, 80, 62),
    ]
    drawn += aircraft(130, GROUND - 32, 0.7, 0)
    drawn += [
        boxes("ink", [(92, GROUND - 18), (168, GROUND - 18)], 3, 12),
        disc("ink", 93, GROUND - 5, 5),
        disc("ink", 169, GROUND - 5, 5),
    ]
    drawn += [
        box("white", 222, GROUND - 42, 44, 11),
        line([(232, GROUND - 31), (232, GROUND)], 3),
        shade(250, GROUND - 42, 16, 11),
    ]
    lamps = [boxes("yellow", [(x, GROUND - 6) for x in row(8, 470, 12)], 4, 4)]
    drawn += [box("brick", 40, GROUND - 12, 30, 9, 3), box("ink", 44, GROUND - 18, 14, 7)]
    bed = [box("grey", 0, GROUND, WIDTH, 12), boxes("white", [(x, GROUND + 5) for x in row(12, 480, 8)], 30, 2.4)]
    return drawn + people(random, 212, 246) + soil(random) + bed + surface() + lamps
