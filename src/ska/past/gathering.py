"""What the site tells of the plan's past, gathered from git once for a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple

from ska.changes import report
from ska.changes.report import Rapport
from ska.files.revisions import Brist, lacks, list_revisions, listed_revisions
from ska.files.tree import Tree
from ska.loading.frame import own_line
from ska.memory import cache
from ska.model import Plan
from ska.past.chronicle import Krönika, chronicle
from ska.past.editions import Tidigare, earlier
from ska.past.history import Historik, history
from ska.reading import schema
from ska.reading.schema import forms_of

#: The kinds of files whose things become events; of others nobody asks when they changed.
_DATED: Final = frozenset({"arshjul", "lagrum", "plan", "rutin", "undantag"})

#: What is missing of the past; None when nobody has asked for a history.
Saknas = Brist | Literal["tomt"] | None


@dataclass(frozen=True, slots=True)
class Jämförelse:
    """What an edition changed from the one before it that is held."""

    före: str
    rapport: Rapport


@dataclass(frozen=True, slots=True)
class Historia:
    """The plan's past. `brist` says what is missing; None when nobody has asked for a history."""

    krönika: Krönika = field(default_factory=Krönika)
    brist: Saknas = None
    #: Edition -> what it changed, where its content and that of one before it are held.
    jämförelser: Mapping[str, Jämförelse] = field(default_factory=dict)
    #: Editions that are in the history but can't be read by today's program.
    oläsliga: tuple[str, ...] = ()
    #: Editions whose content the register says is here, though no history holds it.
    saknade: tuple[str, ...] = ()
    #: When the things that become events have changed.
    ändrat: Historik = field(default_factory=dict)
    #: The commits that it is all gathered from.
    revisioner: tuple[str, ...] = ()


class Minne(NamedTuple):
    """How much of the past is known: what is lacking, and from when something is told."""

    brist: Saknas
    börjar: datetime | None


class Ändring(NamedTuple):
    """What an edition changed, in short: from which one, and the report's title and first words."""

    före: str
    titel: str
    ingress: str


class Utgåvorna(NamedTuple):
    """What the history says of the editions, in short: that rests on little of what they hold."""

    brist: Saknas
    oläsliga: tuple[str, ...]
    saknade: tuple[str, ...]
    ändringar: Mapping[str, Ändring]


@dataclass(frozen=True, slots=True)
class Line:
    """What the commits of a plan's own line changed: in words, and when; and which they are."""

    told: Krönika = field(default_factory=Krönika)
    changed: Historik = field(default_factory=dict)
    commits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commits:
    """What git's commits alone say: the same until there is another, however a plan is edited."""

    lack: Brist
    line: Line = field(default_factory=Line)
    before: Tidigare = field(default_factory=Tidigare)


def read_commits(
    root: Path, tree: Tree, kinds: Mapping[str, schema.Kind], at: str = "HEAD"
) -> Commits:
    """Read the commits up to the revision `at`, those of other editions than the tree's too."""
    lack = lacks(root)
    listed = b"" if lack in ("git", "förråd") else list_revisions(root, at)
    if not listed:
        return Commits(lack)
    line = _line(root, tree, kinds, listed, lack)
    return Commits(lack, line, earlier(root, tree, kinds, at))


def _line(
    root: Path, tree: Tree, kinds: Mapping[str, schema.Kind], listed: bytes, lack: Brist
) -> Line:
    """Compare the commits that git lists, unless an earlier run has compared the very same ones."""
    schemas = (part for item in sorted(tree.schemas.items()) for part in item)
    name = cache.named("historik", lack, listed, *schemas)
    if known := cache.recall(name, Line):
        return known
    found = listed_revisions(root, listed)
    made = own_line(found)
    forms = forms_of(kinds)
    told = chronicle(made, kinds, forms, whole=lack != "början")
    dated = {name: kind for name, kind in kinds.items() if name in _DATED}
    line = Line(told, history(made, dated), tuple(revision.commit for revision in made))
    if not any(revision.lacks for revision in found):  # else more may be here the next time
        cache.remember(name, line)
    return line


def gather(plan: Plan, kinds: Mapping[str, schema.Kind], commits: Commits) -> Historia:
    """Tell a plan's history; what is lacking is said, not an error."""
    lack, before = commits.lack, commits.before
    if not commits.line.commits:
        missing = claimed(plan)
        return Historia(brist=lack if lack in ("git", "förråd") else "tomt", saknade=missing)
    forms = forms_of(kinds)
    others = sorted(
        (old for old in before.planer if old.ram.utgåva != plan.ram.utgåva),
        key=lambda old: old.ram.gäller_från,
        reverse=True,
    )
    compared = {
        new.ram.utgåva: Jämförelse(old.ram.utgåva, report.report(old, new, forms))
        for new, old in pairwise((plan, *others))
    }
    unread = tuple(f.utgåva for f in before.oläsliga if f.utgåva != plan.ram.utgåva)
    held = {*unread, *(old.ram.utgåva for old in others)}
    missing = tuple(id for id in claimed(plan) if id not in held)
    line = commits.line
    return Historia(line.told, lack, compared, unread, missing, line.changed, line.commits)


def claimed(plan: Plan) -> tuple[str, ...]:
    """Name the other editions whose content the register says is held here."""
    first = plan.ram.gäller_från
    return tuple(
        edition.id
        for edition in plan.utgåvor.values()
        if edition.typ in ("beslutad", "återgivning")
        and edition.id != plan.ram.utgåva
        and not (isinstance(edition.gäller_från, date) and edition.gäller_från > first)
    )
