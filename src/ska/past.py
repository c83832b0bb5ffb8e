"""What the site tells of the plan's past, gathered from git once for a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from ska import change_report, content, schema
from ska.change_report import Rapport
from ska.chronicle import Krönika, chronicle
from ska.editions import earlier
from ska.files import Tree, lacks, revisions
from ska.model import Plan


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


def gather(root: Path, tree: Tree, plan: Plan) -> Historia:
    """Read the history of the plan in `root`; what is lacking is said, not an error."""
    lack = lacks(root)
    made = [] if lack in ("git", "förråd") else revisions(root)
    if not made:
        return Historia(brist=lack if lack in ("git", "förråd") else "tomt")
    kinds = schema.load(tree.schemas)
    forms = content.former({name: kind.body for name, kind in kinds.items()})
    told = chronicle(made, kinds, forms, whole=lack != "början")
    before = earlier(root, tree)
    others = [old for old in before.planer if old.ram.utgåva != plan.ram.utgåva]
    compared = {
        new.ram.utgåva: Jämförelse(old.ram.utgåva, change_report.report(old, new, forms))
        for new, old in pairwise((plan, *others))
    }
    unread = tuple(f.utgåva for f in before.oläsliga if f.utgåva != plan.ram.utgåva)
    return Historia(told, lack, compared, unread)
