"""What files came to when they were read, kept on disk for the next run.

A plan's files lie spread over boxes, so that one edit makes one box anew. Each file is kept with a
hash of its bytes, and is used only for the very same bytes. A box is named by all else that its
content rests on: the program, the schemas, and whose plan it is.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final

from ska.check import Memory
from ska.files.tree import Tree
from ska.loading.held import Held
from ska.loading.uncollected import uncollected
from ska.memory import cache
from ska.memory.packing import packed, unpacked
from ska.problems import Problem

#: As many files lie in a box, and a plan with fewer has none: to read them takes no time.
FILES: Final = 32
#: Path -> a hash of the bytes, and what they came to.
_Box = dict[str, tuple[bytes, Held | list[Problem]]]
#: What is in a box, told shortly: of each file its hash, and how much has been sought in it.
_State = dict[str, tuple[bytes, int]]


@dataclass(slots=True)
class Shelf:
    """The boxes of one plan, as they were when it was read."""

    _names: list[str]
    _states: list[_State] = field(default_factory=list)
    _hashed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, tree: Tree, edition: str = "") -> Shelf | None:
        """Find the boxes of the plan below `root`; None where it's too small, or there's no cache.

        An `edition` in its history has its own, however small: it is the same for ever. Raises
        nothing: what can't be read is as if it had never been kept.
        """
        few = len(tree.plan) < FILES and not edition
        if few or cache.folder() is None:
            return None
        count = 1 << max(0, len(tree.plan) // FILES - 1).bit_length()
        schemas = [part for item in sorted(tree.schemas.items()) for part in item]
        whose = cache.named("filer", os.path.realpath(root), edition, str(count), *schemas)
        return cls([f"{whose}-{number}" for number in range(count)])

    @uncollected()
    def fetch(self, tree: Tree, memory: Memory) -> None:
        """Take what is kept of the tree's files into the memory."""
        self._states.clear()
        for name in self._names:
            state: _State = {}
            for path, (hashed, held) in _unpacked(cache.load(name)).items():
                state[path] = (hashed, _sought(held))
                if path not in tree.plan or self._hash(path, tree.plan[path]) != hashed:
                    continue
                if isinstance(held, Held):
                    object.__setattr__(held.document, "raw", tree.plan[path])
                memory[path] = tree.plan[path], held
            self._states.append(state)

    @uncollected()
    def put(self, memory: Memory) -> None:
        """Keep what the memory holds, in those boxes where that is something else than before."""
        boxes: list[_Box] = [{} for _ in self._names]
        for path, (raw, held) in memory.items():
            number = zlib.crc32(path.encode(errors="surrogateescape")) % len(boxes)
            boxes[number][path] = self._hash(path, raw), held
        for number, (name, box) in enumerate(zip(self._names, boxes, strict=True)):
            state = {path: (hashed, _sought(held)) for path, (hashed, held) in box.items()}
            if state != self._states[number]:
                cache.save(name, packed(box))
                self._states[number] = state

    def _hash(self, path: str, raw: bytes) -> bytes:
        known, hashed = self._hashed.get(path, (None, b""))
        if known is not raw:
            hashed = blake2b(raw, digest_size=16).digest()
            self._hashed[path] = raw, hashed
        return hashed


def _sought(held: Held | list[Problem]) -> int:
    return len(held.texter.funna) + len(held.document.kept) if isinstance(held, Held) else 0


def _unpacked(content: bytes | None) -> _Box:
    if content is None:
        return {}
    try:
        box = unpacked(content)
        return box if isinstance(box, dict) else {}
    except Exception:  # whatever it is: the files are read as if nothing had been kept
        return {}
