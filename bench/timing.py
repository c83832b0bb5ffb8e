"""Run commands and see what they cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

import ska
from bench.generator import TODAY

_NOON: Final = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
#: What the commands see: this project's code wherever they run, and always the same day.
_FIXED: Final = {
    "PYTHONPATH": str(Path(ska.__file__).parents[1]),
    "SOURCE_DATE_EPOCH": str(int(_NOON.timestamp())),
    "NO_MKDOCS_2_WARNING": "true",
}


#: Starts a command from a small process: a new one counts its parent's memory as its own until it
#: has grown past that. Not Popen.wait: only wait4 tells what this one process used.
_MEASURED: Final = """
import json, os, sys, time
began = time.perf_counter()
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - began
with open(sys.argv[1], "w") as told:
    json.dump([os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime,
               usage.ru_maxrss], told)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds on the clock, seconds of processor, bytes of memory at most."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest, middle and highest of several measurements."""

    low: float
    middle: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    return Spread(min(values), median(values), max(values))


def ratios(some: Sequence[Cost], others: Sequence[Cost]) -> Spread:
    """Seconds of processor, each run against the one that was made beside it."""
    return spread([a.cpu / b.cpu for a, b in zip(some, others, strict=True)])


class Runner:
    """Runs Python commands as a user's machine would, and says on a terminal how far it is."""

    def __init__(self, parts: int, compiled: Path) -> None:
        """Keep compiled modules in a folder of our own, so that every run finds them."""
        self._parts = parts
        self._part = 0
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "SKA_"))}
        self._environment = {**kept, **_FIXED, "PYTHONPYCACHEPREFIX": str(compiled)}

    def run(
        self,
        what: str,
        arguments: Sequence[str | Path],
        folder: Path,
        program: str | Path = sys.executable,
        cache: str | Path = "",
        surroundings: Mapping[str, str] | None = None,
    ) -> Cost:
        """Run `python ARGUMENTS` in `folder`. What it prints is shown only if it fails.

        Runs that name a folder for their cache find there what the one before them kept.
        """
        self.say(what)
        around = {**self._environment, **(surroundings or {}), "SKA_CACHE": str(cache)}
        with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile() as told:
            subprocess.run(
                [sys.executable, "-SE", "-c", _MEASURED, told.name, str(program),
                 *map(str, arguments)],
                cwd=folder, env=around, stdout=output, stderr=subprocess.STDOUT, check=True,
            )  # fmt: skip
            code, wall, cpu, memory = json.load(told)
            if code:
                output.seek(0)
                self.say("")
                sys.stderr.write(output.read().decode(errors="replace"))
                raise SystemExit(f"bench: {what}: avslutades med {code}")
        kilo = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in
        return Cost(wall, cpu, memory * kilo)

    def begin(self) -> None:
        """Begin the next part of the measuring."""
        self._part += 1

    def say(self, text: str) -> None:
        """Say what is being done, and in which part; nothing clears the line."""
        if sys.stderr.isatty():
            said = f"[{self._part}/{self._parts}] {text}" if text else ""
            sys.stderr.write(f"\r\x1b[K{said}")
            sys.stderr.flush()


def by_turns(rounds: int, *sides: Callable[[], Cost]) -> list[list[Cost]]:
    """Run A B, B A, A B …, so that a slow minute of the machine hits all sides alike."""
    costs: list[list[Cost]] = [[] for _ in sides]
    order = list(zip(sides, costs, strict=True))
    for _ in range(rounds):
        for side, found in order:
            found.append(side())
        order.reverse()
    return costs
