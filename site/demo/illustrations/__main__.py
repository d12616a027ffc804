"""`python -m demo.illustrations` writes every scene into `static/scenes/`.

`NAME.svg` and `NAME-cut.svg` (without sky, for a coloured background); `NAME-2.svg`, `NAME-3.svg` for lists.
"""

from collections.abc import Iterator
from pathlib import Path

from demo.illustrations.ink import svg
from demo.illustrations.scenes import SCENES, draw

FOLDER = Path(__file__).resolve().parents[2] / "static" / "scenes"
# Types of premises, repeated in lists.
VARIED = ("office", "workshop", "warehouse", "market", "lab", "works")
VARIATIONS = 3


def files() -> Iterator[tuple[str, str]]:
    """Yield (file name, SVG text)."""
    for name in SCENES:
        scene = draw(name)
        yield f"{name}.svg", svg([scene.sky, *scene.shapes])
        yield f"{name}-cut.svg", svg(scene.shapes)
        for variation in range(2, VARIATIONS + 1 if name in VARIED else 2):
            scene = draw(name, variation)
            yield f"{name}-{variation}.svg", svg([scene.sky, *scene.shapes])


if __name__ == "__main__":
    for file, text in files():
        (FOLDER / file).write_text(text, encoding="utf-8")
