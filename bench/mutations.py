"""What others find of the damage that tests/mutations does: yamllint and check-jsonschema.

    python -m bench.mutations [--each N] [--seed N]

A seeded sample of each family's mutants. Both look at the changed file only, as they do in an
editor; check-jsonschema with our schemas. What they also say of the undamaged file doesn't count.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

from tests.mutations.damage import Mutant, mutants
from tests.mutations.families import FAMILIES
from tests.mutations.sites import ROOT, SITES, Site, remembering
from tests.mutations.test_mutations import MODULES, found

#: yamllint's rules on content. Those on layout can't count: a mutant is written anew.
_CONTENT: Final = (
    "{rules: {anchors: enable, empty-values: enable, float-values: enable, key-duplicates: enable,"
    " octal-values: enable, truthy: enable}}"
)

#: So many mutants of each family are drawn.
EACH: Final = 8

Told = Mapping[str, frozenset[str]]  # a file's name -> what was said of it


def sample(each: int = EACH, seed: int = 0, sites: tuple[Site, ...] = SITES) -> list[Mutant]:
    """Draw so many mutants of each family, of all the plans; the same ones each time."""
    assert MODULES
    drawn: list[Mutant] = []
    for family in FAMILIES:
        every = list(mutants(family, sites))
        drawn += Random(f"{seed} {family}").sample(every, min(each, len(every)))
    return drawn


@dataclass(frozen=True, slots=True)
class Score:
    """How many of a family's mutants each finds."""

    family: str
    total: int
    ours: int
    theirs: int


def scores(made: Sequence[Mutant]) -> list[Score]:
    """Ask both sides about each mutant; the last score is for them all."""
    others = by_others(made)
    with remembering():
        ours = [found(mutant) for mutant in made]
    total, us, them = Counter[str](), Counter[str](), Counter[str]()
    for mutant, own, their in zip(made, ours, others, strict=True):
        for family in (mutant.family, "Alla"):
            total[family] += 1
            us[family] += own
            them[family] += their
    return [
        Score(family, count, us[family], them[family])
        for family, count in sorted(total.items(), key=lambda item: item[0] == "Alla")
    ]


def table(found_by: Iterable[Score]) -> str:
    """Lay the scores out for a terminal."""
    lines = [f"{'mutanter som hittas':<20}{'ska check':>18}{'yamllint + check-jsonschema':>30}"]
    for score in found_by:
        ours, theirs = (
            f"{n} av {score.total} {n / score.total:>4.0%}" for n in (score.ours, score.theirs)
        )
        lines.append(f"{score.family:<20}{ours:>18}{theirs:>30}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print, family by family, how many of the sample each finds."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutations")
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help="mutants of a family")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another sample")
    options = parser.parse_args()
    made = sample(options.each, options.seed)
    print(f"Högst {options.each} mutanter ur varje familj, stickprov {options.seed}.\n")
    print(table(scores(made)), end="")


def by_others(made: Iterable[Mutant]) -> list[bool]:
    """Tell of each mutant whether one of the two says something new about a changed file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files: dict[tuple[int, str], str] = {}
        sound: dict[tuple[str, str], str] = {}
        written = list(made)
        for number, mutant in enumerate(written):
            for path, content in mutant.site.damaged(mutant.damage.changes).items():
                if content is not None:
                    files[number, path] = _write(folder, f"m{number}", path, content)
                _write_sound(folder, mutant.site, path, sound)
        told = _yamllint(folder), _check_jsonschema(folder)
    answer = [False] * len(written)
    for (number, path), name in files.items():
        before = sound.get((written[number].site.name, path), "")
        for said in told:
            if said.get(name, frozenset()) - said.get(before, frozenset()):
                answer[number] = True
    return answer


def _write(folder: Path, name: str, path: str, content: bytes) -> str:
    file = folder / name / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return str(file)


def _write_sound(folder: Path, site: Site, path: str, sound: dict[tuple[str, str], str]) -> None:
    if path in site.tree.plan and (site.name, path) not in sound:
        content = site.damaged({path: []})[path]
        assert content is not None
        sound[site.name, path] = _write(folder, site.name, path, content)


def _yamllint(folder: Path) -> Told:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {str(file): _linted(file) for file in files}


def _linted(file: Path) -> frozenset[str]:
    try:
        problems = linter.run(file.read_bytes(), YamlLintConfig(_CONTENT))
        return frozenset(problem.desc for problem in problems)
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
        return frozenset({type(error).__name__})  # that it stops tells something too


def _check_jsonschema(folder: Path) -> Told:
    told: dict[str, frozenset[str]] = {}
    for kind in SITES[0].kinds.values():
        files = [
            str(file)
            for file in sorted(folder.rglob("*"))
            if file.is_file()
            and kind.claims(str(file.relative_to(folder)).split("/plan/", 1)[-1])
            and b"*b28" not in file.read_bytes()  # it would expand the aliases, and never end
        ]
        told |= _told_of(f"{kind.name}.schema.json", files)
    return told


def _told_of(schema: str, files: list[str]) -> Told:
    """Ask about many files at once; where the answer is a crash, about half as many."""
    if not files:
        return {}
    command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", schema]
    # The schemas refer to each other by name, so they are asked for where they lie.
    done = subprocess.run(
        [*command, *files], capture_output=True, text=True, check=False, cwd=ROOT / "schemas"
    )
    try:
        return _said(json.loads(done.stdout))
    except json.JSONDecodeError:
        if len(files) == 1:
            return {files[0]: frozenset({"krasch"})}
        half = len(files) // 2
        return {**_told_of(schema, files[:half]), **_told_of(schema, files[half:])}


def _said(answer: Mapping[str, Any]) -> Told:
    told: dict[str, set[str]] = {}
    for error in answer.get("errors", ()):
        told.setdefault(error["filename"], set()).add(f"{error['path']} {error['message']}")
    for error in answer.get("parse_errors", ()):
        told.setdefault(error["filename"], set()).add(error["message"])
    return {file: frozenset(said) for file, said in told.items()}


if __name__ == "__main__":
    main()
