"""Markdown is shown a generated page's headings alone; the page is what it makes of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jinja2
import markdown
import pytest
from mkdocs.config import load_config

from ska.files.tree import read_tree
from ska.render import headings
from ska.render.page import Page
from tests.test_render import render

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def reader() -> markdown.Markdown:
    """Read Markdown as the site does."""
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[], hooks=[])
    return markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )


def one_of_each_kind() -> Iterator[Page]:
    """The longest page of each folder, of the real plan and of a whole small one."""
    for root in (ROOT, ROOT / "tests/sites/full"):
        _, pages = render(read_tree(root))
        folders: dict[str, list[Page]] = {}
        for page in pages.values():
            folders.setdefault(page.path.partition("/")[0], []).append(page)
        for same in folders.values():
            yield max(same, key=lambda page: len(page.body))


@pytest.mark.no_cover  # as long again, and no line that the others don't show
def test_a_page_is_what_markdown_makes_of_it(reader: markdown.Markdown) -> None:
    tried = 0
    for page in one_of_each_kind():
        whole = reader.reset().convert(page.body)
        shown = reader.reset().convert(headings.skeleton(page.marked))
        found = headings.filled(shown, page.marked)
        assert found.split() == whole.split(), page.path
        assert "<!--ska-" not in found
        tried += 1
    assert tried > 40


def test_a_line_in_a_text_is_no_heading() -> None:
    marked = "<p>först</p>\n\n\ue000# Ett\n\n<pre>\n# två\n## tre\n</pre>\n"
    assert headings.plain(marked) == "<p>först</p>\n\n# Ett\n\n<pre>\n# två\n## tre\n</pre>\n"
    shown = markdown.markdown(headings.skeleton(marked))
    assert "två" not in shown
    lines = headings.filled(shown, marked).split("\n")
    expected = ["<p>först</p>", "<h1>Ett</h1>", "<pre>", "# två", "## tre", "</pre>"]
    assert [line for line in lines if line] == expected


def test_what_looks_like_a_hole_stays_a_text() -> None:
    marked = "\ue000# Ett\n\n<p>a</p>\n\n\ue000# Två\n\n<p>&lt;!--ska-1--> <!--ska-1--></p>"
    found = headings.filled(markdown.markdown(headings.skeleton(marked)), marked)
    assert found.endswith("<p>&lt;!--ska-1--> <!--ska-1--></p>")


def test_only_a_markdown_template_is_marked() -> None:
    environment = jinja2.Environment(extensions=[headings.Marking])
    source = "# A\ntext\n## B\n #c\n"
    assert environment.preprocess(source, "sida.md") == "\ue000# A\ntext\n\ue000## B\n #c\n"
    assert environment.preprocess(source, "_delar.html") == source
