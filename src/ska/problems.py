"""What can be wrong, and where. Facts only: `report.py` words them for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """`fel` stops a merge; `varning` is shown and counted."""

    FEL = "fel"
    VARNING = "varning"


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file; line and column count from 1, columns in characters after NFC."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a problem concerns: the other side of a contradiction."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect: where, which rule, what and why (`message`), and what to do (`hint`).

    `thing` is the kind and id of what the defect is about, so that an exception can name it.
    """

    location: Location
    rule: str
    message: str
    hint: str | None = None
    severity: Severity = Severity.FEL
    related: tuple[Related, ...] = ()
    thing: tuple[str, str] | None = None


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then rule and message, so that the same plan gives the same list."""
    return tuple(sorted(problems, key=lambda p: (p.location, p.rule, p.message)))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the most similar known name, or None when none is close."""
    match = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"menade du ”{match[0]}”?" if match else None
