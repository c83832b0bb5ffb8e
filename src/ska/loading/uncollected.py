"""Work whose results all stay: nothing in them is rubbish to be looked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the garbage collector: what a check makes it keeps.

    To look through all of that for rubbish, again and again, was a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Take all that there is for what stays: `sweep` looks at what is made from now on."""
    gc.freeze()
    gc.unfreeze()  # to the oldest generation, without having been looked through


def sweep() -> None:
    """Let go of the rubbish among what has been made since the last time, while that is little."""
    gc.collect(0)
