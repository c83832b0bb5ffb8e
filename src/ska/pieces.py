"""Files in pieces, each made when it is asked for: a large one is never held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Pieces = Iterable[bytes]


def json_list(items: Iterable[bytes], line: bytes = b"") -> Iterator[bytes]:
    """Write a list of what is JSON already; `line` breaks the line before each, where it does."""
    before = b"["
    for item in items:
        yield before + line + item
        before = b","
    yield line + b"]" if before == b"," else b"[]"
