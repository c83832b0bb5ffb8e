"""How work that may take long tells how far it has come; who hears it, the commands decide."""

from __future__ import annotations

from collections.abc import Callable

#: What is being done, how much of it is done, and how much there is.
Told = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""
