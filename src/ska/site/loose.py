"""A built site that opens from a folder, without a web server: links name the file they lead to.

A server shows `metoder/index.html` for `metoder/`; a browser that opens a folder lists it instead.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

#: A relative address of a folder, where HTML has one, with the place in the page.
_FOLDER: Final = re.compile(
    r"""(\b(?:href|action|value)=")((?:[^":#?/]+/)*(?:\.\.?)?)((?:[?#][^"]*)?")"""
)


def open_from_folder(site: Path) -> None:
    """Rewrite a built site's links so that its pages can be opened as files."""
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        file.write_text(named(text), encoding="utf-8", newline="\n")


def named(html: str) -> str:
    """Let each link to a folder name the page in it."""
    return _FOLDER.sub(_named, html)


def _named(link: re.Match[str]) -> str:
    before, folder, after = link.groups()
    if not folder:  # a place in the page itself, or a field without a value
        return link[0]
    return f"{before}{folder if folder.endswith('/') else f'{folder}/'}index.html{after}"
