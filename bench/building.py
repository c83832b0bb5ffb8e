"""What a whole site costs: beside plain MkDocs, for each page as it grows, and its wheels."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Final

from bench.figures import Figure, per_page
from bench.generator import generate
from bench.ground import Ground, count_bytes, count_pages
from bench.timing import Cost, by_turns, spread

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


def against_plain(ground: Ground) -> list[Figure]:
    """A small site beside one that MkDocs and Material alone build of the same facts."""
    few = ground.sizes.few
    plan = ground.plan(few)
    plain = ground.plain(plan)
    sides = (lambda: ground.site(plan), lambda: ground.mkdocs(plain))
    for side in sides:
        side()  # compiles the modules
    ours, theirs = by_turns(ground.sizes.sites, *sides)
    pages, others = (count_pages(folder / "site") for folder in (plan, plain))
    if pages != others:
        raise SystemExit(f"bench: olika många sidor att jämföra: {pages} och {others}")
    return per_page("ren MkDocs", pages, ours, theirs, goal=0.95)


def growth(ground: Ground) -> list[Figure]:
    """What each page costs on a small and a large site, with what any site costs taken off."""
    sizes = ground.sizes
    plans = [ground.plan(count) for count in (1, sizes.few, sizes.many)]

    def of(number: int) -> Callable[[], Cost]:
        return lambda: ground.site(plans[number])

    ground.site(plans[0])  # compiles the modules
    base, few, many = by_turns(sizes.large_sites, *map(of, range(len(plans))))
    pages = [count_pages(plan / "site") for plan in plans]
    size = [count_bytes(plan / "site") for plan in plans]

    def each(small: float, large: float, number: int) -> float:
        return (large - small) / (pages[number] - pages[0])

    small = [each(a.cpu, b.cpu, 1) for a, b in zip(base, few, strict=True)]
    large = [each(a.cpu, b.cpu, 2) for a, b in zip(base, many, strict=True)]
    longer = spread([b / a for a, b in zip(small, large, strict=True)])
    weight = [each(size[0], size[number], number) for number in (1, 2)]
    heavier = spread([weight[1] / weight[0]])
    at, runs = f"{sizes.many} rutiner mot {sizes.few}", len(many)
    most = spread([cost.memory / 1e6 for cost in many])
    took = spread([cost.wall for cost in many])
    return [
        Figure(f"ska site: tid per sida, {at}", "×", longer, 1.2, runs),
        Figure(f"ska site: byte per sida, {at}", "×", heavier, 1.2),
        Figure("ska site: tid per sida", "ms", spread([s * 1000 for s in large]), None, runs),
        Figure("ska site: storlek per sida", "kB", spread([weight[1] / 1000])),
        Figure(f"ska site: hela bygget, {pages[2]} sidor", "s", took, None, runs),
        Figure("ska site: minne som mest", "MB", most, 300, runs),
    ]


def year(ground: Ground) -> list[Figure]:
    """What the wheels cost on all the pages that show one, with 60 activities and 40 roles."""
    plan, bare = ground.home / "aret", ground.home / "aret-utan"
    ground.runner.say("en plan med 60 aktiviteter och 40 roller skrivs")
    generate(plan, routines=10, surroundings=640, activities=60)
    shutil.copytree(plan, bare)

    def without() -> Cost:
        shutil.rmtree(bare / "site", ignore_errors=True)
        return ground.runner.run("ska site utan hjul", ("-c", _WITHOUT_WHEELS), bare)

    ours, others = by_turns(ground.sizes.sites, lambda: ground.site(plan), without)
    # Where it is less than what two runs differ by, it is nothing that can be told.
    more = spread([max(0.0, a.cpu - b.cpu) for a, b in zip(ours, others, strict=True)])
    what = "ska site: alla hjul, 60 aktiviteter och 40 roller"
    return [Figure(what, "s", more, 1.0, len(ours))]
