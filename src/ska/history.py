"""Which commit changed which thing. Pure: `files.revisions` asks git, and hands this the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from ska import build, schema, yaml_source
from ska.files import Revision
from ska.model import Plan
from ska.problems import Problem
from ska.ting import Nyckel, Ting


class Ändrat(NamedTuple):
    """One change of a thing."""

    commit: str
    när: datetime


#: A thing's kind and id -> its changes, oldest first; the first is when it came.
Historik = Mapping[Nyckel, tuple[Ändrat, ...]]


def history(revisions: Iterable[Revision], kinds: Mapping[str, schema.Kind]) -> Historik:
    """Compare the things of each revision with those before; layout and order don't count.

    A thing that moves to another file has not changed. A file that today's schemas can't read
    says nothing: what was known of it before holds until it can be read again.
    """
    changes: dict[Nyckel, list[Ändrat]] = {}
    stood: dict[str, dict[Nyckel, Ting]] = {}
    for revision in revisions:
        before: dict[Nyckel, Ting] = {}
        after: dict[Nyckel, Ting] = {}
        for path, content in revision.files.items():
            things = _things(path, content, kinds)
            if things is not None:
                before |= stood.get(path, {})
                after |= things
                stood[path] = things
        for nyckel in before | after:
            if before.get(nyckel) != after.get(nyckel):
                made = Ändrat(revision.commit, revision.when)
                changes.setdefault(nyckel, []).append(made)
    return {nyckel: tuple(made) for nyckel, made in changes.items()}


def _things(
    path: str, content: bytes | None, kinds: Mapping[str, schema.Kind]
) -> dict[Nyckel, Ting] | None:
    if content is None:
        return {}
    held = part(path, content, kinds)
    return None if held is None else {ting.nyckel: ting for ting in held.ting()}


def part(path: str, content: bytes, kinds: Mapping[str, schema.Kind]) -> Plan | None:
    """Read one file alone: the part of the plan that it holds, or None where it can't be read."""
    kind = next((k for k in kinds.values() if k.claims(path.removeprefix("plan/"))), None)
    document = yaml_source.read(path, content) if kind else None
    if kind is None or document is None or isinstance(document, Problem):
        return None
    checked = schema.check(document, kind)
    return None if checked.problems else build.plan([checked])


class Ändringar(NamedTuple):
    """How often something has changed since it came, and when last."""

    senast: datetime
    antal: int


def changes(
    historik: Historik, keys: Iterable[Nyckel], around: Iterable[Nyckel] = ()
) -> Ändringar | None:
    """Sum up the changes of things, and of what is `around` them since they came.

    The number only grows as history does. None when the history knows nothing of the things.
    """
    own = {change for key in keys for change in historik.get(key, ())}
    if not own:
        return None
    came = min(own, key=lambda change: (change.när, change.commit))
    also = {change for key in around for change in historik.get(key, ())}
    counted = own | {change for change in also if change.när > came.när}
    return Ändringar(max(change.när for change in counted), len(counted) - 1)
