"""Progress bar of a long import on a single terminal line."""

import shutil
import time
from collections.abc import Callable
from types import TracebackType

from foundation.wording import number

_WIDEST = 40
# Room for the figures, the percentage and the time.
_BESIDE = 44


class Bar:
    """Progress callback taking the line reached; `total` is None when unknown. Erases itself on exit.

    `write` takes raw text. `columns` and `clock` (seconds) default to the terminal's and the system's.
    """

    def __init__(
        self,
        write: Callable[[str], object],
        total: int | None,
        *,
        columns: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write, self._total, self._clock = write, total, clock
        self._columns = columns or shutil.get_terminal_size().columns
        self._start, self._longest = clock(), 0

    def __call__(self, line: int) -> None:
        text = self.text(line)[: self._columns - 1]
        self._longest = max(self._longest, len(text))
        self._write(f"\r{text.ljust(self._longest)}")

    def text(self, line: int) -> str:
        spent = self._clock() - self._start
        if not self._total:
            return f"{number(line)}  {_clock_face(spent)}"
        done = min(line / self._total, 1.0)
        width = max(min(_WIDEST, self._columns - _BESIDE), 0)
        bar = f"[{('#' * round(done * width)).ljust(width, '.')}] " if width else ""
        left = _clock_face(spent / done - spent) if done else "-:--"
        return f"{bar}{done:4.0%}  {number(line)}/{number(self._total)}  {left}"

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._longest:
            self._write(f"\r{' ' * self._longest}\r")


def _clock_face(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
