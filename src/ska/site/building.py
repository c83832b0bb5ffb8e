"""A whole site, put in place at once."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.utils import CountHandler

from ska.files.tree import NoPlanError, read_tree
from ska.loading.uncollected import settle, sweep, uncollected
from ska.memory import cache
from ska.past.gathering import Historia
from ska.site.earlier_pages import EarlierPages, KeptPage, Memory, own, read_for
from ska.site.handwritten import Handwritten
from ska.site.hooks import needs_frame, running
from ska.site.loose import open_from_folder
from ska.site.making import MISSING, Making
from ska.site.prepared import Order, SiteError, data
from ska.site.prints import Prints, digest
from ska.site.searching import as_searched, search_files, searched_before
from ska.site.shapes import Shapes
from ska.sok.index import INDEX
from ska.told import Told, silent

#: Markdown and the templates leave circles behind: so many pages' worth of them at most.
_SWEPT: Final = 100


@uncollected()
def build(root: Path, out: Path, order: Order | None = None, told: Told = silent) -> None:
    """Build the whole site into `out`, which is replaced at once when the build has succeeded.

    It is that of the plan in `root`, or of the one ordered. Raises `SiteError` when the plan
    has errors, MkDocs warns about anything, or `out` holds anything but a site. `told` hears how
    far the work has come.
    """
    needs_frame(root)
    if not _may_be_replaced(out):
        raise SiteError(f"Mappen {out} är inte tom, och är ingen byggd webbplats. Ange en ny mapp.")
    try:
        given, order = order, order or Order(read_tree(root))
    except NoPlanError as error:
        raise SiteError(str(error)) from None
    name = cache.named("sidor", str(root), str(out))
    if order.judged:  # else it is an earlier edition, whose files are others
        order.kept.fetch(root, order.tree)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        with running(order, told=told), _strict():
            making = Making(root, fresh, strict=True)
            keeps = given is None and cache.folder() is not None
            if not keeps:
                order.kept.files.clear()  # the plan has what it needs of them
            earlier = _earlier(making, order, root, out, name) if keeps else None
            _make(making, told, earlier)
        if order.bas and not order.publicerat:  # handed on as a file to unpack and open
            open_from_folder(fresh)
        replace_folder(out, fresh)
        if earlier is not None:
            earlier.save(name)
            order.kept.put()
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _may_be_replaced(out: Path) -> bool:
    """Tell whether nothing but a site is lost: a slip of the hand may name the plan's folder."""
    if not out.exists():
        return True
    return out.is_dir() and ((out / INDEX).is_file() or not any(out.iterdir()))


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


def _make(making: Making, told: Told, earlier: EarlierPages | None) -> None:
    """Make everything, page by page; what is written is let go."""
    settle()
    making.statics()
    for name in making.config.theme.static_templates - {MISSING}:
        making.template(name)
    plan: list[File] = []
    others: list[File] = []
    for file in making.pages.values():
        (plan if file.src_uri in making.built.pages else others).append(file)
    by_hand = Handwritten(making, earlier)
    for file in others:
        by_hand.page(file)
    shapes = Shapes(making)
    sweep()
    for number, file in enumerate(plan, 1):
        told("Gör sidor", number, len(plan))
        made = making.built.pages[file.src_uri]
        if earlier is None:
            _page(making, shapes, file)
        elif before := (
            earlier.same(file.dest_uri, said := own(made), making.out)
            or earlier.same_text(file.dest_uri, said, made, making.out)
        ):
            searched_before(before.searched)
        else:
            _page(making, shapes, file)
            html = digest((making.out / file.dest_uri).read_bytes())
            text = digest(made.marked.encode())
            kept = KeptPage(said, read_for(made), html, as_searched(file.url), text)
            earlier.keep(file.dest_uri, kept)
        making.forget(file)
        if not number % _SWEPT:
            sweep()
    making.put(search_files())
    making.put(data(making.built, earlier))
    by_hand.end()
    making.end()


def _page(making: Making, shapes: Shapes, file: File) -> None:
    html = shapes.page(file, making.built.pages[file.src_uri])
    if html is None:
        making.page(file)
    else:
        making.put([(file.dest_uri, [html.encode()])])


def _earlier(making: Making, order: Order, root: Path, out: Path, name: str) -> EarlierPages:
    """Find what the build before left in `out`, of which some may be the same still."""
    config, site = making.config, making.built.site
    historia = site.settings.historia
    settings = replace(site.settings, historia=Historia())
    told = {key: str(value) for key, value in sorted(config.extra.items())}
    docs = Path(config.docs_dir)
    files = [*docs.rglob("*"), root / "mkdocs.yml", root / "macros.py"]
    base = digest(
        repr((settings, told, config.site_name, config.site_url)).encode(),
        *(f"{path}".encode() + path.read_bytes() for path in sorted(files) if path.is_file()),
        *(name.encode() + raw for name, raw in sorted(order.tree.schemas.items())),
    )
    whole = digest(
        base,
        *(path.encode() + digest(raw) for path, raw in sorted(order.tree.plan.items())),
        repr((site.minne, historia.oläsliga, historia.saknade)).encode(),
        *(commit.encode() for commit in historia.revisioner),
    )
    memory = Memory.fetch(name, base)
    prints = Prints(site, order.tree.plan, whole, memory.rests)
    return EarlierPages(out, site.reads, memory, prints)


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
