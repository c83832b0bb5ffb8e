"""What is known of each published folder: what it was made from, and which pages it holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, Final

from ska import manifest
from ska.files.git import commits
from ska.files.writing import write_file
from ska.model import Plan
from ska.publishing.parts import Del, PublishError
from ska.reading import schema
from ska.reading.schema import forms_of

#: The folder, among the published ones, with what only the next publishing needs.
MÄRKEN: Final = ".publicerat"
_THEME: Final = ("docs", "mkdocs.yml", "macros.py")
_PROGRAM: Final = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Märke:
    """A published folder: the key of what it was made from, and what the next run asks of it."""

    mapp: str
    läge: str
    utgåva: str
    titel: str
    år: str
    nyckel: str
    #: The manifest of what it decides, whatever its state.
    innehåll: str
    #: Pages by address, with their titles.
    sidor: Mapping[str, str]
    #: Number over the addresses that it shares with the plan in force.
    delade: str
    beslutad: bool = False


class Märken:
    """The marks of the folders in `out`."""

    def __init__(self, out: Path) -> None:
        """Read those that are there; what can't be read counts as never published."""
        self._home = out / MÄRKEN
        self._all: dict[str, Märke] = {}
        for path in sorted(self._home.glob("*.json")):
            try:
                mark = Märke(**json.loads(path.read_bytes()))
            except (ValueError, TypeError):
                continue
            if (out / mark.mapp / "index.html").is_file():
                self._all[mark.mapp] = mark

    def __iter__(self) -> Iterator[Märke]:
        """Go through them; they may be dropped meanwhile."""
        return iter(list(self._all.values()))

    def __getitem__(self, folder: str) -> Märke:
        """Give the mark of a folder that is published."""
        return self._all[folder]

    def get(self, folder: str) -> Märke | None:
        """Give a folder's mark; None where it isn't published."""
        return self._all.get(folder)

    def put(self, mark: Märke) -> None:
        """Keep a mark."""
        self._home.mkdir(exist_ok=True)
        told = json.dumps(asdict(mark), ensure_ascii=False, sort_keys=True, indent=1)
        write_file(self._file(mark.mapp), f"{told}\n".encode())
        self._all[mark.mapp] = mark

    def drop(self, folder: str) -> None:
        """Forget a folder."""
        self._file(folder).unlink(missing_ok=True)
        self._all.pop(folder, None)

    def _file(self, folder: str) -> Path:
        return self._home / f"{folder.replace('/', '--')}.json"


def refuse_changed(parts: Iterable[Del], marks: Märken, sums: Mapping[str, str]) -> None:
    """Stop where what was decided, or has been superseded, is no longer what was published."""
    changed = []
    for part in parts:
        mark = marks.get(part.utgåva)
        if mark is None or part.läge == "förslag" or not (mark.beslutad or mark.läge == "tidigare"):
            continue
        now = sums[part.mapp]
        if now != mark.innehåll and not _explained(part, mark.innehåll, now):
            changed.append(
                f"Utgåvan ”{part.titel}” har inte längre det innehåll som har publicerats i mappen "
                f"{part.utgåva}. Publicerat manifest: {mark.innehåll[:12]}. Manifest nu: "
                f"{now[:12]}.\n"
            )
    if changed:
        raise PublishError(
            f"{''.join(changed)}Det som nämnden har beslutat i en utgåva ändras aldrig, och inget "
            "är publicerat. Återställ innehållet i git, eller skriv in en rättelse under "
            "redaktionella i plan/utgavor.yml. Är det publicerade fel, flytta då undan mappen och "
            "kör kommandot igen."
        )


def _explained(part: Del, before: str, now: str) -> bool:
    """Tell whether recorded editorial changes lead from what was published to what is now."""
    edition = part.plan.utgåvor[part.utgåva]
    if edition.manifest is None:
        return False
    steps = [edition.manifest.sha256, *(mended.sha256 for mended in edition.redaktionella)]
    return before in steps and now in steps[steps.index(before) :]


def sum_of(plan: Plan, kinds: Mapping[str, schema.Kind]) -> str:
    """Work out the manifest of a plan, whatever its state."""
    return manifest.manifest(plan, forms_of(kinds)).sha256


# Keys


def surroundings(root: Path, frame: Mapping[str, str]) -> str:
    """Number what all sites are drawn with: the program, its libraries, the theme, the address."""
    of = hashlib.sha256()
    for path in _files(_PROGRAM, _PROGRAM):
        _add(of, path.relative_to(_PROGRAM).as_posix(), path.read_bytes())
    for name in _THEME:
        for path in _files(root / name, root):
            _add(of, path.relative_to(root).as_posix(), path.read_bytes())
    used = sorted(f"{d.metadata['Name']} {d.version}" for d in distributions())
    _add(of, "bibliotek", "\n".join(used).encode())
    _add(of, "inställningar", json.dumps(frame, sort_keys=True).encode())
    return of.hexdigest()


def _files(place: Path, root: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(p for p in place.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def key(part: Del, root: Path, around: str, told: Mapping[str, Any]) -> str:
    """Number what one site is made from. `told` is what it says of the other ones."""
    of = hashlib.sha256(around.encode())
    for path, raw in sorted({**part.tree.plan, **part.tree.schemas}.items()):
        _add(of, path, raw)
    past = commits(root, part.at)
    told = {**told, "läge": part.läge, "mapp": part.mapp, "dag": str(part.dag), "historia": past}
    told |= {"bas": part.bas, "lämnad": part.lämnad}
    _add(of, "om", json.dumps(told, sort_keys=True).encode())
    return of.hexdigest()


def number(lines: Iterable[str]) -> str:
    """Number some lines, whatever their order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _add(of: Any, name: str, raw: bytes) -> None:
    of.update(f"{len(name.encode())} {name} {len(raw)} ".encode() + raw)
