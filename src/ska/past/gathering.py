"""What the site tells of the plan's past, gathered from git once for a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from ska.changes import report
from ska.changes.report import Rapport
from ska.files import Brist, Revision, Tree, lacks, revisions
from ska.loading.frame import own_line
from ska.model import Plan
from ska.past.chronicle import Krönika, chronicle
from ska.past.editions import Tidigare, earlier
from ska.reading import schema
from ska.reading.forms import former
from ska.reading.schema import bodies_of


@dataclass(frozen=True, slots=True)
class Jämförelse:
    """What an edition changed from the one before it that is held."""

    före: str
    rapport: Rapport


@dataclass(frozen=True, slots=True)
class Historia:
    """The plan's past. `brist` says what is missing; None when nobody has asked for a history."""

    krönika: Krönika = field(default_factory=Krönika)
    brist: Literal["", "git", "förråd", "början", "tomt"] | None = None
    #: Edition -> what it changed, where its content and that of one before it are held.
    jämförelser: Mapping[str, Jämförelse] = field(default_factory=dict)
    #: Editions that are in the history but can't be read by today's program.
    oläsliga: tuple[str, ...] = ()
    #: Editions whose content the register says is here, though no history holds it.
    saknade: tuple[str, ...] = ()
    #: What it is all gathered from, for who asks something else of it.
    revisioner: tuple[Revision, ...] = ()


class Minne(NamedTuple):
    """How much of the past is known: what is lacking, and from when something is told."""

    brist: Literal["", "git", "förråd", "början", "tomt"] | None
    börjar: datetime | None


@dataclass(frozen=True, slots=True)
class Commits:
    """What git's commits alone say: the same until there is another, however a plan is edited."""

    lack: Brist
    made: tuple[Revision, ...] = ()
    told: Krönika = field(default_factory=Krönika)
    before: Tidigare = field(default_factory=Tidigare)


def read_commits(
    root: Path, tree: Tree, kinds: Mapping[str, schema.Kind], at: str = "HEAD"
) -> Commits:
    """Read the commits up to the revision `at`, those of other editions than the tree's too."""
    lack = lacks(root)
    made = [] if lack in ("git", "förråd") else own_line(revisions(root, at))
    if not made:
        return Commits(lack)
    forms = former(bodies_of(kinds))
    told = chronicle(made, kinds, forms, whole=lack != "början")
    return Commits(lack, tuple(made), told, earlier(root, tree, kinds, at))


def gather(plan: Plan, kinds: Mapping[str, schema.Kind], commits: Commits) -> Historia:
    """Tell a plan's history; what is lacking is said, not an error."""
    lack, before = commits.lack, commits.before
    if not commits.made:
        missing = claimed(plan)
        return Historia(brist=lack if lack in ("git", "förråd") else "tomt", saknade=missing)
    forms = former(bodies_of(kinds))
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
    return Historia(commits.told, lack, compared, unread, missing, commits.made)


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
