"""Real searches with the pages that answer them, split in what is tuned on and what isn't."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final, NamedTuple

import yaml

HALVES: Final = ("tuning", "held-out")
SEED: Final = 20119


class Fråga(NamedTuple):
    """A search that someone makes, what makes it hard, and the pages that answer it."""

    fråga: str
    art: str
    sidor: tuple[str, ...]


def questions(half: str) -> list[Fråga]:
    """Give one half of the searches."""
    data = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text("utf-8"))
    return [Fråga(row["fråga"], row["art"], tuple(row["sidor"])) for row in data[half]]


def held_out(count: int) -> set[int]:
    """Tell which of `count` searches were drawn, by their places when they were written."""
    order = list(range(count))
    random.Random(SEED).shuffle(order)
    return set(order[: count // 2])
