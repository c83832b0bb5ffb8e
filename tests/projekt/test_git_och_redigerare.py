"""git, its hooks and the editor: set up for who clones the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.projekt.common import DEV, ROOT, RUNTIME, project_files, run


def test_hakarna_ar_lokala_och_gar_att_kora() -> None:
    path = ROOT / ".pre-commit-config.yaml"
    assert run(sys.executable, "-m", "pre_commit", "validate-config", path).returncode == 0
    repos = yaml.safe_load(path.read_text())["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    hooks = [hook for repo in repos for hook in repo["hooks"]]
    assert len(hooks) >= 4
    for hook in hooks:
        assert hook["language"] == "system"
        program, _, _ = hook["entry"].partition(" ")
        assert program.startswith(".venv/bin/")
        assert os.access(Path(sys.prefix, "bin", Path(program).name), os.X_OK)


@pytest.fixture
def repo(tmp_path: Path) -> Callable[..., str]:
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path)
    run("git", "init", "-q", ".", cwd=tmp_path)
    return lambda *arguments: run("git", *arguments, cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        ("plan/plan.yml", "eol", "lf"),
        ("plan/plan.yml", "text", "auto"),
        ("docs/bild.png", "text", "unset"),
        ("docs/ikon.ico", "text", "unset"),
        ("docs/typsnitt.woff2", "text", "unset"),
        (RUNTIME, "linguist-generated", "set"),
        (DEV, "linguist-generated", "set"),
        ("requirements.in", "linguist-generated", "unspecified"),
    ],
)
def test_git_rattar_radslut(
    repo: Callable[..., str], path: str, attribute: str, value: str
) -> None:
    assert repo("check-attr", attribute, path) == f"{path}: {attribute}: {value}\n"


def test_det_som_gors_om_checkas_inte_in(repo: Callable[..., str]) -> None:
    made = [
        *(".venv/bin/python", "site/index.html", "src/ska/__pycache__/x.pyc", ".cache/x"),
        *(".coverage", ".coverage.x", ".hypothesis/x", ".pytest_cache/x", ".mypy_cache/x"),
        *(".ruff_cache/x", "tests/browser/bilder/x.png", "dist/ska.whl"),
    ]
    kept = ["plan/plan.yml", "docs/site/index.md", "tests/browser/test_x.py", "requirements.txt"]
    assert repo("check-ignore", "--no-index", *made, *kept).splitlines() == made


def editor_schemas() -> dict[str, list[str]]:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text())
    return {
        key.removeprefix("./"): [globs] if isinstance(globs, str) else globs
        for key, globs in settings["yaml.schemas"].items()
    }


def test_editorn_kan_varje_slags_fil() -> None:
    declared = {}
    for path in (ROOT / "schemas").glob("*.schema.json"):
        if files := json.loads(path.read_text()).get("x-filer"):
            declared[path.relative_to(ROOT).as_posix()] = [f"plan/{glob}" for glob in files]
    assert declared
    assert editor_schemas() == declared


def test_varje_fil_i_planen_har_ett_schema_i_editorn() -> None:
    hits = {
        schema: [path for glob in globs for path in ROOT.glob(glob)]
        for schema, globs in editor_schemas().items()
    }
    # Kinds whose content comes later have no file yet; what the plan cannot do without has.
    without = {schema for schema, paths in hits.items() if not paths}
    needed = {
        f"schemas/{path.name}"
        for path in (ROOT / "schemas").glob("*.schema.json")
        if json.loads(path.read_text(encoding="utf-8")).get("x-måste_finnas")
    }
    assert not without & needed
    covered = [path for paths in hits.values() for path in paths]
    assert sorted(covered) == sorted((ROOT / "plan").rglob("*.yml"))


def test_editorn_foreslar_yaml_tillagget() -> None:
    extensions = json.loads((ROOT / ".vscode" / "extensions.json").read_text())
    assert "redhat.vscode-yaml" in extensions["recommendations"]


MACHINE_PATH = re.compile(
    r"(?<![\w.:/-])(?:/(?:home|Users|root|work|workspace|private)/\w|[A-Z]:\\Users\\)"
)


def test_ingen_fil_namner_en_plats_pa_en_dator() -> None:
    assert MACHINE_PATH.search("se /home/" + "nagon/ska")
    assert MACHINE_PATH.search("C:" + "\\Users\\nagon")
    assert not MACHINE_PATH.search("https://example.org/home/nagon och docs/work/x")
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {hit[0]}" for hit in MACHINE_PATH.finditer(text)]
    assert found == []
