"""Build of the web font: `python -m config.font`, with `site/` on the path.

The package ships the full Manrope as TTF (165 KB); two languages need a small WOFF2 subset.
"""

from pathlib import Path

import font_manrope
from fontTools import subset

SOURCE = Path(font_manrope.__file__).parent / "files" / "Manrope-VariableFont_wght.ttf"
TARGET = Path(__file__).resolve().parents[2] / "var" / "build" / "fonts" / "manrope.woff2"
# Basic Latin, Latin-1, œ Œ Ÿ, the spaces and punctuation of both languages, minus, arrows, euro.
CHARACTERS = (
    "U+0020-007E,U+00A0-00FF,U+0152,U+0153,U+0178,U+2009,U+2011,U+2013,U+2014,U+2018-201D,U+2022,"
    "U+2026,U+2030,U+2032,U+20AC,U+2190-2193,U+2212,U+2264,U+2265"
)


def build(target: Path = TARGET) -> Path:
    """Write the subset unless already there; return its path."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        subset.main(
            [
                str(SOURCE),
                f"--unicodes={CHARACTERS}",
                "--flavor=woff2",
                "--layout-features=kern,liga,tnum,lnum,mark,mkmk,ccmp,locl,case",
                f"--output-file={target}",
            ]
        )
    return target


if __name__ == "__main__":
    build()
