"""Scenes of trades: workshop, warehouse, market."""

from random import Random

from demo.illustrations.ground import soil, surface
from demo.illustrations.ink import GROUND, WIDTH, Drawing, box, boxes, curve, disc, line, number, row, shade, shape
from demo.illustrations.parts import building, lorry, people, punched, ribbons, tree


def workshop(random: Random) -> Drawing:
    bays = random.choice([4, 5])
    left, wide = 78, 62
    right = left + bays * wide
    drawn: Drawing = []
    for chimney, high in ((24, random.randrange(150, 186)), (52, random.randrange(112, 140))):
        drawn += [
            box("brick3", chimney, GROUND - high, 15, high),
            shade(chimney + 9, GROUND - high, 6, high),
            box("brick", chimney - 2, GROUND - high - 4, 19, 7),
        ]
    for x in row(left, right, bays):
        drawn += [
            shape("teal3", (x, GROUND - 84), (x, GROUND - 130), (x + 13, GROUND - 130), (x + 13, GROUND - 84)),
            shape("brick", (x + 13, GROUND - 134), (x + wide, GROUND - 84), (x + 13, GROUND - 84)),
            shape("shade", (x + 30, GROUND - 117), (x + wide, GROUND - 84), (x + 13, GROUND - 84)),
        ]
    drawn += [
        box("brick2", left, GROUND - 86, right - left, 86),
        boxes("brick", [(left, GROUND - 86 + 10 * course) for course in range(1, 9)], right - left, 1.2),
        shade(right - 92, GROUND - 86, 92, 86),
    ]
    gate = left + random.choice([92, 112])
    arm = [
        (gate + 30, GROUND - 9),
        (gate + 21, GROUND - 32),
        (gate + 47, GROUND - 47),
        (gate + 61, GROUND - 29),
    ]
    drawn += [
        box("ink", gate, GROUND - 68, 104, 68),
        box("pale", gate + 4, GROUND - 64, 96, 64),
        box("grey3", gate + 4, GROUND - 64, 96, 13),
        box("ink", gate + 16, GROUND - 8, 28, 8),
        line(arm, 6, "yellow"),
        disc("ink", gate + 21, GROUND - 32, 3.2),
        disc("ink", gate + 47, GROUND - 47, 3.2),
        box("grey", gate + 54, GROUND - 26, 34, 12, 6),
        box("ink", gate + 56, GROUND - 14, 30, 14),
    ]
    drawn += [
        box("ink", left + 12, GROUND - 62, 58, 62),
        boxes("teal3", [(left + 16 + 18 * k, GROUND - 57) for k in range(3)], 14, 22),
        boxes("teal", [(left + 16 + 18 * k, GROUND - 30) for k in range(3)], 14, 26),
    ]
    windows = [gate + 122 + 26 * bay for bay in range(2)]
    drawn.append(boxes("teal3", [(x, GROUND - 60) for x in windows if x + 24 < right], 18, 32))
    if right < 400:
        drawn += building(
            random, right + 6, 470 - right, random.randrange(60, 92), wall="white", glass="teal2", facade=punched
        )
    drawn += tree(466, 48) + lorry(random.choice([-22, -8]), random.choice(["teal", "leaf", "brick"]), "white")
    return drawn + people(random, gate - 12, gate + 116, 440) + soil(random) + surface()


