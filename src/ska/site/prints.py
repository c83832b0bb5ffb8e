"""A short print of each thing that is read of a plan: the same print, the same thing.

A thing's print is that of its file's bytes and of its id, so that whatever stands there, and on
which line, is covered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from copy import copy
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import blake2b
from itertools import chain
from typing import Any, Final

from ska.model import Hänvisning
from ska.reads import ALLT, Key, named
from ska.render.gemensamt import Site
from ska.ting import Del, Ting

_SIZE: Final = 12
_QUICK: Final = frozenset({type(None), str, int, bool})
_PLAIN: Final = (type(None), str, int, float, date, Decimal, Enum)


def digest(*parts: bytes) -> bytes:
    """Make one print of several."""
    apart = b"".join([b"%d:%b" % (len(part), part) for part in parts])
    return blake2b(apart, digest_size=_SIZE).digest()


def _rests(key: Key) -> bool:
    """Tell whether what is named rests on other things, rather than being what it is."""
    return bool(key[0] == "gång" or (key[0] == "site" and named(Site, key[1]).by == "rests"))


class Prints:
    """The prints of one plan's things, each worked out once.

    `files` are the files' bytes by path, and `whole` the print of all that a page may rest on.
    """

    def __init__(
        self,
        site: Site,
        files: Mapping[str, bytes],
        whole: bytes,
        rests: Mapping[str, Iterable[Key]],
    ) -> None:
        """Take the plan. `rests` says what each shared thing rests on, by its name."""
        self._site, self._plan = site, site.plan
        self._files = {path: digest(path.encode(), raw) for path, raw in files.items()}
        self._whole = whole
        self._rests = rests
        self._known: dict[Key, bytes] = {}
        self._marks: dict[type, Callable[[Any], bytes]] = {}
        self._mentions: dict[int, bytes] = {}

    def resting(self, rests: Mapping[str, Iterable[Key]]) -> Prints:
        """Give the same prints, but for what rests on other things."""
        other = copy(self)
        other._rests = rests
        other._known = {key: known for key, known in self._known.items() if not _rests(key)}
        return other

    def of_all(self, keys: Iterable[Key]) -> bytes:
        """Make one print of all that was read."""
        return blake2b(b"".join(map(self.of, keys)), digest_size=_SIZE).digest()

    def of(self, key: Key) -> bytes:
        """Give the print of what was read."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = digest(self._of(key))
        return found

    def _of(self, key: Key) -> bytes:
        if key == ALLT:
            return self._whole
        if _rests(key):
            return self.of_all(self._rests.get(key[1], ()))
        if key[0] != "site":
            held = getattr(self._plan, key[0])
            if len(key) == 1:
                return self.mark(held)
            return self.mark(held.get(key[1]))
        held = named(Site, key[1])(self._site)
        return self.mark(held if len(key) == 2 else held.get(key[2]))

    def mark(self, value: Any) -> bytes:
        """Make a print of any value that a plan or a site is made of. Raises TypeError."""
        kind = type(value)
        mark = self._marks.get(kind)
        if mark is None:
            mark = self._marks[kind] = self._mark_of(kind)
        return mark(value)

    def _mark_of(self, kind: type) -> Callable[[Any], bytes]:
        if issubclass(kind, _PLAIN):
            name = kind.__name__
            return lambda value: f"{name} {value!r}".encode()
        if issubclass(kind, Ting):
            return lambda value: self._place(value) + f"{value.slag} {value.id}".encode()
        if issubclass(kind, Del):
            return lambda value: self._place(value) + repr(value.spår.path).encode()
        if issubclass(kind, Hänvisning):
            return self._mention
        if issubclass(kind, Mapping):
            return lambda value: self._whole_of(chain.from_iterable(value.items()))
        if issubclass(kind, Set):
            return lambda value: digest(*sorted(map(self.mark, value)))
        if issubclass(kind, tuple):
            return self._tuple
        if issubclass(kind, Iterable):
            return self._whole_of
        if is_dataclass(kind):
            names = [field.name for field in fields(kind)]
            return lambda value: self._whole_of(getattr(value, name) for name in names)
        raise TypeError(f"no print of {kind}")

    def _whole_of(self, parts: Iterable[Any]) -> bytes:
        return digest(*map(self.mark, parts))

    def _tuple(self, value: tuple[Any, ...]) -> bytes:
        if _QUICK.issuperset(map(type, value)):  # as the pieces of a text: there are thousands
            return tuple.__repr__(value).encode()
        return self._whole_of(value)

    def _mention(self, mention: Hänvisning) -> bytes:
        found = self._mentions.get(id(mention))  # each is read from both of its ends
        if found is None:
            ends = self.mark(mention.från), self.mark(mention.till)
            found = digest(*ends, mention.fält.encode(), repr(mention.väg).encode())
            self._mentions[id(mention)] = found
        return found

    def _place(self, part: Del) -> bytes:
        return self._files[part.spår.document.file]
