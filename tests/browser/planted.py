"""A site of its own, where every free text field of every kind holds what isn't meant as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import filled
from tests.browser.server import serving
from tests.building import Built, build_unruled, pages, shared, small

#: Each of these has somewhere been taken for something else than text.
INLINE = " ".join((
    "<script>rann()</script>",
    "<img src=x onerror=rann()>",
    "{{ 7 * 7 }} {% raw %} {# #}",  # not 7*7: an asterisk before it would begin emphasis
    '{: onclick="rann()" }',
    '--8<-- "mkdocs.yml"',
    "[TOC]",
    "</div></article>",
    "<!-- -->",
    "]]>",
    "&lt;b&gt;",
    "[l](javascript:rann())",
    "*[Nämnd]: x",
    r"\q $x$ ${x}",
    "ord" * 30,
))  # fmt: skip
#: What a line may begin with; in a field of one line, all of it is text.
STARTS = (
    "", "# ", "1. ", "- ", "> ", "*[Metod]: ", "| a | b | ", "~~~ ", "``` ", "!!! ", "::: ", "=== ",
    "[x]: javascript:rann() ", "[^1]: ", "    ", "--8<-- ", "<div> ", "--- ", ": ", "%", "@", "!",
)  # fmt: skip
#: What a text of several lines may, where "- " and "1. " make a list.
LINES = "\n\n".join(f"{start}rad" for start in STARTS if start not in ("- ", "1. ", "    "))
#: A title holds no < > { } at all: the schemas refuse them.
TITLE = (
    "a*b*c _d_ `e` [l](javascript:rann()) [TOC] *[Roll]: x &lt;b&gt; &#60; \"q\" 'r' \\q # 1. $x$"
)

Wrote = list[tuple[str, str, str]]


def planted() -> tuple[dict[str, bytes], Wrote]:
    """Make the plan, and the list of (text, kind, how it is shown). Search words never are."""
    wrote: Wrote = []

    def write(shown: str, slag: str, path: str) -> str:
        mark, start = f"Text{len(wrote)}x", STARTS[len(wrote) % len(STARTS)]
        text = {
            "titel": f"{mark} {TITLE}",
            "rad": f"{start}{mark} {INLINE}",
            "text": f"{mark} {INLINE}\n\n{LINES}",
        }[shown]
        wrote.append((text, slag, "dold" if ".sökord." in path else shown))
        return text

    return filled.files(write), wrote


@pytest.fixture(scope="session")
def planted_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        build_unruled(small(folder, planted()[0]), folder / "site")

    return shared(tmp_path_factory, "planterad", make) / "site"


@pytest.fixture(scope="session")
def planted_pages(planted_site: Path) -> dict[str, Built]:
    return pages(planted_site)


@pytest.fixture(scope="session")
def planted_address(planted_site: Path) -> Iterator[str]:
    with serving(planted_site) as address:
        yield address
