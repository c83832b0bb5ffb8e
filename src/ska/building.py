"""A whole site, put in place at once."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.utils import CountHandler

from ska import documents
from ska.files import NoPlanError, read_tree
from ska.loose import open_from_folder
from ska.making import MISSING, Making
from ska.prepared import Order, SiteError, data
from ska.shapes import Shapes
from ska.site import needs_frame, running, search_files
from ska.told import Told, silent


def build(root: Path, out: Path, order: Order | None = None, told: Told = silent) -> None:
    """Build the whole site into `out`, which is replaced at once when the build has succeeded.

    It is that of the plan in `root`, or of the one ordered. Raises `SiteError` when the plan
    has errors, or MkDocs warns about anything. `told` hears how far the work has come.
    """
    needs_frame(root)
    try:
        order = order or Order(read_tree(root))
    except NoPlanError as error:
        raise SiteError(str(error)) from None
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        with running(order, told=told), _strict():
            _make(Making(root, fresh, strict=True), told)
        if order.bas and not order.publicerat:  # handed on as a file to unpack and open
            open_from_folder(fresh)
        replace_folder(out, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _strict() -> Iterator[None]:
    """Take a warning of MkDocs's for an error, once it has said all of them."""
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(counter)
    try:
        yield
    finally:
        logger.removeHandler(counter)
    if counter.get_counts():
        raise Abort("varningar")


def _make(making: Making, told: Told) -> None:
    """Make everything, page by page; what is written is let go."""
    making.statics()
    for name in making.config.theme.static_templates - {MISSING}:
        making.template(name)
    plan: list[File] = []
    others: list[File] = []
    for file in making.pages.values():
        (plan if file.src_uri in making.built.pages else others).append(file)
    for file in others:
        making.page(file)
    shapes = Shapes(making)
    for number, file in enumerate(plan, 1):
        told("Gör sidor", number, len(plan))
        made = making.built.pages[file.src_uri]
        html = shapes.page(file, made)
        if html is None:
            making.page(file)
        else:
            making.put({file.dest_uri: html.encode()})
        making.forget(file)
    making.put(search_files())
    try:
        making.put(data(making.built))
    except documents.DocumentError as error:
        raise SiteError(f"{error}.") from None
    making.end()


def replace_folder(out: Path, fresh: Path) -> None:
    """Put `fresh` where `out` is; what was there goes away only after it has made room."""
    fresh.chmod(0o755)  # mkdtemp's folders are their maker's alone
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent)) / out.name
    out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old.parent)
