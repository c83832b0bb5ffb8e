"""The site while it is edited: each page is made when somebody asks for it, and not before.

MkDocs makes all pages anew whenever a file changes; at five thousand pages that is half a minute.
Here its own steps are taken up to where the first page would be read, and a page is then read and
written, by the same functions of MkDocs, when it is asked for: what is shown is what `build`
would have made (a test compares the two). Files that have not changed are not read again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from ska.files import read_tree
from ska.kept import Kept
from ska.prepared import Order, data
from ska.site import configured, current, running, search_files
from ska.sok.index import INDEX, TEXT

#: What is shown where nothing is.
MISSING: Final = "404.html"


class Live:
    """A site in the folder `out`, with the pages that somebody has asked for."""

    def __init__(self, root: Path, out: Path) -> None:
        """Take what the pages are made from, and where they are put."""
        self._root, self._out = root, out
        self._kept = Kept()
        self._lock = threading.RLock()
        self._made: _Made | None = None

    @property
    def whole(self) -> bool:
        """Tell whether there is a plan to show."""
        return self._made is not None

    def renew(self) -> None:
        """Read what has changed. Raises `SiteError`; then what there was stays."""
        with self._lock:
            order = Order(read_tree(self._root), kept=self._kept, lazy=True)
            with running(order):
                made = _Made(self._root, self._out, order, self._made.env if self._made else None)
            if self._made:
                self._made.clear()
            self._made = made
            made.begin()

    def fetch(self, address: str) -> None:
        """Put the file at `address`, seen from the site's root, in place if there is such a file.

        Raises `SiteError` where a page can't be made.
        """
        with self._lock:
            if self._made and address not in self._made.written:
                with running(self._made.order, self._made.built):
                    self._made.write(address)


class _Made:
    """What MkDocs has worked out of one state of the files, before any page is read."""

    def __init__(self, root: Path, out: Path, order: Order, env: Environment | None) -> None:
        self.order, self.out = order, out
        self.written: set[str] = set()
        config = configured(root, site_dir=str(out))
        config.plugins.on_startup(command="build", dirty=False)
        self.config: MkDocsConfig = config.plugins.on_config(config)
        self.built = current()
        config.plugins.on_pre_build(config=self.config)
        # To compile the theme's templates takes as long as all else; only a new program needs it.
        self.env = env or self.config.theme.get_env()
        files = get_files(self.config)
        files.add_files_from_theme(self.env, self.config)
        self.files: Files = config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        nav = get_navigation(self.files, self.config)
        self.nav: Navigation = config.plugins.on_nav(nav, config=self.config, files=self.files)
        self.env = config.plugins.on_env(self.env, config=self.config, files=self.files)
        self.pages: Mapping[str, File] = {f.dest_uri: f for f in self._documentation()}

    def _documentation(self) -> Iterable[File]:
        return self.files.documentation_pages()

    def begin(self) -> None:
        """Write what every page needs: styles, scripts, and the page for what isn't there."""
        self.files.copy_static_files(dirty=True)
        self._template(MISSING)

    def clear(self) -> None:
        """Take away what was written; the next state may hold no such page."""
        for address in self.written:
            (self.out / address).unlink(missing_ok=True)

    def write(self, address: str) -> None:
        """Write a page, or everything that is published beside the pages, when it is asked for."""
        if file := self.pages.get(address):
            self._page(file)
        elif address in self.config.theme.static_templates:
            self._template(address)
        elif address in (INDEX, TEXT):
            self._search()
        elif not (self.out / address).exists():
            self._beside()
        self.written.add(address)

    def _page(self, file: File) -> None:
        page = file.page or Page(None, file, self.config)
        mkdocs_build._populate_page(page, self.config, self.files)
        documentation: Any = self._documentation()
        mkdocs_build._build_page(page, self.config, documentation, self.nav, self.env)

    def _template(self, name: str) -> None:
        if name != MISSING:  # a map of the site names every page
            for file in self.pages.values():
                if file.page is None:
                    Page(None, file, self.config)
        mkdocs_build._build_theme_template(name, self.env, self.files, self.config, self.nav)
        self.written.add(name)

    def _search(self) -> None:
        """The search knows every page, so now each must be read."""
        for file in self.pages.values():
            page = file.page or Page(None, file, self.config)
            if page.content is None:
                mkdocs_build._populate_page(page, self.config, self.files)
        self._put(search_files())

    @cached_property
    def _data(self) -> Mapping[str, bytes]:
        return data(self.built)

    def _beside(self) -> None:
        self._put(self._data)

    def _put(self, made: Mapping[str, bytes]) -> None:
        for path, content in made.items():
            if path not in self.written:
                target = self.out / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                self.written.add(path)
