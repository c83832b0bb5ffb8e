"""What all measurements share: how much is measured, the plans it is measured on, and how."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.utils.yaml import yaml_load

from bench import markdown
from bench.generator import TODAY, generate
from bench.timing import Cost, Runner

_SKA: Final = ("-m", "ska.cli")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: routines, and runs of each kind."""

    few: int
    many: int
    searched: int
    starts: int
    checks: int
    sites: int
    large_sites: int
    beside: int


FULL: Final = Sizes(
    few=200, many=2450, searched=2350, starts=15, checks=5, sites=3, large_sites=3, beside=3
)
QUICK: Final = Sizes(
    few=50, many=200, searched=200, starts=5, checks=3, sites=2, large_sites=1, beside=1
)


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder where plans lie; each is written when it is first asked for."""

    home: Path
    sizes: Sizes
    runner: Runner
    #: What is to be said of the measuring itself: what was compared with, and what wasn't.
    notes: list[str] = field(default_factory=list)

    def plan(self, routines: int, surroundings: int | None = None) -> Path:
        """Return a plan with so many routines, in the surroundings of a larger one if asked."""
        folder = self.home / f"{routines}-{surroundings or routines}"
        if not folder.exists():
            self.runner.say(f"en plan med {routines} rutiner skrivs")
            generate(folder, routines=routines, surroundings=surroundings)
        return folder

    def check(self, what: str, plan: Path, cache: str | Path = "") -> Cost:
        """Check a plan; without a cache unless one is named."""
        arguments = (*_SKA, "check", "--date", str(TODAY), plan)
        return self.runner.run(what, arguments, plan, cache=cache)

    def site(self, plan: Path, cache: str | Path = "") -> Cost:
        """Build a plan's whole site anew; without a cache unless one is named."""
        shutil.rmtree(plan / "site", ignore_errors=True)
        what = f"ska site, {plan.name.partition('-')[0]} rutiner"
        return self.runner.run(what, (*_SKA, "site"), plan, cache=cache)

    def built(self, plan: Path) -> Path:
        """Return a plan's site, built where it isn't yet."""
        if not (plan / "site").exists():
            self.site(plan)
        return plan / "site"

    def mkdocs(self, folder: Path) -> Cost:
        """Build with MkDocs and Material alone."""
        shutil.rmtree(folder / "site", ignore_errors=True)
        return self.runner.run("mkdocs build", ("-m", "mkdocs", "build", "--quiet"), folder)

    def pages(self, plan: Path) -> Path:
        """Return the pages that `ska pages` writes of a plan, and settings to build them with."""
        folder = self.home / f"{plan.name}-pages"
        if not folder.exists():
            command = (*_SKA, "pages", "--date", str(TODAY), folder / "docs", plan)
            self.runner.run("ska pages", command, plan)
            ignore = shutil.ignore_patterns("tema")
            shutil.copytree(plan / "docs", folder / "docs", ignore=ignore, dirs_exist_ok=True)
            _write_settings(plan, folder)
        return folder

    def plain(self, plan: Path) -> Path:
        """Return the same facts as plain Markdown, with no code of ours beside it."""
        pages, folder = self.pages(plan), self.home / f"{plan.name}-plain"
        if not folder.exists():
            self.runner.say("samma sidor skrivs som ren Markdown")
            shutil.copytree(pages, folder, ignore=shutil.ignore_patterns("site", ".cache"))
            written = (plan / "docs").rglob("*.md")
            ours = {path.relative_to(plan / "docs").as_posix() for path in written}
            markdown.rewrite(folder / "docs", but=ours)
            _write_settings(plan, folder, without="md_in_html")  # which no page needs now
        return folder


def _write_settings(plan: Path, folder: Path, without: str = "") -> None:
    """The site's own settings, but for what its code and its templates need."""
    settings: dict[str, Any] = yaml_load((plan / "mkdocs.yml").read_text(encoding="utf-8"))
    for name in ("hooks", "exclude_docs", "docs_dir", "validation"):
        settings.pop(name, None)
    settings["not_in_nav"] = "*"
    # Our templates stay behind, and with them our words for the theme's own.
    settings["theme"].pop("custom_dir", None)
    settings["theme"]["language"] = "sv"
    for colours in settings["theme"]["palette"]:  # ours are drawn in the styles
        colours["toggle"].setdefault("icon", "material/moon-waning-crescent")
    settings["plugins"] = ["search"]
    settings["markdown_extensions"] = [
        extension for extension in settings["markdown_extensions"] if extension != without
    ]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def count_pages(site: Path) -> int:
    """Count the pages of a built site."""
    return sum(1 for _ in site.rglob("*.html"))


def count_bytes(site: Path) -> int:
    """Sum up what a built site takes."""
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
