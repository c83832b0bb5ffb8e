"""`make bench`: each figure a median of several runs, with its target beside it.

    python -m bench [--quick] [--few N] [--many N] [--page]

Run whole it also writes the site's page on it, docs/hjalp/prestanda.md.

Ratios are taken between runs by turns in this very run; seconds of processor rather than of the
clock wherever two are compared, since others may be using the machine.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.utils.yaml import yaml_load

from bench import again, mutations, search
from bench.beside import Beside
from bench.editions import publishing
from bench.figures import Figure, page, surroundings, table
from bench.generator import PROJECT, TODAY, generate
from bench.timing import Cost, Runner, by_turns, spread
from ska import check as checks
from ska.changes.report import report
from ska.context import Context
from ska.derived.tackning import täckning
from ska.derived.tackning_vyer import per_enhet, per_roll
from ska.files import read_tree
from ska.lankar.avtryck import att_granska, lägen
from ska.lankar.granska import Blick, nya
from ska.reading.forms import former
from ska.reading.schema import bodies_of
from ska.reading.schema import load as load_schemas
from ska.render.calendar import feeds
from ska.render.ics import forget_events

_SKA: Final = ("-m", "ska.cli")
#: The same pages, but for the wheels on them.
_WITHOUT_WHEELS: Final = """
import re, sys
from jinja2 import ChoiceLoader, DictLoader
from ska import cli
from ska.render import mallar

