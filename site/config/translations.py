"""Compile the message catalogues without gettext's tools: `python -m config.translations`, with `site/` on the path.

A bare machine has no msgfmt, and a missing catalogue would even change addresses (they are translated).
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(root: Path = LOCALE) -> list[Path]:
    """Write the .mo beside each .po that is newer; return those written."""
    written = []
    for source in sorted(root.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_catalogues():
        print(f"compiled {path.relative_to(LOCALE)}")
