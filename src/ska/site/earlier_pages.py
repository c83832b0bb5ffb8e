"""The pages of the last build, of which those that would come out the same are used again.

A page is the same when all that was read for it is (`ska.reads`, `ska.site.prints`), and all else
that every page rests on: the program, the theme, the day. What was read is kept between builds in
the user's cache; the pages themselves are where they were built, and are looked at before they are
used: one that somebody has changed is made anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import compress, decompress

from ska.again import Again, Files
from ska.memory import cache
from ska.reads import ALLT, Key, Reads
from ska.render.page import Page
from ska.site.prints import Prints, digest
from ska.sok.index import Inläst


@dataclass(slots=True)
class KeptPage:
    """What is known of a page that was built."""

    own: bytes  # the print of what is said of it
    read: tuple[Key, ...]
    html: bytes  # the print of the page itself
    searched: Inläst | None  # nothing where the search doesn't read it
    text: bytes = b""  # the print of its text, of a page of the plan
    places: tuple[str, ...] = ()  # the pages that it leads to places in
    print: bytes = b""  # of all that was read


@dataclass(slots=True)
class Beside:
    """What is known of files that stand beside the pages."""

    read: tuple[Key, ...]
    print: bytes
    files: dict[str, bytes]  # each one's own print


@dataclass(slots=True)
class Memory:
    """What is kept from one build to the next: the pages, and what the shared things rest on.

    `parts` are prints of what a part was made of, with the part, compressed.
    """

    base: bytes
    pages: dict[str, KeptPage] = field(default_factory=dict)
    beside: dict[str, Beside] = field(default_factory=dict)
    parts: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    rests: dict[str, tuple[Key, ...]] = field(default_factory=dict)

    @classmethod
    def fetch(cls, name: str, base: bytes) -> Memory:
        """Give what was kept under a name, if it rests on the same `base`."""
        held = cache.recall(name, cls)
        return held if held and held.base == base else cls(base)


class EarlierPages(Again):
    """The pages that an earlier build left in the folder `out`, and what it left beside them."""

    def __init__(self, out: Path, reads: Reads, memory: Memory, prints: Prints) -> None:
        """Take what is known of them, and the prints of what there is to read now."""
        self._out, self._reads, self._prints = out, reads, prints
        self._before, self._now = memory, Memory(memory.base)
        self._anew: set[str] = set()

    def same(self, address: str, own: bytes, to: Path) -> KeptPage | None:
        """Put the page at `address` in place, if it would come out the same; else give None.

        `own` is the print of what is said of it.
        """
        known = self._before.pages.get(address)
        if (
            known is None
            or known.own != own
            or known.print != self._prints.of_all(known.read)
            or not self._put(known.html, address, to)
        ):
            self._anew.add(address)
            return None
        self._now.pages[address] = known
        return known

    def same_text(self, address: str, own: bytes, page: Page, to: Path) -> KeptPage | None:
        """Put the page in place if its text is the same, though what was read for it isn't.

        Most that is read of a thing is its title; what was edited is something else.
        """
        known = self._before.pages.get(address)
        if (
            known is None
            or known.own != own
            or known.text != digest(page.marked.encode())
            or not self._put(known.html, address, to)
        ):
            return None
        self._anew.discard(address)
        self._now.pages[address] = replace(known, read=read_for(page))
        return known

    def leads_anew(self, address: str) -> bool:
        """Tell whether a page that is the same leads to places in one that has been made anew."""
        known = self._now.pages.get(address)
        return bool(known and address not in self._anew and self._anew.intersection(known.places))

    def _put(self, html: bytes, address: str, to: Path) -> bool:
        source, target = self._out / address, to / address
        try:
            if digest(source.read_bytes()) != html:
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, target)
            except OSError:  # a file system without links
                shutil.copy2(source, target)
        except OSError:
            return False
        return True

    def keep(self, address: str, page: KeptPage) -> None:
        """Remember a page that has been made."""
        self._now.pages[address] = page

    def part(self, name: str, about: object, make: Callable[[], bytes]) -> bytes:
        """Give a part, as it was made before if it is about the same."""
        mark = digest(self._prints.mark(about))
        before = self._before.parts.get(name)
        if before and before[0] == mark:
            self._now.parts[name] = before
            return decompress(before[1])
        made = make()
        self._now.parts[name] = mark, compress(made, 1)
        return made

    def files(self, name: str, make: Callable[[], Files]) -> Files:
        """Give some files, as they were made before if the same would be read for them."""
        known = self._before.beside.get(name)
        if known and known.print == self._prints.of_all(known.read):
            files = {at: self._held(at) for at in known.files}
            if all(digest(raw) == known.files[at] for at, raw in files.items()):
                self._now.beside[name] = known
                return files
        read: set[Key] = set()
        with self._reads.into(read):
            files = make()
        prints = {at: digest(raw) for at, raw in files.items()}
        self._now.beside[name] = Beside(ordered(read), b"", prints)
        return files

    def _held(self, address: str) -> bytes:
        try:
            return (self._out / address).read_bytes()
        except OSError:
            return b""

    def save(self, name: str) -> None:
        """Keep what is known of the pages for the next build."""
        rests = {shared: set(keys) for shared, keys in self._reads.of.items()}
        for shared, keys in self._before.rests.items():
            # Pages that were used again rest on what was read then.
            rests.setdefault(shared, set()).update(keys)
        self._now.rests = {shared: ordered(keys) for shared, keys in rests.items()}
        prints = self._prints.resting(self._now.rests)
        for page in self._now.pages.values():
            page.print = prints.of_all(page.read)
        for beside in self._now.beside.values():
            beside.print = prints.of_all(beside.read)
        cache.remember(name, self._now)


def ordered(keys: set[Key]) -> tuple[Key, ...]:
    """Put what was read in the same order every time."""
    return tuple(sorted(keys, key=repr))


def read_for(page: Page) -> tuple[Key, ...]:
    """Name what was read for a page of the plan."""
    if isinstance(page.text, str):  # its own print holds the whole text
        return ()
    return (ALLT,) if page.läst is None else ordered(page.läst)


def own(page: Page) -> bytes:
    """Make a print of what is said of a page, and of a text that is there already."""
    said = (page.path, page.title, page.description, page.file, page.keywords, page.way, page.wide)
    text = page.text if isinstance(page.text, str) else ""
    return digest(repr((said, page.träff)).encode(), page.givet.encode(), text.encode())
