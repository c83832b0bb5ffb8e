"""The hook that stops a commit, tried in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with the tests' own Python first on PATH."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(cwd.parent / "cache")}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def commit(repository: Path, message: str) -> subprocess.CompletedProcess[str]:
    run("git", "add", "-A", cwd=repository)
    return run(
        "git", "-c", "user.name=Test", "-c", "user.email=test@example.org",
        "commit", "-m", message, cwd=repository,
    )  # fmt: skip


@pytest.fixture
def repository(root: Path, tmp_path: Path) -> Path:
    """A repository that holds a plan, with the hook installed from a clone of this project."""
    project = tmp_path / "project"
    project.mkdir()
    shutil.copy(root / ".pre-commit-hooks.yaml", project)
    run("git", "init", "-q", cwd=project)
    assert commit(project, "hook").returncode == 0
    revision = run("git", "rev-parse", "HEAD", cwd=project).stdout.strip()

    repository = tmp_path / "plan"
    shutil.copytree(root / "tests" / "sites" / "minimal", repository)
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {project}\n    rev: {revision}\n    hooks:\n      - id: ska-check\n",
        encoding="utf-8",
    )
    run("git", "init", "-q", cwd=repository)
    installed = run(sys.executable, "-m", "pre_commit", "install", cwd=repository)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return repository


def test_a_plan_that_contradicts_itself_is_not_committed(repository: Path) -> None:
    first = commit(repository, "the plan")
    assert first.returncode == 0, first.stdout + first.stderr

    routine = repository / "plan" / "rutiner" / "ta-emot-klagomal.yml"
    healthy = routine.read_text(encoding="utf-8")
    routine.write_text(healthy.replace("ägare: enhetschef", "ägare: enhetschf"), encoding="utf-8")
    refused = commit(repository, "a contradiction")
    assert refused.returncode != 0
    assert "okand-hanvisning" in refused.stdout + refused.stderr
    assert "plan/rutiner/ta-emot-klagomal.yml:9:8" in refused.stdout + refused.stderr

    routine.write_text(healthy + "sökord:\n  - missnöjd\n", encoding="utf-8")
    mended = commit(repository, "mended")
    assert mended.returncode == 0, mended.stdout + mended.stderr
