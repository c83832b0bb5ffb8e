"""Other programs on the same input: what checks YAML, and what builds a site of Markdown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import yaml

from bench import peers
from bench.figures import Figure, program_version
from bench.generator import TODAY
from bench.timing import Cost, Runner, Spread, by_turns, spread

#: What would be an error, and stop the measuring, is a warning here.
_LINT: Final = (
    "-m",
    "yamllint",
    "-d",
    "{extends: relaxed, rules: {trailing-spaces: {level: warning}}}",
)
_SCHEMA: Final = ("-m", "check_jsonschema", "--schemafile", "rutin.schema.json")
#: As bare as a layout can be: Hugo then costs only what it can't do without.
_LAYOUT: Final = (
    '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
    "<body>{{ .Content }}</body></html>\n"
)
_HUGO: Final = {
    "baseURL": "/",
    "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "robotsTXT"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}


class Sizes(Protocol):
    """How much is measured."""

    @property
    def few(self) -> int: ...
    @property
    def many(self) -> int: ...
    @property
    def beside(self) -> int: ...


class Beside:
    """Measurements of others, beside ours in the same run."""

    def __init__(
        self,
        plan: Callable[[int, int | None], Path],
        plain: Callable[[Path], Path],
        sizes: Sizes,
        runner: Runner,
    ) -> None:
        """Take what lays out a plan of so many routines, and its pages as plain Markdown."""
        self.plan = plan
        self.plain = plain
        self.sizes = sizes
        self.runner = runner
        self.notes: list[str] = []

    def check(self) -> list[Figure]:
        """Each routine's own cost, ours and theirs: what starting costs is in both sizes."""
        few, many = self.sizes.few, self.sizes.many
        plans = {count: self.plan(count, many) for count in (few, many)}

        def ours(count: int) -> Callable[[], Cost]:
            command = ("-m", "ska.cli", "check", "--date", str(TODAY), plans[count])
            return lambda: self.runner.run(f"ska check, {count} rutiner", command, plans[count])

        def theirs(name: str, command: tuple[str, ...], count: int) -> Callable[[], Cost]:
            files = sorted((plans[count] / "plan" / "rutiner").iterdir())
            schemas = plans[count] / "schemas"
            what = f"{name}, {count} rutiner"
            return lambda: self.runner.run(what, (*command, *files), schemas)

        sides = [
            side(count)
            for side in (
                ours,
                lambda count: theirs("yamllint", _LINT, count),
                lambda count: theirs("check-jsonschema", _SCHEMA, count),
            )
            for count in (few, many)
        ]
        costs = by_turns(self.sizes.beside, *sides)
        each = [
            [(b.cpu - a.cpu) * 1000 / (many - few) for a, b in zip(*pair, strict=True)]
            for pair in (costs[0:2], costs[2:4], costs[4:6])
        ]
        ratio = [own / (lint + schema) for own, lint, schema in zip(*each, strict=True)]
        runs = self.sizes.beside
        return [
            Figure("ska check mot yamllint och check-jsonschema", "×", spread(ratio), 0.15, runs),
            Figure("yamllint: per rutin", "ms", spread(each[1]), None, runs),
            Figure("check-jsonschema: per rutin", "ms", spread(each[2]), None, runs),
        ]

    def site(self) -> list[Figure]:
        """Zensical and Hugo on the tree that `ska pages` writes."""
        few = self.sizes.few
        plan = self.plan(few, None)
        plain = plan.with_name(f"{plan.name}-plain")
        plain = plain if plain.exists() else self.plain(plan)
        program = peers.python().with_name("zensical")

        def ours() -> Cost:
            shutil.rmtree(plan / "site", ignore_errors=True)
            return self.runner.run(f"ska site, {few} rutiner", ("-m", "ska.cli", "site"), plan)

        def zensical() -> Cost:
            for made in ("site", ".cache"):
                shutil.rmtree(plain / made, ignore_errors=True)
            return self.runner.run("zensical", ("build",), plain, program)

        own, theirs = by_turns(self.sizes.beside, ours, zensical)
        pages = _pages(plain / "site")
        ratio = [a.cpu / b.cpu for a, b in zip(own, theirs, strict=True)]
        self.notes.append(f"Zensical {program_version(program, '--version')}")
        runs = self.sizes.beside
        figures = [
            Figure(f"ska site mot Zensical, {few} rutiner", "×", spread(ratio), None, runs),
            Figure("Zensical: per sida", "ms", _each(theirs, pages), None, runs),
        ]
        return figures + self._hugo(plain)

    def _hugo(self, plain: Path) -> list[Figure]:
        program = shutil.which("hugo")
        if program is None:
            self.notes.append("Hugo är inte med: det finns inte på datorn (apt install hugo).")
            return []
        folder = laid_out_for_hugo(plain / "docs", plain.with_name(f"{plain.name}-hugo"))

        def build() -> Cost:
            shutil.rmtree(folder / "public", ignore_errors=True)
            return self.runner.run("hugo", ("--quiet",), folder, program)

        (costs,) = by_turns(self.sizes.beside, build)
        self.notes.append(program_version(program, "version"))
        each = _each(costs, _pages(folder / "public"))
        what = "Hugo med en tom sidmall: per sida"
        return [Figure(what, "ms", each, None, self.sizes.beside)]


def laid_out_for_hugo(docs: Path, folder: Path) -> Path:
    """Lay the same Markdown out as Hugo wants it."""
    for page in sorted(docs.rglob("*.md")):
        name = "_index.md" if page.name == "index.md" else page.name
        to = folder / "content" / page.relative_to(docs).with_name(name)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, to)
    (folder / "layouts" / "_default").mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (folder / "layouts" / "_default" / name).write_text(_LAYOUT, encoding="utf-8")
    (folder / "layouts" / "index.html").write_text(_LAYOUT, encoding="utf-8")
    (folder / "config.yaml").write_text(yaml.safe_dump(_HUGO), encoding="utf-8")
    return folder


def _pages(site: Path) -> int:
    return sum(1 for _ in site.rglob("*.html"))


def _each(costs: list[Cost], pages: int) -> Spread:
    return spread([cost.cpu * 1000 / pages for cost in costs])
