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

from bench.figures import Figure
from bench.timing import Cost, Runner, by_turns, spread
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


def site(plan: Path, plain: Path, pages: int, rounds: int, runner: Runner) -> list[Figure]:
    """A build after one edit, beside a whole one and one of plain MkDocs, by turns."""
    kept = plan.parent / "minne-sidor"
    edits = Edits(plan)

    def anew() -> Cost:
        shutil.rmtree(plan / "site", ignore_errors=True)
        return runner.run(f"ska site, {pages} sidor", _SITE, plan)

    def after_one_edit() -> Cost:
        runner.run("ska site: så att nästa ändring är en", _SITE, plan, cache=kept)
        with edits.one():
            return runner.run(f"ska site efter en ändring, {pages} sidor", _SITE, plan, cache=kept)

    def of_plain() -> Cost:
        shutil.rmtree(plain / "site", ignore_errors=True)
        arguments = ("-m", "mkdocs", "build", "--quiet")
        return runner.run(f"mkdocs build, {pages} sidor", arguments, plain)

    whole, again, theirs = by_turns(rounds, anew, after_one_edit, of_plain)

    def over(some: list[Cost], others: list[Cost]) -> list[float]:
        return [a.cpu / b.cpu for a, b in zip(some, others, strict=True)]

    return [
        Figure(f"ska site mot ren MkDocs, {pages} sidor", "×", spread(over(whole, theirs)), 0.95,
               rounds),
        Figure(f"ska site efter en ändring mot ren MkDocs, {pages} sidor", "×",
               spread(over(again, theirs)), 0.25, rounds),
        Figure("ska site efter en ändring mot ett helt bygge", "×", spread(over(again, whole)),
               None, rounds),
        Figure("ska site efter en ändring: minne som mest", "MB",
               spread([cost.memory / 1e6 for cost in again]), None, rounds),
    ]  # fmt: skip


def served(plan: Path, pages: int, limit: float, rounds: int, runner: Runner) -> list[Figure]:
    """From a saved file to its page, in a program that serves already."""
    runner.say("en sida som redigeras")
    out = plan.parent / "serverad"
    edits = Edits(plan)
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
    what = f"ska serve: från sparad fil till sida, {pages} sidor"
    return [Figure(what, "s", spread([cost.wall for cost in costs]), limit, rounds)]
