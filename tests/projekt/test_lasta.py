"""Locked versions: each dependency by its hash, from nowhere in particular."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.projekt.common import DEV, ROOT, RUNTIME, write


def pins(text: str) -> dict[str, tuple[str, list[str]]]:
    """Return each name with its version and hashes; refuse what is not pinned by both."""
    found: dict[str, tuple[str, list[str]]] = {}
    for line in re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.M)).splitlines():
        hit = re.match(
            r"([\w.-]+)==([\w.!+]+)\s*(?:;[^#]*?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*$", line
        )
        if not hit:
            raise ValueError(f"inte låst med version och kontrollsumma: {line}")
        if hit[1] in found:
            raise ValueError(f"låst två gånger: {hit[1]}")
        found[hit[1]] = (hit[2], hit[3].split())
    return found


def names_a_place(text: str) -> str | None:
    """Return what in the text points at an index, a host or a folder of some machine."""
    hit = re.search(
        r"\S*://\S*|--(?:extra-)?index-url.*|-i\s.*|--find-links.*|--trusted-host.*"
        r"|\b[\w-]+\.(?:org|com|net|io|se|eu|local|internal)\b|(?:^|\s)[~/]\S*|[A-Z]:\\\S*",
        text,
        flags=re.M,
    )
    return hit and hit[0]


@pytest.mark.parametrize("name", [RUNTIME, DEV])
def test_varje_beroende_ar_last_med_kontrollsumma(name: str) -> None:
    assert len(pins((ROOT / name).read_text())) > 30


@pytest.mark.parametrize(
    "text",
    [
        "pyyaml==6.0.3\n",
        f"pyyaml>=6.0.3 --hash=sha256:{'0' * 64}\n",
        f"pyyaml==6.0.3 --hash=md5:{'0' * 32}\n",
        f"pyyaml @ https://example.org/pyyaml.whl --hash=sha256:{'0' * 64}\n",
        "-r annan.txt\n",
        f"pyyaml==6.0.3 --hash=sha256:{'0' * 64}\n" * 2,
    ],
)
def test_det_som_inte_ar_last_avslojas(text: str) -> None:
    with pytest.raises(ValueError, match="låst"):
        pins(text)


@pytest.mark.parametrize(
    "name", ["requirements.in", "requirements-dev.in", RUNTIME, DEV, "pyproject.toml"]
)
def test_ingen_fil_med_beroenden_namner_en_plats(name: str) -> None:
    assert names_a_place((ROOT / name).read_text()) is None


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "--find-links wheels",
        "# pip install from pypi.org",
        "    # via -r /srv/nagon/requirements.in",
        "-i simple",
    ],
)
def test_en_plats_avslojas(line: str) -> None:
    assert names_a_place(f"pyyaml==6.0.3\n{line}\n")


def test_testerna_kor_med_samma_versioner_som_programmet() -> None:
    runtime, dev = (pins((ROOT / name).read_text()) for name in (RUNTIME, DEV))
    assert {name: dev.get(name) for name in runtime} == runtime


def asked_for() -> Iterator[tuple[str, str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for line in project["dependencies"]:
        yield RUNTIME, line
    for source, target in (("requirements.in", RUNTIME), ("requirements-dev.in", DEV)):
        for line in (ROOT / source).read_text().splitlines():
            if line and line[0] not in "#-":
                yield target, line


@pytest.mark.parametrize(("name", "line"), list(asked_for()))
def test_det_som_efterfragas_ar_last_vid_en_tillaten_version(name: str, line: str) -> None:
    wanted = Requirement(line)
    version, _ = pins((ROOT / name).read_text())[canonicalize_name(wanted.name)]
    assert wanted.specifier.contains(version)


def imported(path: Path) -> set[str]:
    """Return what the file imports that is neither Python's own nor ours."""
    modules = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module.partition(".")[0])
    return modules - sys.stdlib_module_names - {"ska"}


def test_det_som_koden_importerar_ar_efterfragat(tmp_path: Path) -> None:
    assert imported(write(tmp_path / "x.py", "import os, yaml.nodes\nimport ska\n")) == {"yaml"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    suppliers = importlib.metadata.packages_distributions()
    lacking = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in (*(ROOT / "src").rglob("*.py"), *ROOT.glob("macros.py"))
        for module in imported(path)
        if not wanted & {canonicalize_name(name) for name in suppliers.get(module, [])}
    }
    assert lacking == set()


def test_kontrollsummorna_galler_alla_system() -> None:
    # Built for each system and Python of their own: one machine's lock would hold one or two.
    for name in ("pyyaml", "rpds-py", "nh3", "markupsafe"):
        assert len(pins((ROOT / RUNTIME).read_text())[name][1]) > 15
