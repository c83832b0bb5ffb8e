"""The site while it is edited: each page is made when somebody asks for it, and not before.

MkDocs makes all pages anew whenever a file changes; at five thousand pages that is half a minute.
Here a page is read and written when it is asked for, and is what `build` would have made (a test
compares the two). Files that have not changed are not read again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from ska.files.tree import read_tree
from ska.pieces import Pieces
from ska.site.hooks import running
from ska.site.kept import Kept
from ska.site.making import MISSING, Making
from ska.site.prepared import Order, data
from ska.site.searching import search_files
from ska.sok.index import INDEX, TEXT


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
            order = Order(read_tree(self._root), kept=self._kept)
            with running(order):
                env = self._made.making.env if self._made else None
                made = _Made(Making(self._root, self._out, env), order)
                if self._made:
                    self._made.clear()
                self._made = made
                made.making.statics()

    def fetch(self, address: str) -> None:
        """Put the file at `address`, seen from the site's root, in place if there is such a file.

        Raises `SiteError` where a page can't be made.
        """
        with self._lock:
            if self._made and address not in self._made.written:
                with running(self._made.order, self._made.making.built):
                    self._made.write(address)


class _Made:
    """What has been written of one state of the files."""

    def __init__(self, making: Making, order: Order) -> None:
        self.making, self.order = making, order
        self.written = {MISSING}
        self._beside = False  # whether what stands beside the pages is there

    def clear(self) -> None:
        """Take away what was written; the next state may hold no such page."""
        for address in self.written - {MISSING}:
            (self.making.out / address).unlink(missing_ok=True)

    def write(self, address: str) -> None:
        """Write a page, or everything that is published beside the pages, when it is asked for."""
        making = self.making
        if file := making.pages.get(address):
            making.page(file)
        elif address in making.config.theme.static_templates:
            making.template(address)
        elif address in (INDEX, TEXT):
            for file in making.pages.values():  # the search knows every page
                making.read(file)
            self._put(search_files())
        else:  # a folder, what every page needs, what isn't there, or what stands beside
            if not self._beside and not (making.out / address).exists():
                self._beside = True
                self._put(data(making.built))
            return
        self.written.add(address)

    def _put(self, made: Iterable[tuple[str, Pieces]]) -> None:
        for path, pieces in made:
            if path not in self.written:
                self.making.put([(path, pieces)])
                self.written.add(path)
