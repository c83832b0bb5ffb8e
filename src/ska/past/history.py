"""Which commit changed which thing. Pure: it is handed the files that each commit changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from ska.files.revisions import Revision
from ska.loading import build, formats, frame
from ska.loading.held import hold
from ska.model import Plan
from ska.problems import Problem
from ska.reading import schema, yaml_source
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
    number = formats.current()
    for revision in revisions:
        number = (
            formats.of(revision.files[frame.FRAME]) if frame.FRAME in revision.files else number
        )
        before: dict[Nyckel, Ting] = {}
        after: dict[Nyckel, Ting] = {}
        for path, content in revision.files.items():
            things = _things(path, content, kinds, number)
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
    path: str, content: bytes | None, kinds: Mapping[str, schema.Kind], number: int
) -> dict[Nyckel, Ting] | None:
    if content is None:
        return {}
    held = part(path, content, kinds, number)
    return None if held is None else {ting.nyckel: ting for ting in held.ting()}


def part(
    path: str, content: bytes, kinds: Mapping[str, schema.Kind], number: int | None = None
) -> Plan | None:
    """Read one file alone: the part of the plan that it holds, or None where it can't be read.

    `number` is the format of the plan that it stood in; today's where it isn't given.
    """
    older = number is not None and number != formats.current()
    if not older and _kind(path, kinds) is None:
        return None
    document = yaml_source.read(path, content)
    if isinstance(document, Problem):
        return None
    made = {path: document}
    if number is not None and older:
        made = formats.upgraded(made, number)
    accepted = []
    for place, held in made.items():
        kind = _kind(place, kinds)
        checked = schema.check(held, kind) if kind else None
        if checked is None or checked.problems:
            return None
        accepted.append(hold(checked))
    return build.plan(accepted)


def _kind(path: str, kinds: Mapping[str, schema.Kind]) -> schema.Kind | None:
    return next((k for k in kinds.values() if k.claims(path.removeprefix("plan/"))), None)


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
