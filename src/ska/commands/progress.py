"""Says on a terminal what a command is doing, once it has taken more than two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ska.told import Told, silent

_PATIENCE: Final = 2.0  # seconds
_PACE: Final = 0.1  # seconds between two lines: a terminal is slower than the work


@contextmanager
def progress() -> Iterator[Told]:
    """Give what work tells how far it has come; on a terminal the user sees it, else nobody."""
    if not sys.stderr.isatty():
        yield silent
        return
    line = _Line()
    try:
        yield line
    finally:
        line.clear()


class _Line:
    """One line of the terminal, written over and over."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _PATIENCE
        self._width = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _PACE
        self._write(f"{what}: {done} av {total}")

    def clear(self) -> None:
        """Leave the line empty for what comes after."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text.ljust(self._width)}\r")
        sys.stderr.flush()
        self._width = len(text)
