"""What an editor waits for after one edit: the whole site built again, and a page of it served."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Final
from unittest import mock

from bench.figures import Figure, per_page
from bench.ground import Ground, count_pages
from bench.timing import Cost, by_turns, ratios, spread
from ska.memory import cache
from ska.site.live import Live

_SITE: Final = ("-m", "ska.cli", "site")


class Edits:
    """One edit at a time: each begins with the plan as it was built last."""

    def __init__(self, plan: Path) -> None:
        self._routines = cycle(sorted((plan / "plan/rutiner").glob("*.yml"))[::7])

    @contextmanager
    def one(self) -> Iterator[Path]:
        edited = next(self._routines)
        text = edited.read_bytes()
        edited.write_bytes(text.replace(b"syfte: ", "syfte: Så här. ".encode(), 1))
        try:
            yield edited
        finally:
            edited.write_bytes(text)


def site(ground: Ground) -> list[Figure]:
    """A build after one edit, beside a whole one and one of plain MkDocs, by turns."""
    plan = ground.plan(ground.sizes.many)
    plain, kept = ground.plain(plan), ground.home / "minne-sidor"
    edits, rounds = Edits(plan), ground.sizes.large_sites

    def after_one_edit() -> Cost:
        ground.runner.run("ska site, så att nästa ändring är en", _SITE, plan, cache=kept)
        with edits.one():
            return ground.runner.run("ska site efter en ändring", _SITE, plan, cache=kept)

    sides = (lambda: ground.site(plan), after_one_edit, lambda: ground.mkdocs(plain))
    whole, again, theirs = by_turns(rounds, *sides)
    pages = count_pages(plain / "site")
    most = spread([cost.memory / 1e6 for cost in again])
    against = f"mot ren MkDocs, {pages} sidor"
    return [
        *per_page("ren MkDocs", pages, whole, theirs, goal=0.95),
        Figure(f"ska site efter en ändring {against}", "×", ratios(again, theirs), 0.25, rounds),
        Figure("ska site efter en ändring mot ett helt bygge", "×", ratios(again, whole), 0.25,
               rounds),
        Figure("ska site efter en ändring: minne som mest", "MB", most, None, rounds),
    ]  # fmt: skip


def served(ground: Ground) -> list[Figure]:
    """From a saved file to its page, in a program that serves already: a small plan, a large."""
    sizes = ground.sizes
    plans = ((ground.plan(sizes.few), 1), (ground.plan(sizes.many), 2))
    return [_served(ground, plan, limit) for plan, limit in plans]


def _served(ground: Ground, plan: Path, limit: float) -> Figure:
    ground.runner.say("en sida som redigeras")
    out, edits, rounds = ground.home / "serverad", Edits(plan), ground.sizes.checks
    with mock.patch.dict(os.environ, {cache.SETTING: ""}):
        live = Live(plan, out)
        live.renew()

        def seen() -> Cost:
            with edits.one() as edited:
                wall, cpu = time.perf_counter(), time.process_time()
                live.renew()
                live.fetch(f"rutiner/{edited.stem}/index.html")
                return Cost(time.perf_counter() - wall, time.process_time() - cpu, 0)

        seen()  # the first one draws what all pages share
        costs = [seen() for _ in range(rounds)]
    shutil.rmtree(out)
    pages = count_pages(ground.built(plan))
    what = f"ska serve: från sparad fil till sida, {pages} sidor"
    return Figure(what, "s", spread([cost.wall for cost in costs]), limit, rounds)
