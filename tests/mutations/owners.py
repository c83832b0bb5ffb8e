"""Damage to the list of who approves what: a folder loses its owner, a line its meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ska import codeowners
from tests.mutations.damage import Damage, operator
from tests.mutations.sites import Site


def rewritten(site: Site, place: str, change: Callable[[codeowners.Rad], str]) -> Iterator[Damage]:
    """Rewrite one line at a time."""
    if site.tree.codeowners is None:
        return
    path, raw = site.tree.codeowners
    lines = raw.decode().splitlines()
    for row in codeowners.read(path, raw).rader:
        new = [*lines[: row.nummer - 1], change(row), *lines[row.nummer :]]
        yield Damage(f"{place} {row.mönster}", {path: "\n".join(new).encode()})


def owners(row: codeowners.Rad) -> str:
    return " ".join(row.ägare)


@operator("Godkännande")
def a_line_without_its_owner(site: Site) -> Iterator[Damage]:
    yield from rewritten(site, "utan ägare", lambda row: row.mönster)


@operator("Godkännande")
def a_line_that_is_a_comment(site: Site) -> Iterator[Damage]:
    """Only where no other line covers the folder."""
    for damage in rewritten(site, "bortkommenterad", lambda row: f"# {row.mönster}"):
        if damage.place.endswith(" /plan/"):
            yield damage


@operator("Godkännande")
def an_owner_that_is_none(site: Site) -> Iterator[Damage]:
    yield from rewritten(
        site, "utan @", lambda row: f"{row.mönster} {owners(row).replace('@', '', 1)}"
    )


@operator("Godkännande")
def a_pattern_of_gitignore(site: Site) -> Iterator[Damage]:
    yield from rewritten(site, "med !", lambda row: f"!{row.mönster} {owners(row)}")
    yield from rewritten(site, "med []", lambda row: f"{row.mönster}[a-z] {owners(row)}")