def warehouse(random: Random) -> Drawing:
    left = random.choice([28, 44, 60])
    docks = random.choice([5, 6])
    pitch = (WIDTH - left - 20) / docks
    band = random.choice(["teal", "leaf", "brick"])
    drawn: Drawing = [
        box("white", left, GROUND - 112, WIDTH - left, 112),
        box(band, left, GROUND - 112, WIDTH - left, 24),
        boxes("grey3", [(x, GROUND - 88) for x in row(left, WIDTH, 10)], 1.2, 52),
        box("ink", left - 2, GROUND - 115, WIDTH - left + 2, 4),
        box("grey2", left, GROUND - 36, WIDTH - left, 36),
        boxes("ink", [(x, GROUND - 122) for x in row(left + 40, 452, 9)], 28, 3),
        boxes("leaf2", [(x, GROUND - 119) for x in row(left + 34, 452, 9)], 38, 4),
        f'<text x="{left + 14}" y="{GROUND - 94}" font-family="Manrope,sans-serif" font-weight="800" font-size="18"'
        f' class="white">{random.choice("ABCD")}{random.randrange(1, 9)}</text>',
    ]
    lefts = [left + 18 + pitch * dock for dock in range(docks)]
    for x in lefts:
        drawn += [
            box("ink", x - 3, GROUND - 62, 48, 62),
            box("grey3", x + 2, GROUND - 57, 38, 57),
            boxes("grey2", [(x + 2, GROUND - 48 + 9 * slat) for slat in range(5)], 38, 1.6),
            box("yellow", x - 3, GROUND - 66, 48, 4),
        ]
    opened = random.choice(lefts[1:-1])
    drawn += [
        box("ink", opened + 2, GROUND - 57, 38, 57),
        box("brick3", opened + 8, GROUND - 14, 24, 12),
        box("brick2", opened + 8, GROUND - 26, 24, 11),
        box("pale", opened + 11, GROUND - 38, 18, 11),
    ]
    cabs = random.sample(["brick", "teal", "leaf", "grey"], 3)
    lorry_lefts = random.sample([x for x in lefts if x != opened], 2)
    for cab, x in zip(cabs, lorry_lefts, strict=False):
        drawn += lorry(x - 22, cab, random.choice(["white", "teal3", "pale"]), leftwards=random.random() < 0.4)
    drawn += people(random, opened + 52)
    drawn += [line([(16, GROUND), (16, GROUND - 150)], 3), box("ink", 4, GROUND - 154, 24, 4)]
    return drawn + soil(random) + surface()


def market(random: Random) -> Drawing:
    vaults = random.choice([3, 4])
    wide = 384 / vaults
    drawn = building(random, 404, 68, random.randrange(130, 166), wall="pale", glass="teal2", facade=ribbons)
    for x in row(12, 396, vaults):
        drawn += _vault(x, wide, 44)
    drawn += [box("teal", 6, GROUND - 68, 398, 12), box("ink", 6, GROUND - 56, 398, 56)]
    for x in row(16, 398, 6):
        colour = random.choice(["brick2", "leaf2", "yellow", "brick", "leaf3", "teal2", "white"])
        for tier in range(3):
            y = GROUND - 14 - tier * 12
            fruits = int((50 - tier * 8) / 7)
            drawn.append(box("soil2", x + tier * 4, y, 50 - tier * 8, 10))
            drawn.append("".join(disc(colour, x + tier * 4 + 5 + fruit * 6.8, y + 1, 3.1) for fruit in range(fruits)))
        drawn += [box("grey", x - 8, GROUND - 56, 3, 56), box("white", x + 15, GROUND - 51, 19, 6)]
    drawn += lorry(388, random.choice(["leaf", "brick"]), "white", leftwards=True)
    drawn += [piece for shopper_x in random.sample([72, 138, 204, 268, 336], 4) for piece in people(random, shopper_x)]
    return drawn + soil(random) + surface()


def _vault(x: float, wide: float, high: float) -> Drawing:
    """Draw a market hall vault with its glazed end, the right part in the shade."""
    foot, middle = GROUND - 66, x + wide / 2

    def arc(inset: float) -> str:
        radii = f"{number(wide / 2 - inset)} {number(high - inset)}"
        return f"M{number(x + inset)} {foot}A{radii} 0 0 1 {number(x + wide - inset)} {foot}Z"

    dark = (
        f"M{number(middle + wide * 0.18)} {foot}V{number(foot - high * 0.92)}"
        f"A{number(wide / 2)} {number(high)} 0 0 1 {number(x + wide)} {foot}Z"
    )
    mullion = line([(middle, foot - high + 8), (middle, foot)], 2, "white")
    return [curve("white", arc(0)), curve("teal3", arc(9)), mullion, curve("shade", dark)]
