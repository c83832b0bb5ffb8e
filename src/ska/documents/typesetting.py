"""A document's data to a PDF, both PDF/A-2a and PDF/UA-1. The only place that calls typst."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

import typst

_TEMPLATE: Final = Path(__file__).parent / "templates" / "dokument.typ"
#: Else the C library may give each of typst's threads a heap of its own.
_ONE_HEAP: Final = {"MALLOC_ARENA_MAX": "1"}
_STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]


def pdf(data: dict[str, Any], day: date) -> bytes:
    """Typeset a document. The same data and day give the same bytes, wherever it is done."""
    return _pdf(_as_text(data), day)


def _pdf(data: str, day: date) -> bytes:
    made = _compiler().compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=_STANDARDS,
        timestamp=datetime.combine(day, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


def pdf_apart(data: dict[str, Any], day: date) -> bytes:
    """Typeset a document in a process of its own, whose memory goes with it.

    A hundred pages take a quarter of a gigabyte, and typst keeps that. Raises `RuntimeError` with
    what the process said, if it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", __name__, day.isoformat()],
        input=_as_text(data).encode(), capture_output=True, check=False,
        env={**os.environ, **_ONE_HEAP},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout


def png(data: dict[str, Any], ppi: float = 80) -> list[bytes]:
    """Draw a document's pages as pictures, to look at."""
    made = _compiler().compile(
        _TEMPLATE.read_bytes(), format="png", ppi=ppi, sys_inputs={"data": _as_text(data)}
    )
    return made if isinstance(made, list) else [made or b""]


def _as_text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _compiler() -> typst.Compiler:
    """Begin anew, with the fonts that come with typst and no others: those of a machine differ."""
    return typst.Compiler(ignore_system_fonts=True)


if __name__ == "__main__":
    told = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(_pdf(told, date.fromisoformat(sys.argv[1])))
