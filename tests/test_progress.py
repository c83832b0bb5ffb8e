"""How far long work has come is told on a terminal, after a while, and nowhere else."""

from __future__ import annotations

import io

import pytest

from ska.check import check
from ska.commands import progress
from ska.commands.progress import progress as shown
from ska.files.tree import read_tree
from tests.helpers import MINIMAL, TODAY


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_short_work_says_nothing(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with shown() as told:
        clock[0] = 1.9
        told("Läser filer", 1, 10)
    assert terminal.getvalue() == ""


def test_long_work_says_what_it_does_and_leaves_the_line_empty(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with shown() as told:
        clock[0] = 2.1
        told("Läser filer", 7, 10)
        told("Läser filer", 8, 10)  # too soon to be seen
        clock[0] = 2.3
        told("Gör sidor", 1, 9)
    lines = terminal.getvalue().split("\r")
    assert [line.strip() for line in lines if line.strip()] == [
        "Läser filer: 7 av 10",
        "Gör sidor: 1 av 9",
    ]
    assert lines[-2].isspace()


def test_a_file_or_another_program_hears_nothing(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with shown() as told:
        clock[0] = 60
        told("Läser filer", 7, 10)
    assert stream.getvalue() == ""


def test_the_reading_tells_of_each_file() -> None:
    heard: list[tuple[str, int, int]] = []
    tree = read_tree(MINIMAL)
    check(tree, TODAY, told=lambda what, done, total: heard.append((what, done, total)))
    assert heard == [("Läser filer", n, len(tree.plan)) for n in range(1, len(tree.plan) + 1)]
