"""The chart of a run: a bar for each page, its goal as a tick."""

from collections.abc import Sequence
from html import escape

_ROW, _LABEL, _WIDTH = 18, 230, 720


def chart(bars: Sequence[tuple[str, float, float | None]]) -> str:
    """An SVG of bars (label, milliseconds, goal), all on one scale that starts at zero."""
    longest = max([1.0, *(milliseconds for _label, milliseconds, _goal in bars)])
    unit = (_WIDTH - _LABEL - 60) / longest
    rows = [_bar(row * _ROW, unit, *bar) for row, bar in enumerate(bars)]
    height = len(bars) * _ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif"'
        f' font-size="11"><rect width="100%" height="100%" fill="#fff"/>{"".join(rows)}</svg>\n'
    )


def _bar(top: int, unit: float, label: str, milliseconds: float, goal: float | None) -> str:
    fill = "#b3261e" if goal is not None and milliseconds > goal else "#2c5d8f"
    end = _LABEL + milliseconds * unit
    tick = "" if goal is None else f'<path d="M{_LABEL + goal * unit:.1f} {top + 1}v{_ROW - 3}" stroke="#111"/>'
    return (
        f'<text x="{_LABEL - 8}" y="{top + 12}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{_LABEL}" y="{top + 3}" width="{milliseconds * unit:.1f}" height="{_ROW - 7}" fill="{fill}"/>'
        f'{tick}<text x="{end + 4:.1f}" y="{top + 12}">{milliseconds:.1f}</text>'
    )
