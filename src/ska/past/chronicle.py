"""What each commit changed in the plan, thing by thing and in words.

Pure: `files/revisions.py` asks git. The words are those of `ska diff`; only files that a commit
changed are read for it, and only the newest commits are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from ska.changes.report import Sak, worded
from ska.content import ENDA
from ska.files.revisions import Revision
from ska.loading import build, formats, frame
from ska.model import Plan
from ska.past.history import part
from ska.reading import schema
from ska.reading.forms import Former
from ska.ting import Nyckel

#: How many commits that touch plan/ are told; what was before them is only where they begin.
SENASTE: Final = 50
#: What a plan's status is while it holds, or has held. Others are proposals.
I_KRAFT: Final = frozenset({"beslutad", "återgivning", "upphävd"})


@dataclass(frozen=True, slots=True)
class Steg:
    """A commit that changed what the plan says: when, in which edition, and what became of each."""

    commit: str
    när: datetime
    utgåva: str
    saker: Mapping[Nyckel, Sak]
    #: What was only proposed: of what a decision covers, in a plan that had none yet.
    förslag: frozenset[Nyckel] = frozenset()
    #: What looks new only because it, or the plan's frame, could not be read before.
    fanns: frozenset[Nyckel] = frozenset()
    #: Whether the plan only retells one that was decided elsewhere: what comes is older than this.
    återgivning: bool = False


@dataclass(frozen=True, slots=True)
class Krönika:
    """The steps, oldest first; `i_kraft` are those of plans in force, told without proposals.

    `börjar` is the day from which something is told, where there was a plan before it.
    """

    steg: tuple[Steg, ...] = ()
    i_kraft: tuple[Steg, ...] = ()
    börjar: datetime | None = None


class Sakssteg(NamedTuple):
    """What a step says of one thing."""

    när: datetime
    utgåva: str
    sak: Sak
    fanns: bool
    förslag: bool
    återgivning: bool


def sak_för_sak(krönika: Krönika) -> dict[Nyckel, tuple[Sakssteg, ...]]:
    """Give each thing's own steps, oldest first."""
    found: dict[Nyckel, list[Sakssteg]] = {}
    for step in krönika.steg:
        for key, sak in step.saker.items():
            own = Sakssteg(
                step.när, step.utgåva, sak, key in step.fanns, key in step.förslag, step.återgivning
            )
            found.setdefault(key, []).append(own)
    return {key: tuple(steps) for key, steps in found.items()}


def identity(nyckel: Nyckel) -> Nyckel:
    """Say what a thing is known by over the years: there is one frame and one wheel."""
    return (nyckel[0], "") if nyckel[0] in ENDA else nyckel


def chronicle(
    revisions: Sequence[Revision],
    kinds: Mapping[str, schema.Kind],
    forms: Former,
    whole: bool = True,
    newest: int = SENASTE,
) -> Krönika:
    """Compare the plan after each of the newest commits with the plan before it.

    `whole` is False where the first revision is where a copy was cut: nothing came with it. A
    file that today's schemas can't read says nothing, as in `history.py`, and a plan
    without a frame or a wheel waits for the commit that brings them.
    """
    first = max(len(revisions) - newest, 0 if whole else min(1, len(revisions)))
    told = _Telling(kinds, forms)
    told.begin(revisions[:first])
    for revision in revisions[first:]:
        told.step(revision)
    began = revisions[first - 1].when if first else None
    return Krönika(tuple(told.steps), tuple(told.in_force), began)


@dataclass
class _Telling:
    kinds: Mapping[str, schema.Kind]
    forms: Former
    parts: dict[str, Plan] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    late: set[Nyckel] = field(default_factory=set)
    before: Plan = field(default_factory=lambda: build.joined(()))
    held: Plan = field(default_factory=lambda: build.joined(()))
    steps: list[Steg] = field(default_factory=list)
    in_force: list[Steg] = field(default_factory=list)
    number: int = field(default_factory=formats.current)

    def begin(self, revisions: Sequence[Revision]) -> None:
        """Read the plan where the telling begins: of each file only the last that stood there."""
        last: dict[str, bytes | None] = {}
        for revision in revisions:
            last |= revision.files
        self.take(last)
        self.before = self.held = self.joined()
        self.late.clear()

    def take(self, files: Mapping[str, bytes | None]) -> None:
        """Take changed files in; note what was there before but couldn't be read."""
        if frame.FRAME in files:
            self.number = formats.of(files[frame.FRAME])
        for path, content in files.items():
            if content is None:
                self.parts.pop(path, None)
                self.unread.discard(path)
                continue
            held = part(path, content, self.kinds, self.number)
            if held is not None:
                self.late |= {t.nyckel for t in held.ting()} if path in self.unread else set()
                self.unread.discard(path)
                self.parts[path] = held
            elif path not in self.parts:
                self.unread.add(path)

    def joined(self) -> Plan:
        return build.joined(self.parts[path] for path in sorted(self.parts))

    def step(self, revision: Revision) -> None:
        self.take(revision.files)
        after = self.joined()
        if not after.ramar or not after.årshjulen:
            self.late |= {ting.nyckel for ting in after.ting()}
            return
        late = frozenset(identity(nyckel) for nyckel in self.late)
        self.late.clear()
        proposed = after.ram.status not in I_KRAFT

        def made(saker: Mapping[Nyckel, Sak]) -> list[Steg]:
            named = {identity(nyckel): sak for nyckel, sak in saker.items()}
            when, edition = revision.when, after.ram.utgåva
            draft = frozenset(key for key in named if proposed and key[0] in self.forms.beslutade)
            retold = after.ram.status == "återgivning"
            step = Steg(revision.commit, when, edition, named, draft, late, retold)
            return [step] if named else []

        own = made(worded(self.before, after, self.forms))
        self.steps += own
        if not proposed:
            same = self.held is self.before
            self.in_force += own if same else made(worded(self.held, after, self.forms))
            self.held = after
        self.before = after
