"""What a plan's frame (plan/plan.yml) says of its edition, read alone and of any age.

And the plan's own line: an older plan that is put into git after a newer one is no change of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from ska.files.revisions import Revision
from ska.problems import Problem
from ska.reading import yaml_source

FRAME: Final = "plan/plan.yml"


class Ramen(NamedTuple):
    """Edition, state and first day; each empty where the frame doesn't say it or can't be read."""

    utgåva: str = ""
    status: str = ""
    från: date | None = None


def read(raw: bytes) -> Ramen:
    """Read a frame, whatever its format: these fields are in every one."""
    document = yaml_source.read(FRAME, raw)
    if isinstance(document, Problem):
        return Ramen()
    data = document.data
    try:
        first = date.fromisoformat(str(data.get("gäller_från", "")))
    except ValueError:
        first = None
    return Ramen(str(data.get("utgåva", "")), str(data.get("status", "")), first)


def own_line(revisions: Sequence[Revision]) -> list[Revision]:
    """Keep what belongs to the past of the plan that the last revision leaves.

    An edition that comes for the first time and is older than the one that stood is an older
    plan put in afterwards. Where the newer one comes back, the years between are a detour: what
    it leaves is compared with what stood before it. Where it doesn't, the older plan has no past.
    """
    return list(_without_detours(revisions, _frames(revisions)))


def _frames(revisions: Sequence[Revision]) -> list[Ramen]:
    frames, frame = [], Ramen()
    for revision in revisions:
        raw = revision.files.get(FRAME)
        held = read(raw) if raw else Ramen()
        frame = held if held.utgåva else frame
        frames.append(frame)
    return frames


def _without_detours(revisions: Sequence[Revision], frames: list[Ramen]) -> Iterator[Revision]:
    known: set[str] = set()
    stood, now = Ramen(), _Tree()
    kept: list[Revision] = []
    before: _Tree | None = None  # as it was where a detour began
    for revision, frame in zip(revisions, frames, strict=True):
        older = bool(stood.från and frame.från and frame.från < stood.från)
        if before is None and older and frame.utgåva not in known:
            before = _Tree(now)
            detour: list[Revision] = []
        now.take(revision)
        if before is None:
            kept.append(revision)
        elif frame.utgåva in known or not older:
            kept.append(replace(revision, files=before.until(now)))
            before = None
        else:
            whole = dict(now) if not detour else revision.files
            detour.append(replace(revision, files=whole))
        if before is None:
            known.add(frame.utgåva)
            stood = frame
    yield from kept if before is None else detour


class _Tree(dict[str, bytes | None]):
    """The files of plan/ as some revisions leave them."""

    def take(self, revision: Revision) -> None:
        for path, content in revision.files.items():
            if content is None:
                self.pop(path, None)
            else:
                self[path] = content

    def until(self, after: _Tree) -> dict[str, bytes | None]:
        """Say what changed up to `after`."""
        changed = {path: raw for path, raw in after.items() if self.get(path) != raw}
        return changed | {path: None for path in self if path not in after}
