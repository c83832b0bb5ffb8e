"""Other programs on the same input: what checks YAML, and what builds a site of Markdown.

Each is used as well as it can be: many files in one call, settings no wider than the work needs,
and the fastest parser it takes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench import hugo, peers
from bench.figures import Figure, per_page
from bench.ground import Ground, count_pages
from bench.timing import Cost, by_turns, spread

#: What would be an error, and stop the measuring, is a warning here.
LINT: Final = "{extends: relaxed, rules: {trailing-spaces: {level: warning}}}"
_SHARED: Final = "gemensamt.schema.json"
_CHECKERS: Final = ("yamllint", "check-jsonschema", "ruamel.yaml.clib")


def checkers(ground: Ground) -> list[Figure]:
    """Each routine's own cost, ours and theirs: what starting costs is in both sizes."""
    few, many = ground.sizes.few, ground.sizes.many
    plans = {count: ground.plan(count, many) for count in (few, many)}
    schema = one_schema(plans[few] / "schemas", "rutin", ground.home / "rutin.schema.json")
    lint = ("-m", "yamllint", "-d", LINT)
    judge = ("-m", "check_jsonschema", "--schemafile", str(schema))

    def ours(count: int) -> Callable[[], Cost]:
        return lambda: ground.check(f"ska check, {count} rutiner", plans[count])

    def theirs(command: tuple[str, ...], count: int) -> Callable[[], Cost]:
        files = sorted((plans[count] / "plan" / "rutiner").iterdir())
        what, program = f"{command[1]}, {count} rutiner", peers.python()
        return lambda: ground.runner.run(what, (*command, *files), plans[count], program)

    counts = (few, many)
    sides = [ours(count) for count in counts]
    sides += [theirs(command, count) for command in (lint, judge) for count in counts]
    for side in sides[::2]:
        side()  # compiles the modules
    runs = ground.sizes.beside
    costs = by_turns(runs, *sides)
    own, linted, judged = (
        [(b.cpu - a.cpu) * 1000 / (many - few) for a, b in zip(*pair, strict=True)]
        for pair in (costs[0:2], costs[2:4], costs[4:6])
    )
    ratio = spread([a / (b + c) for a, b, c in zip(own, linted, judged, strict=True)])
    ground.notes.extend(f"{name} {peers.version(name)}" for name in _CHECKERS)
    return [
        Figure("ska check mot yamllint och check-jsonschema", "×", ratio, 0.15, runs),
        Figure("yamllint: per rutin", "ms", spread(linted), None, runs),
        Figure("check-jsonschema: per rutin", "ms", spread(judged), None, runs),
    ]


def one_schema(schemas: Path, kind: str, to: Path) -> Path:
    """Write a kind's schema with all that it refers to in it.

    check-jsonschema reads what another file defines anew for each reference, which takes it most of
    its time; within one file it does not.
    """

    def read(name: str) -> dict[str, Any]:
        text = (schemas / name).read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text.replace(f'"{_SHARED}#', '"#'))
        return found

    schema = read(f"{kind}.schema.json")
    schema["$defs"] = {**read(_SHARED)["$defs"], **schema.get("$defs", {})}
    to.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    return to


def zensical(ground: Ground) -> list[Figure]:
    """Zensical on the pages that `ska pages` writes; what it keeps is taken away in between."""
    plan = ground.plan(ground.sizes.few)
    pages = ground.pages(plan)
    program = peers.python().with_name("zensical")

    def build() -> Cost:
        for made in ("site", ".cache"):
            shutil.rmtree(pages / made, ignore_errors=True)
        return ground.runner.run("zensical", ("build",), pages, program)

    build()  # compiles the modules
    own, theirs = by_turns(ground.sizes.beside, lambda: ground.site(plan), build)
    count = count_pages(pages / "site")
    ground.notes.append(f"Zensical {peers.version('zensical')}")
    return per_page("Zensical", count, own, theirs)


def with_hugo(ground: Ground) -> list[Figure]:
    """Hugo on the same facts as plain Markdown, with a layout that holds nothing else."""
    found = hugo.find()
    if found is None:
        ground.notes.append(
            "Hugo är inte med: det finns inte på datorn, och Debians paket hugo kunde inte hämtas"
        )
        return []
    plan = ground.plan(ground.sizes.few)
    folder = hugo.lay_out(ground.plain(plan) / "docs", ground.home / f"{plan.name}-hugo")

    def build() -> Cost:
        shutil.rmtree(folder / "public", ignore_errors=True)
        program, around = found.program, found.surroundings
        return ground.runner.run("hugo", ("--quiet",), folder, program, surroundings=around)

    own, theirs = by_turns(ground.sizes.beside, lambda: ground.site(plan), build)
    count = count_pages(folder / "public")
    ground.notes.append(f"Hugo {found.version}")
    return per_page("Hugo", count, own, theirs, how=" med en tom sidmall")