pages = mallar._environment()
source = pages.loader.get_source(pages, "_aret.md")[0]
figure = re.compile(r"<figure class=.ska-hjul.*?</figure>", re.DOTALL)
source, found = figure.subn("", source)
assert found == 1
pages.loader = ChoiceLoader([DictLoader({"_aret.md": source}), pages.loader])
sys.exit(cli.main(["site"]))
"""
_FIRST_LOOK: Final = "en första titt, med små planer och få körningar; datorn kan ha varit upptagen"
_PAGE: Final = PROJECT / "docs" / "hjalp" / "prestanda.md"
_MINIMAL: Final = PROJECT / "tests/sites/minimal"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    few: int
    many: int
    starts: int
    checks: int
    sites: int
    large_sites: int
    beside: int
    searched: int

    @property
    def commands(self) -> int:
        """How many commands that is, for showing how far it has come."""
        return (
            (1 + self.starts) + (1 + 6 * self.checks) + (2 + 2 * self.sites)
            + 7 * self.large_sites + 2 + 2 * self.sites + 2 + 1 + 6 * self.beside + 3 * self.beside
        )  # fmt: skip


FULL: Final = Sizes(
    few=200, many=2450, starts=15, checks=5, sites=3, large_sites=2, beside=3, searched=2350
)
QUICK: Final = Sizes(
    few=50, many=200, starts=5, checks=3, sites=2, large_sites=1, beside=1, searched=200
)


class Bench:
    """The measurements, in the folder where their plans lie."""

    def __init__(self, home: Path, sizes: Sizes, runner: Runner) -> None:
        self.home = home
        self.sizes = sizes
        self.runner = runner

    def start_up(self) -> list[Figure]:
        def run() -> Cost:
            return self._check("ska check, en minimal plan", _MINIMAL)

        run()  # compiles the modules
        (costs,) = by_turns(self.sizes.starts, run)
        seconds = spread([cost.wall for cost in costs])
        processor = spread([cost.cpu for cost in costs])
        return [
            Figure("ska check: uppstart", "s", seconds, 0.3, len(costs)),
            Figure("ska check: uppstart, processortid", "s", processor, None, len(costs)),
        ]

    def check(self) -> list[Figure]:
        # The same surroundings, so that the routines' own cost is what differs.
        plans = {n: self.plan(n, self.sizes.many) for n in (self.sizes.few, self.sizes.many)}

        def of(routines: int) -> Callable[[], Cost]:
            return lambda: self._check(f"ska check, {routines} rutiner", plans[routines])

        few, many = by_turns(self.sizes.checks, of(self.sizes.few), of(self.sizes.many))
        more = self.sizes.many - self.sizes.few
        pairs = zip(few, many, strict=True)
        each = spread([(b.cpu - a.cpu) * 1000 / more for a, b in pairs])
        return [Figure("ska check: per rutin på 2 kB", "ms", each, 1.5, len(few))]

    def check_again(self) -> list[Figure]:
        """The whole command after one edit, with what the run before it kept, and without."""
        plan = self.plan(self.sizes.many)
        kept = self.home / "minne"
        routines = sorted((plan / "plan/rutiner").glob("*.yml"))
        edits = iter(routines[:: max(1, len(routines) // self.sizes.checks)])
        what = f"ska check efter en ändring, {self.sizes.many} rutiner"

        def after_one_edit() -> Cost:
            edited = next(edits)
            text = edited.read_bytes()
            edited.write_bytes(text.replace(b"syfte: ", "syfte: Så här. ".encode(), 1))
            cost = self._check(what, plan, kept)
            edited.write_bytes(text)
            self._check(what, plan, kept)  # so that the next edit too is one
            return cost

        def the_first_time() -> Cost:
            with tempfile.TemporaryDirectory(dir=self.home) as empty:
                return self._check(f"{what}: första gången", plan, empty)

        def without() -> Cost:
            return self._check(f"{what}: utan minne", plan)

        self._check(what, plan, kept)
        sides = (after_one_edit, the_first_time, without)
        again, first, fresh = by_turns(self.sizes.checks, *sides)
        ratio, more = (
            spread([a.cpu / b.cpu for a, b in zip(side, fresh, strict=True)])
            for side in (again, first)
        )
        beside = f"mot utan minne, {self.sizes.many} rutiner"
        return [
            Figure(f"ska check: efter en ändring {beside}", "×", ratio, 0.25, len(again)),
            Figure(f"ska check: första gången {beside}", "×", more, None, len(first)),
        ]

    def rules(self) -> list[Figure]:
        """All rules beyond loading, in this process."""
        folder = self.home / "rules"
        generate(folder, routines=1000, activities=300, indicators=500)
        tree = read_tree(folder)

        kinds = load_schemas(tree.schemas)
        context = Context(TODAY, schemas=bodies_of(kinds))

        def run() -> Cost:
            plan = checks.load(tree, kinds).plan  # anew: a file's texts are searched once
            assert plan is not None
            gc.freeze()  # as the command does
            began = time.process_time()
            for rule in checks.RULES:
                list(rule.check(plan, context))
            return Cost(0, time.process_time() - began, 0)

        self.runner.say("reglerna på en stor plan")
        (costs,) = by_turns(self.sizes.checks, run)
        gc.unfreeze()
        seconds = spread([cost.cpu for cost in costs])
        what = "alla regler: 1 000 rutiner, 300 aktiviteter, 500 indikatorer"
        return [Figure(what, "s", seconds, 0.5, len(costs))]

    def changes(self) -> list[Figure]:
        """The whole change report beyond loading, in this process, one routine in ten changed."""
        folder = self.home / "changes"
        generate(folder, routines=2800)
        tree = read_tree(folder)
        edited = {
            path: raw.replace(b"syfte: ", "syfte: Så här från och med nu. ".encode(), 1)
            for path, raw in sorted(tree.plan.items())[::10]
            if "/rutiner/" in path
        }
        kinds = load_schemas(tree.schemas)
        forms = former(bodies_of(kinds))
        old = checks.load(tree, kinds).plan
        new = checks.load(replace(tree, plan={**tree.plan, **edited}), kinds).plan
        assert old is not None
        assert new is not None
        gc.freeze()  # as the command does

        def run() -> Cost:
            began = time.process_time()
            report(old, new, forms)
            return Cost(0, time.process_time() - began, 0)

        self.runner.say("ändringsrapporten för två stora planer")
        (costs,) = by_turns(self.sizes.checks, run)
        gc.unfreeze()
        count = round(sum(1 for _ in old.ting()), -2)
        what = f"ska diff: två planer med {count} saker, {len(edited)} ändrade"
        return [Figure(what, "s", spread([cost.cpu for cost in costs]), 1.0, len(costs))]

    def coverage(self) -> list[Figure]:
        """Coverage beyond loading, in this process: each requirement, each unit, each role."""
        folder = self.home / "coverage"
        generate(folder, routines=5000, krav=400)
        tree = read_tree(folder)
        plan = checks.load(tree, load_schemas(tree.schemas)).plan
        assert plan is not None
        gc.freeze()  # as the command does

        def run() -> Cost:
            began = time.process_time()
            found = täckning(plan, TODAY)
            per_enhet(plan, found)
            per_roll(found)
            return Cost(0, time.process_time() - began, 0)

        self.runner.say("täckningen i en stor plan")
        (costs,) = by_turns(self.sizes.checks, run)
        gc.unfreeze()
        what = "täckning: 5 000 rutiner och 400 krav"
        return [Figure(what, "s", spread([cost.cpu for cost in costs]), 0.5, len(costs))]

    def links(self) -> list[Figure]:
        """All links beyond loading, in this process: what each rests on, and what has changed."""
        folder = self.home / "links"
        generate(folder, routines=5000, krav=400)
        tree = read_tree(folder)
        kinds = load_schemas(tree.schemas)
        plan = checks.load(tree, kinds).plan
        assert plan is not None
        memory = nya(plan, Blick(next(iter(plan.roller)), TODAY, "ny")).files
        plan = checks.load(replace(tree, plan={**tree.plan, **memory}), kinds).plan
        assert plan is not None
        number = len(lägen(plan))
        gc.freeze()  # as the command does

        def run() -> Cost:
            began = time.process_time()
            assert not att_granska(plan)
            return Cost(0, time.process_time() - began, 0)

        self.runner.say("länkarna i en stor plan")
        (costs,) = by_turns(self.sizes.checks, run)
        gc.unfreeze()
        what = f"länkar: 5 000 rutiner och 400 krav, {round(number, -2)} länkar"
        return [Figure(what, "s", spread([cost.cpu for cost in costs]), 0.5, len(costs))]

    def calendars(self) -> list[Figure]:
        """Every calendar of a large year, made and written, in this process."""
        folder = self.home / "calendars"
        generate(folder, routines=700, activities=60)
        plan = checks.check(read_tree(folder), TODAY).plan
        assert plan is not None
        roles = len(plan.roller)

        def run() -> Cost:
            forget_events()  # else the second run finds the first one's
            began = time.process_time()
            for feed in feeds(plan, {}):
                feed.fil()
            return Cost(0, time.process_time() - began, 0)

        self.runner.say("kalendrarna för ett stort år")
        (costs,) = by_turns(self.sizes.checks, run)
        what = f"alla kalendrar: 60 aktiviteter, {roles} roller, 700 rutiner"
        return [Figure(what, "s", spread([cost.cpu for cost in costs]), 0.5, len(costs))]

    def against_plain(self) -> list[Figure]:
        plan = self.plan(self.sizes.few)
        plain = self.plain(plan)

        def build_plain() -> Cost:
            shutil.rmtree(plain / "site", ignore_errors=True)
            arguments = ("-m", "mkdocs", "build", "--quiet")
            return self.runner.run(f"mkdocs build, {self.sizes.few} rutiner", arguments, plain)

        self._site(plan)  # compiles the modules
        ours, theirs = by_turns(self.sizes.sites, lambda: self._site(plan), build_plain)
        pages = [_pages(folder / "site") for folder in (plan, plain)]
        if pages[0] != pages[1]:
            raise SystemExit(f"bench: olika många sidor att jämföra: {pages[0]} och {pages[1]}")
        ratio = spread([a.cpu / b.cpu for a, b in zip(ours, theirs, strict=True)])
        each = spread([cost.cpu * 1000 / pages[1] for cost in theirs])
        what = f"ska site mot ren MkDocs, {self.sizes.few} rutiner"
        runs = len(ours)
        return [
            Figure(what, "×", ratio, 0.95, runs),
            Figure("ren MkDocs: per sida", "ms", each, None, runs),
        ]

    def growth(self) -> list[Figure]:
        # What any site costs is taken off first: it would hide how the rest grows.
        counts = (1, self.sizes.few, self.sizes.many)
        plans = [self.plan(count) for count in counts]

        def of(number: int) -> Callable[[], Cost]:
            return lambda: self._site(plans[number])

        self._site(plans[0])  # compiles the modules
        base, few, many = by_turns(self.sizes.large_sites, *map(of, range(len(plans))))
        pages = [_pages(plan / "site") for plan in plans]
        size = [_bytes(plan / "site") for plan in plans]

        def each(small: float, large: float, number: int) -> float:
            return (large - small) / (pages[number] - pages[0])

        small = [each(a.cpu, b.cpu, 1) for a, b in zip(base, few, strict=True)]
        large = [each(a.cpu, b.cpu, 2) for a, b in zip(base, many, strict=True)]
        time = spread([b / a for a, b in zip(small, large, strict=True)])
        weight = [each(size[0], size[number], number) for number in (1, 2)]
        heavier = spread([weight[1] / weight[0]])
        at = f"{self.sizes.many} rutiner mot {self.sizes.few}"
        whole = f"ska site: hela bygget, {pages[2]} sidor"
        most = spread([cost.memory / 1e6 for cost in many])
        runs = len(many)
        return [
            Figure(f"ska site: tid per sida, {at}", "×", time, 1.2, runs),
            Figure(f"ska site: byte per sida, {at}", "×", heavier, 1.2),
            Figure("ska site: tid per sida", "ms", spread([s * 1000 for s in large]), None, runs),
            Figure("ska site: storlek per sida", "kB", spread([weight[1] / 1000])),
            Figure(whole, "s", spread([cost.wall for cost in many]), None, runs),
            Figure("ska site: minne som mest", "MB", most, 300, runs),
        ]

    def again(self) -> list[Figure]:
        """What an editor waits for after one edit."""
        small, large = self.plan(self.sizes.few), self.plan(self.sizes.many)
        pages = [_pages(plan / "site") for plan in (small, large)]  # as `growth` built them
        plain, rounds = self.plain(large), self.sizes.large_sites
        return [
            *again.site(large, plain, pages[1], rounds, self.runner),
            *again.served(small, pages[0], 1, self.sizes.checks, self.runner),
            *again.served(large, pages[1], 2, self.sizes.checks, self.runner),
        ]

    def year(self) -> list[Figure]:
        """What the wheels cost on all the pages that show one, with 60 activities and 40 roles."""
        plan = self.home / "aret"
        self.runner.say("en plan med 60 aktiviteter och 40 roller skrivs")
        generate(plan, routines=10, surroundings=640, activities=60)
        shutil.copytree(plan, self.home / "aret-utan")

        def without() -> Cost:
            bare = self.home / "aret-utan"
            shutil.rmtree(bare / "site", ignore_errors=True)
            return self.runner.run("ska site utan hjul", ("-c", _WITHOUT_WHEELS), bare)

        ours, bare = by_turns(self.sizes.sites, lambda: self._site(plan), without)
        # Where it is less than what two runs differ by, it is nothing that can be told.
        more = spread([max(0.0, a.cpu - b.cpu) for a, b in zip(ours, bare, strict=True)])
        what = "ska site: alla hjul, 60 aktiviteter och 40 roller"
        return [Figure(what, "s", more, 1.0, len(ours))]

    def publishing(self) -> list[Figure]:
        return publishing(self.home / "publicerat", self.sizes.few, self.runner)

    def search(self) -> list[Figure]:
        """What a search costs on the pages of a plan with `searched` routines, in a browser."""
        plan = self.plan(self.sizes.few)
        if not (plan / "site").exists():
            self._site(plan)
        self.runner.say("sökningen på en stor plan")
        made = search.large_index(self.home / "search", self.sizes.searched)
        return search.figures(plan / "site", made, self.sizes.large_sites)

    # How it is done

    def plan(self, routines: int, surroundings: int | None = None) -> Path:
        folder = self.home / f"{routines}-{surroundings or routines}"
        if not folder.exists():
            self.runner.say(f"en plan med {routines} rutiner skrivs")
            generate(folder, routines=routines, surroundings=surroundings)
        return folder

    def _check(self, what: str, folder: Path, cache: str | Path = "") -> Cost:
        arguments = (*_SKA, "check", "--date", str(TODAY), folder)
        return self.runner.run(what, arguments, folder, cache=cache)

    def _site(self, plan: Path) -> Cost:
        shutil.rmtree(plan / "site", ignore_errors=True)
        what = f"ska site, {plan.name.partition('-')[0]} rutiner"
        return self.runner.run(what, (*_SKA, "site"), plan)

    def plain(self, plan: Path) -> Path:
        """Lay out the same Markdown for MkDocs and Material alone, with no code of ours."""
        folder = self.home / f"{plan.name}-plain"
        pages = (*_SKA, "pages", "--date", str(TODAY), folder / "docs", plan)
        self.runner.run("ska pages", pages, plan)
        ignore = shutil.ignore_patterns("tema")
        shutil.copytree(plan / "docs", folder / "docs", ignore=ignore, dirs_exist_ok=True)
        settings: dict[str, Any] = yaml_load((plan / "mkdocs.yml").read_text(encoding="utf-8"))
        for name in ("hooks", "exclude_docs", "docs_dir"):
            settings.pop(name, None)
        settings["not_in_nav"] = "*"
        # Our templates stay behind, and with them our words for the theme's own.
        settings["theme"].pop("custom_dir", None)
        settings["theme"]["language"] = "sv"
        for colours in settings["theme"]["palette"]:  # ours are drawn in the styles
            colours["toggle"].setdefault("icon", "material/moon-waning-crescent")
        settings["plugins"] = ["search"]
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        return folder


def _pages(site: Path) -> int:
    return sum(1 for _ in site.rglob("*.html"))


def _bytes(site: Path) -> int:
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure how fast the check and the site are."
    )
    parser.add_argument("--quick", action="store_true", help="small plans, few runs: a first look")
    parser.add_argument("--page", action="store_true", help="write the site's page in any case")
    parser.add_argument("--few", type=int, metavar="N", help="routines in the small plan")
    parser.add_argument("--many", type=int, metavar="N", help="routines in the large plan")
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    sizes = replace(sizes, few=options.few or sizes.few, many=options.many or sizes.many)
    if not 1 < sizes.few < sizes.many:
        parser.error("the large plan must be larger than the small one, and that larger than 1")
    with tempfile.TemporaryDirectory(prefix="ska-bench-") as folder:
        home = Path(folder)
        runner = Runner(sizes.commands, home / "compiled")
        bench = Bench(home, sizes, runner)
        beside = Beside(bench.plan, bench.plain, sizes, runner)
        parts = (
            bench.start_up, bench.check, bench.check_again, beside.check, bench.rules,
            bench.changes, bench.coverage, bench.links, bench.calendars,
            bench.against_plain, beside.site, bench.growth, bench.again, bench.year,
            bench.search, bench.publishing,
        )  # fmt: skip
        figures = [figure for part in parts for figure in part()]
        runner.say("skador som hittas")
        scores = mutations.scores(mutations.sample())
        runner.say("")
    said = "".join(f"{note}\n" for note in beside.notes)
    sys.stdout.write(
        f"{', '.join(surroundings())}\n\n{table(figures)}{said}\n{mutations.table(scores)}"
    )
    if sizes == FULL or options.page:
        notes = beside.notes + ([] if sizes == FULL else [_FIRST_LOOK])
        _PAGE.write_text(page(figures, scores, notes), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
