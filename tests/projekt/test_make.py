"""The commands of the Makefile, with a Python that only notes what it is asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projekt.common import DEV, MAKE, ROOT, RUNTIME, project_files, run, write
from tests.projekt.tree import FAKE_PYTHON, Tree

VENV = "venv .venv"
PIP = f"pip {RUNTIME}"
PIP_DEV = f"pip {DEV}"
PIP_SELF = "pip --no-deps --no-build-isolation -e ."


def test_forsta_gangen_satts_allt_upp_och_sedan_inget(tree: Tree) -> None:
    assert tree.make("check").returncode == 0
    assert tree.did() == [VENV, PIP, PIP_SELF, "ska check"]
    assert tree.make("check").returncode == 0
    assert tree.did() == ["ska check"]


def test_bara_testerna_installerar_det_som_testerna_behover(tree: Tree) -> None:
    for goal, command in {
        "serve": "ska serve",
        "site": "ska site",
        "due": "ska due",
        "lagkoll": "ska lagkoll docs/hjalp/lagandringar.csv",
        "issues": "ska issues",
    }.items():
        assert tree.make(goal).returncode == 0
        assert PIP_DEV not in tree.did()
        assert tree.did()[-1] == command
    tree.make("test")
    assert tree.did()[0] == PIP_DEV


def test_matningarna_behover_det_som_testerna_behover(tree: Tree) -> None:
    assert tree.make("bench").returncode == 0
    assert tree.did() == [VENV, PIP, PIP_DEV, PIP_SELF, "python -m bench"]
    assert tree.make("mutants").returncode == 0
    assert tree.did() == ["python -m bench.strength"]


def test_make_test_granskar_koden_och_kor_alla_tester(tree: Tree) -> None:
    assert tree.make("test").returncode == 0
    did = tree.did()
    assert did[:4] == [VENV, PIP, PIP_DEV, PIP_SELF]
    assert did[4:7] == [
        "ruff check -q .",
        "ruff format -q --check .",
        "mypy --strict --no-error-summary src",
    ]
    assert re.fullmatch(r"python -m pytest -n 2 --dist worksteal --cov\b.*", did[7])
    assert "</prov/chromium>" in tree.log.read_text().splitlines()[-1]


@pytest.mark.parametrize("tool", ["ruff", "mypy", "python"])
def test_make_test_faller_med_sina_delar(tree: Tree, tool: str) -> None:
    tree.make("lock")  # so that pip has done its part
    assert tree.make("check").returncode == 0
    assert tree.make("test", FEL=tool).returncode != 0
    assert tree.did()[-1].startswith(tool)


def test_en_halv_installation_gors_om(tree: Tree) -> None:
    done = tree.make("check", FEL="ja")
    assert done.returncode != 0
    assert "Installationen gick inte." in done.stderr
    assert tree.make("check").returncode == 0
    assert tree.did() == [VENV, PIP, PIP_SELF, "ska check"]
    assert tree.make("test", FEL="ja").returncode != 0
    tree.make("test")
    assert tree.did()[0] == PIP_DEV


def touch(path: Path) -> None:
    later = max(stamp.stat().st_mtime for stamp in (path.parent / ".venv").glob(".*")) + 5
    os.utime(path, (later, later))


def test_nya_versioner_ger_en_ny_miljo(tree: Tree) -> None:
    tree.make("check")
    touch(tree.folder / RUNTIME)
    tree.make("check")
    assert tree.did() == [VENV, PIP, PIP_SELF, "ska check"]


def test_nya_versioner_for_testerna_installeras(tree: Tree) -> None:
    tree.make("lock")
    touch(tree.folder / DEV)
    tree.make("lock")
    assert tree.did()[0] == PIP_DEV


def test_en_andrad_pyproject_installerar_bara_paketet_igen(tree: Tree) -> None:
    tree.make("check")
    touch(tree.folder / "pyproject.toml")
    tree.make("check")
    assert tree.did() == [PIP_SELF, "ska check"]


def test_en_kopierad_mapp_far_en_egen_miljo(tree: Tree, tmp_path: Path) -> None:
    tree.make("check")
    tree.folder = Path(shutil.copytree(tree.folder, tmp_path / "kopia"))
    tree.make("check")
    assert tree.did()[0] == VENV


def test_en_annan_python_ger_en_ny_miljo(tree: Tree, tmp_path: Path) -> None:
    tree.make("check")
    tree.make("check", PYTHON="python3")
    assert tree.did() == ["ska check"]
    other = FAKE_PYTHON.replace("-c*)", "-c*sys.version_info\\[*) echo 3.99 ;;\n  -c*)")
    write(tmp_path / "bin" / "python3.99", other, 0o755)
    tree.make("check", PYTHON="python3.99")
    assert tree.did()[0] == VENV
    tree.make("check")  # the one that is there will do, until another is asked for
    assert tree.did() == ["ska check"]


@pytest.mark.parametrize(
    ("missing", "words"),
    [("version_info < (3, 11)", ["Python 3.11", "PYTHON="]), ("ensurepip", ["python3-venv"])],
)
def test_en_mening_sager_vad_som_saknas(tree: Tree, missing: str, words: list[str]) -> None:
    done = tree.make("check", SAKNAS=missing)
    assert done.returncode != 0
    assert tree.did() == []
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert all(word in said[0] for word in words)


def test_make_lock_tar_inte_med_nagon_adress(tree: Tree) -> None:
    tree.make("lock")
    locks = [line for line in tree.did() if line.startswith("uv pip compile")]
    assert [line.split()[-1] for line in locks] == [RUNTIME, DEV, "bench/requirements.txt"]
    for line in locks:
        assert {"--universal", "--generate-hashes", "--no-emit-index-url"} < set(line.split())


def epoch(tree: Tree) -> str:
    return tree.log.read_text().splitlines()[-1].rpartition("<")[2].rstrip(">")


def test_bygget_dateras_med_senaste_incheckningen(tree: Tree) -> None:
    tree.make("site")
    assert epoch(tree) == "ingen"  # no git here
    run("git", "init", "-q", ".", cwd=tree.folder)
    tree.make("site")
    assert epoch(tree) == "ingen"  # no commit yet
    run("git", "add", "Makefile", cwd=tree.folder)
    dates = {"GIT_COMMITTER_DATE": "1735689600 +0000"}
    run("git", "commit", "-qm", "x", cwd=tree.folder, env={**os.environ, **dates})
    tree.make("site")
    assert epoch(tree) == "1735689600"
    tree.make("site", SOURCE_DATE_EPOCH="7")
    assert epoch(tree) == "7"


def test_make_visar_varje_mal_pa_svenska(tree: Tree) -> None:
    done = tree.make()
    shown = dict(re.findall(r"^  make (\w+) +(\S.*)$", done.stdout, flags=re.M))
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), flags=re.M)
    assert set(shown) == set(phony.split()) - {"FORCE"}
    assert tree.did() == []


def test_make_clean_tar_bort_allt_som_kan_goras_om(tree: Tree) -> None:
    tree.make("test")
    write(tree.folder / "site" / "index.html", "")
    write(tree.folder / "src" / "ska" / "__pycache__" / "x.pyc", "")
    write(tree.folder / "plan" / "plan.yml", "")
    assert tree.make("clean").returncode == 0
    left = {path.relative_to(tree.folder).as_posix() for path in tree.folder.rglob("*")}
    assert left == {
        *("Makefile", "pyproject.toml", RUNTIME, DEV),
        *("src", "src/ska", "plan", "plan/plan.yml"),
    }


def make_here(goal: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command, in the environment that runs the tests; -o: never renew that one."""
    stamps = [f"{sys.prefix}/{name}" for name in (".beroenden", ".paket")]
    return run(MAKE, goal, f"VENV={sys.prefix}", "-o", stamps[0], "-o", stamps[1], cwd=folder)


def test_make_check_godkanner_planen() -> None:
    done = make_here("check", ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_make_site_bygger_utan_git(tmp_path: Path) -> None:
    folder = tmp_path / "kopia"
    for path in project_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    done = make_here("site", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "site" / "index.html").is_file()
