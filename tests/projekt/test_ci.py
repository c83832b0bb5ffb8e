"""The workflows: valid, with no more power than they need, and as the README says."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
import yaml

from tests.projekt.common import ROOT, run, write
from tests.projekt.tree import Tree

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))


def is_goal(tree: Tree, command: str) -> bool:
    """Tell whether the command is make with one goal that the Makefile knows."""
    words = command.split()
    return len(words) == 2 and words[0] == "make" and tree.make("-n", words[1]).returncode == 0


def valid_workflow(path: Path) -> bool:
    return (
        run(
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.github-workflows", path),
        ).returncode
        == 0
    )


def test_arbetsflodena_foljer_github_schema(tmp_path: Path) -> None:
    assert WORKFLOWS
    for path in WORKFLOWS:
        assert valid_workflow(path)
        text = path.read_text()
        assert not valid_workflow(write(tmp_path / "fel.yml", text.replace("steps:", "steg:")))


#: Workflow -> what starts it, what it may do, and the goals that it makes, in order.
CI, WEEKLY, PROPOSAL = "ci.yml", "att-se-over.yml", "forslag.yml"
LAW = "lagkoll.yml"
STARTS = {
    PROPOSAL: {"pull_request": ""},
    CI: {"pull_request": "", "push": {"branches": ["main"]}},
    WEEKLY: {"schedule": [{"cron": "17 5 * * 1"}], "workflow_dispatch": ""},
    LAW: {
        "schedule": [{"cron": "47 5 1 * *"}],
        "push": {"branches": ["main"], "paths": ["docs/hjalp/lagandringar.csv"]},
        "workflow_dispatch": "",
    },
}
MAY = {
    CI: {"contents": "read"},
    WEEKLY: {"contents": "read", "issues": "write"},
    PROPOSAL: {"contents": "read", "pull-requests": "write"},
    LAW: {"contents": "read"},
}
GOALS = {
    CI: ["make check", "make test", "make site"],
    WEEKLY: ["make issues"],
    PROPOSAL: ["make preview", "make comment"],
    LAW: ["make lagkoll"],
}
#: The steps that get a key, or anything else that others than we decide, and what they get.
GIVEN = {
    CI: {},
    LAW: {},
    WEEKLY: {"make issues": {"GITHUB_TOKEN": "${{ github.token }}"}},
    PROPOSAL: {
        "make comment": {
            "GITHUB_TOKEN": "${{ github.token }}",
            "SKA_WEBBPLATS": "${{ steps.fil.outputs.artifact-url }}",
        }
    },
}


def test_varje_arbetsflode_provas() -> None:
    assert {path.name for path in WORKFLOWS} == set(GOALS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_arbetsflodena_kor_bara_makefilens_kommandon(path: Path, tree: Tree) -> None:
    flow = yaml.load(path.read_text(), yaml.BaseLoader)  # keeps `on` a word
    assert flow["permissions"] == MAY[path.name]
    assert flow["on"] == STARTS[path.name]
    assert flow["concurrency"]["group"]
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == GOALS[path.name]
    assert all(is_goal(tree, command) for command in commands)
    assert not is_goal(tree, "make finns-inte")
    assert not is_goal(tree, "pip install ska")
    uses = [step["uses"] for step in steps if "uses" in step]
    # By the commit, which nobody can move; the comment says which version it is.
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in uses)
    lines = [line for line in path.read_text().splitlines() if "uses:" in line]
    assert all(re.search(r"@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", line) for line in lines)
    (checkout,) = (step for step in steps if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"]["persist-credentials"] == "false"
    # The tests and the site read dates and changes from the whole history; the issues don't.
    assert (checkout["with"].get("fetch-depth") == "0") == (path.name not in (WEEKLY, LAW))
    assert "ref" not in checkout["with"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_bara_steget_som_skriver_far_nyckeln(path: Path) -> None:
    flow = yaml.load(path.read_text(), yaml.BaseLoader)
    jobs = flow["jobs"].values()
    steps = [step for job in jobs for step in job["steps"]]
    given = {step.get("run"): step["env"] for step in steps if "env" in step}
    assert given == GIVEN[path.name]
    assert "env" not in flow
    known = {"BASE": "${{ github.event.pull_request.base.sha }}"}
    assert [job["env"] for job in jobs if "env" in job] == [known] * (path.name == PROPOSAL)
    assert not any("permissions" in job for job in jobs)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_inget_som_nagon_annan_skriver_kors(path: Path) -> None:
    """What a proposal is called, or its branch, never becomes part of a command or a setting."""
    text = path.read_text()
    flow = yaml.load(text, yaml.BaseLoader)
    starts = flow["on"] if isinstance(flow["on"], dict) else {flow["on"]: ""}
    assert "pull_request_target" not in starts
    assert "workflow_run" not in starts
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    assert not any("${{" in step.get("run", "") for step in steps)
    said = set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", text))
    assert said <= {
        "github.workflow", "github.ref", "github.token", "github.event_name == 'pull_request'",
        "github.event.pull_request.base.sha", "steps.fil.outputs.artifact-url", "!cancelled()",
    }  # fmt: skip
    assert "secrets" not in text


def test_forslagets_gren_gar_till_kommandot_som_den_ar(tree: Tree) -> None:
    odd = "gren; $(touch x) \"y\" 'z'"
    for goal in ("preview", "comment"):
        assert tree.make(goal, BASE=odd).returncode == 0
        assert f"{goal} -- {odd}" in tree.log.read_text()
        assert not (tree.folder / "x").exists()
    assert tree.make("preview").returncode == 0
    assert "preview -- main" in tree.log.read_text()


def test_mallen_for_forslag_fragar_efter_det_som_behovs() -> None:
    text = (ROOT / ".github/pull_request_template.md").read_text(encoding="utf-8")
    for word in ("Vem beslutar?", "Diarienummer", "motiveringar", "ska besluta", "protokollet"):
        assert word in text


def readme_commands() -> list[str]:
    blocks = re.findall(r"^```\w*\n(.*?)^```$", (ROOT / "README.md").read_text(), re.M | re.S)
    return [line.strip() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("command", ["make serve", "make test"])
def test_readme_namner_de_tva_kommandona(command: str, tree: Tree) -> None:
    assert command in readme_commands()
    assert is_goal(tree, command)


def test_ci_kor_readmes_testkommando(tmp_path: Path) -> None:
    write(tmp_path / "make", '#!/bin/sh\npwd\necho make "$@"\nexit 7\n', 0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    env.pop("HOME", None)
    done = run("bash", ROOT / ".ci" / "run", cwd=tmp_path, env=env)
    folder, command = done.stdout.splitlines()
    assert Path(folder) == ROOT
    assert command in readme_commands()
    assert done.returncode == 7
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, ROOT / ".pre-commit-config.yaml"], ids=lambda path: path.name
)
def test_yaml_filerna_ar_prydliga(path: Path) -> None:
    rules = (
        "{extends: default, rules: {line-length: {max: 100},"
        " document-start: disable, truthy: {check-keys: false}}}"
    )
    done = run(sys.executable, "-m", "yamllint", "--strict", "-d", rules, path)
    assert done.returncode == 0, done.stdout
