"""Sites built once and shared by all of xdist's workers, and what reads a built page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EPOCH = "1772323200"  # 1 March 2026
PATIENCE = 120  # seconds; the machine may be shared
SETTING = "COVERAGE_PROCESS_CONFIG"
#: What makes a process measure its own lines, as coverage wants it; filled when tests begin.
MEASURED: dict[str, str] = {}


def until(what: str, happens: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for something to happen; fail when it doesn't."""
    deadline = time.monotonic() + patience
    while not happens():
        if time.monotonic() > deadline:
            pytest.fail(f"väntade förgäves på att {what}", pytrace=False)
        time.sleep(0.05)


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Make a folder in whichever worker comes first; the others wait for it."""
    base = factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, lock, done = (base / f"{name}{ending}" for ending in ("", ".lock", ".done"))
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        until(f"{name} blir klar", done.exists)
    else:
        try:
            make(folder)
        finally:
            done.touch()
    if not folder.exists():
        pytest.fail(f"{name} gick inte att bygga", pytrace=False)
    return folder


def environment(*, measured: bool = True, **extra: str) -> dict[str, str]:
    """Return this process's environment, with settings of the site only where they are given.

    A process whose lines are not measured is twice as quick; those that tests start otherwise
    are not.
    """
    own = ("SKA_FELSOK", "SKA_CACHE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SKA_") or k in own}
    return {**kept, **(MEASURED if measured else {}), "SOURCE_DATE_EPOCH": EPOCH, **extra}


def ska(
    *arguments: str, cwd: Path, measured: bool = True, **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a process, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "ska.cli", *arguments],
        cwd=cwd,
        env=environment(measured=measured, **extra),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def build(root: Path, out: Path, *, measured: bool = False, **extra: str) -> None:
    """Build a site. One build of the smallest plan runs the lines of them all: it is measured."""
    done = ska("site", "--out", str(out), cwd=root, measured=measured, **extra)
    assert done.returncode == 0, done.stdout + done.stderr


_WITHOUT_RULES = """
import sys
from ska import check, cli

check.RULES = check.RULES_ON_EXCEPTIONS = ()
sys.exit(cli.main(["site", "--out", sys.argv[1]]))
"""


def build_unruled(root: Path, out: Path) -> None:
    """Build a plan that is made to fill every field, and so contradicts itself everywhere."""
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_RULES, str(out)], cwd=root, env=environment(measured=False),
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def small(folder: Path, plan: Mapping[str, bytes] | None = None) -> Path:
    """Lay out a project of its own: the smallest plan, or the one given, on this site's frame."""
    folder.mkdir(parents=True)
    for name in ("mkdocs.yml", "macros.py"):
        shutil.copy(ROOT / name, folder)
    for name in ("docs", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    if plan is None:
        shutil.copytree(ROOT / "tests" / "sites" / "minimal" / "plan", folder / "plan")
    for path, content in (plan or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


# Reading what was built


@dataclass
class Built(HTMLParser):
    """One page of a built site: its text, and what the tests look for in it."""

    file: Path
    address: str
    title: str = ""
    language: str = ""
    description: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    article_links: list[str] = field(default_factory=list)
    parts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.html = self.file.read_text(encoding="utf-8")
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.parts.append((tag, given))
        if tag not in _VOID:
            self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "meta" and given.get("name") == "description":
            self.description = given.get("content", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
            if "article" in self._open and "headerlink" not in given.get("class", ""):
                self.article_links.append(given["href"])
        if tag in _HEADINGS:
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "head" in self._open:
            self.title += data
        if self.headings and _HEADINGS.intersection(self._open) and "¶" not in data:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @cached_property
    def banner(self) -> str:
        start = self.html.find('class="md-banner"')
        return self.html[start : self.html.find("</aside>", start)] if start >= 0 else ""


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr", "area", "base", "col"))


def pages(site: Path) -> dict[str, Built]:
    """Read every page of a built site, by its address from the root."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        address = path.removesuffix("index.html")
        found[address] = Built(file, address)
    return found


# Fixtures; conftest.py makes them known


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the project's own site, once for all workers."""
    return shared(tmp_path_factory, "site", lambda folder: build(ROOT, folder))


@pytest.fixture(scope="session")
def site_pages(site: Path) -> dict[str, Built]:
    return pages(site)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the smallest plan, whose site is built in site/."""

    def make(folder: Path) -> None:
        build(small(folder), folder / "site", measured=True)

    return shared(tmp_path_factory, "liten", make)
