"""What a site's targets in docs/hjalp/prestanda.md rest on: ratios of work and of size.

Work is counted in calls, of a few routines and of more in one run. What any site costs is taken
off: that part is the same however large the plan is, and would hide how the rest grows.
"""

from __future__ import annotations

import logging
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from bench.again import Edits
from bench.ground import QUICK, Ground, count_bytes, count_pages
from bench.timing import Runner
from ska.memory import cache
from ska.site import building
from ska.site.building import build
from ska.site.live import Live
from tests.building import EPOCH
from tests.counting import calls

# What is large here is there to be large; the smaller plans show every line.
pytestmark = pytest.mark.no_cover
FEWEST, SOME, MOST = 2, 14, 60


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: its pages and bytes, and the calls that went into it."""

    pages: int
    size: int
    work: int

    def over(self, base: Site) -> Site:
        """Return what it has more than a smaller one."""
        return Site(self.pages - base.pages, self.size - base.size, self.work - base.work)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    home = tmp_path_factory.mktemp("storlekar")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        patch.setenv(cache.SETTING, "")
        ground = Ground(home, QUICK, Runner(1, home / "compiled"))
        build(plan(ground, FEWEST), home / "site")  # compiles templates
        yield ground


def plan(ground: Ground, routines: int) -> Path:
    return ground.plan(routines, MOST)


@pytest.fixture(scope="module")
def sites(ground: Ground) -> dict[int, Site]:
    found = {}
    for routines in (FEWEST, SOME, MOST):
        root = plan(ground, routines)
        out = root / "site"
        work = calls(lambda root=root, out=out: build(root, out))  # type: ignore[misc]
        found[routines] = Site(count_pages(out), count_bytes(out), work)
    return found


@pytest.fixture(scope="module")
def plain(ground: Ground, sites: dict[int, Site]) -> int:
    """What MkDocs and Material alone do for the same facts as plain Markdown."""
    found = []
    logger = logging.getLogger("mkdocs")
    logger.disabled = True
    for routines in (FEWEST, MOST):
        folder = ground.plain(plan(ground, routines))
        config = load_config(str(folder / "mkdocs.yml"))
        found.append(calls(lambda config=config: mkdocs_build(config)))  # type: ignore[misc]
        assert count_pages(folder / "site") == sites[routines].pages
    logger.disabled = False
    return found[1] - found[0]


def test_a_page_costs_and_weighs_no_more_in_a_large_plan(sites: dict[int, Site]) -> None:
    few, many = (sites[routines].over(sites[FEWEST]) for routines in (SOME, MOST))
    assert many.pages > 3 * few.pages
    assert many.work / many.pages < 0.9 * few.work / few.pages
    assert many.size / many.pages < few.size / few.pages


def test_a_page_costs_less_than_plain_mkdocs_takes(sites: dict[int, Site], plain: int) -> None:
    assert sites[MOST].over(sites[FEWEST]).work < 0.6 * plain


def held(root: Path) -> int:
    """Return how many bytes a build holds at most; what is worked out for all builds is aside."""
    tracemalloc.start()
    try:
        build(root, root / "site")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_little_is_held_of_each_page(
    ground: Ground, sites: dict[int, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole pages, or their rubbish: one of these kept, and it is half as much again."""
    monkeypatch.setattr(building, "_SWEPT", 10)  # as often for few pages as else for many
    more = held(plan(ground, MOST)) - held(plan(ground, SOME))
    assert more < 22_000 * (sites[MOST].pages - sites[SOME].pages)


def test_after_one_edit_a_page_costs_a_fraction(
    ground: Ground, sites: dict[int, Site], plain: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for routines in (FEWEST, MOST):
        root = plan(ground, routines)
        out = root / "site"
        monkeypatch.setenv(cache.SETTING, str(ground.home / f"minne-{routines}"))
        build(root, out)
        with Edits(root).one():
            found.append(calls(lambda root=root, out=out: build(root, out)))  # type: ignore[misc]
    again = found[1] - found[0]
    assert again < 0.2 * plain
    assert again < 0.3 * sites[MOST].over(sites[FEWEST]).work


def test_to_serve_a_page_after_an_edit_costs_little_of_a_whole_site(
    ground: Ground, sites: dict[int, Site]
) -> None:
    found = []
    for routines in (FEWEST, MOST):
        root = plan(ground, routines)
        live, edits = Live(root, ground.home / f"serverad-{routines}"), Edits(root)
        live.renew()

        def seen(live: Live = live, edits: Edits = edits) -> None:
            with edits.one() as edited:
                live.renew()
                live.fetch(f"rutiner/{edited.stem}/index.html")

        seen()  # the first one draws what all pages share
        found.append(calls(seen))
    assert found[1] - found[0] < 0.06 * sites[MOST].over(sites[FEWEST]).work
    assert found[1] < 0.3 * sites[MOST].work
