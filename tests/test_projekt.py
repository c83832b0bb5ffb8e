"""The files around the code: commands, locked versions, workflow, editor and hooks."""

from __future__ import annotations

import ast
import configparser
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.browser import chromium as browser

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "requirements.txt"
DEV = "requirements-dev.txt"
MAKE = shutil.which("make") or "make"


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [str(part) for part in command],
        **{
            "stdin": subprocess.DEVNULL,
            "capture_output": True,
            "text": True,
            "check": False,
            "timeout": 300,
            **options,
        },
    )


def write(path: Path, text: str, mode: int = 0o644) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def project_files() -> Iterator[Path]:
    made = {".git", ".venv", "site", "__pycache__", ".hypothesis", ".cache", "bilder"}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in made and not name.endswith("_cache")]
        for name in names:
            if not name.startswith(".coverage"):
                yield Path(folder, name)


# --- Locked versions -----------------------------------------------------------------------


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


# --- The package ---------------------------------------------------------------------------


def build(target: str, folder: Path) -> zipfile.ZipFile:
    done = run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel)


def test_paketet_bar_scheman_och_kommando(tmp_path: Path) -> None:
    with build("wheel", tmp_path) as wheel:
        names = set(wheel.namelist())
        (points,) = (name for name in names if name.endswith("entry_points.txt"))
        parser = configparser.ConfigParser()
        parser.read_string(wheel.read(points).decode())
    assert parser["console_scripts"]["ska"] == "ska.cli:main"
    schemas = {f"ska/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")}
    assert schemas
    assert schemas < names
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert modules < names
    assert not {name for name in names if not name.startswith("ska")}


def test_installationen_for_utveckling_kopierar_inget(tmp_path: Path) -> None:
    with build("wheel:editable", tmp_path) as wheel:
        assert not [name for name in wheel.namelist() if name.startswith("ska/")]


@pytest.mark.parametrize(
    ("name", "code", "finding"),
    [
        ("src/ska/prov.py", '"""Prov."""\n\nårshjul = "9–17"\n', None),
        ("src/ska/prov.py", '"""Prov."""\n\n\ndef f() -> None:\n    pass\n', "D103"),
        ("tests/test_prov.py", "def test_f() -> None:\n    pass\n", None),
        ("tests/test_prov.py", "import os\n", "F401"),
    ],
)
def test_ruff_tal_svenska_namn_men_inte_slarv(name: str, code: str, finding: str | None) -> None:
    done = run(
        *(sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"),
        *("--stdin-filename", name, "-"),
        cwd=ROOT,
        stdin=None,
        input=code,
    )
    assert re.findall(r": ([A-Z]+\d+) ", done.stdout) == ([finding] if finding else [])


def test_en_varning_faller_ett_test() -> None:
    with pytest.raises(UserWarning, match="prov"):
        warnings.warn("prov", stacklevel=1)


# --- The commands of the Makefile, with a Python that only notes what it is asked ---------------

FAKE_PYTHON = """\
#!/bin/sh
case "$*" in
  "-m venv"*)
    echo "venv $(basename "$4")" >> "$LOGG"
    rm -rf "$4"; mkdir -p "$4/bin"
    for name in python ska uv ruff mypy; do cp "$0" "$4/bin/$name"; done ;;
  "-m pip"*)
    echo "pip $*" >> "$LOGG"
    [ -z "$FEL" ] || exit 1 ;;
  *chromium.py) echo /prov/chromium ;;
  -c*)
    case "$*" in *"$SAKNAS"*) [ -z "$SAKNAS" ] || exit 1 ;; esac
    exec "$PYTHON_DIR" "$@" ;;
  *)
    echo "$(basename "$0") $* <$SKA_CHROMIUM><${SOURCE_DATE_EPOCH-ingen}>" >> "$LOGG"
    case "$(basename "$0")" in "$FEL") exit 1 ;; esac ;;
esac
"""


class Tree:
    """A folder with the Makefile, and a fake Python to run it with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "mapp med mellanslag"
        self.log = folder / "logg"
        for name in ("Makefile", "pyproject.toml", RUNTIME, DEV):
            path = write(self.folder / name, (ROOT / name).read_text())
            os.utime(path, (1, 1))
        self.env = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "LOGG": str(self.log),
            "PYTHON_DIR": sys.executable,
            "FEL": "",
            "SAKNAS": "",
            "GIT_CEILING_DIRECTORIES": str(folder),
        }
        self.python = write(folder / "bin" / "python3", FAKE_PYTHON, 0o755)

    def make(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run make, and forget what earlier runs noted."""
        self.log.unlink(missing_ok=True)
        return run(MAKE, *arguments, cwd=self.folder, env={**os.environ, **self.env, **env})

    def did(self) -> list[str]:
        """Return what was done, in short, in order."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        shorter = r"-m pip install -qq |--require-hashes -r | <.*"
        return [re.sub(shorter, "", line) for line in lines]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


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


# --- CI ------------------------------------------------------------------------------------

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
    assert (checkout["with"].get("fetch-depth") == "0") == (path.name != WEEKLY)
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


# --- git, hooks and the editor -------------------------------------------------------------


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


# --- The browser ---------------------------------------------------------------------------


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A machine without a browser; its PATH is the folder returned."""
    for variable in (*browser.VARIABLES, "DEBIAN_FRONTEND"):
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setattr(browser, "WINDOWS_ROOTS", ())
    program(tmp_path / "sbin" / browser.SERVER)
    monkeypatch.setattr(browser, "SERVER_PLACES", (str(tmp_path / "sbin"),))
    monkeypatch.setattr(browser, "DRIVER", (program(tmp_path / "driver"),))
    monkeypatch.setattr(browser, "system", lambda: "debian")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    browser.find.cache_clear()
    yield folder
    browser.find.cache_clear()


def program(path: Path, code: int = 0) -> str:
    return str(write(path, f"#!/bin/sh\nexit {code}\n", 0o755))


APT = """\
#!/bin/sh
PATH=/usr/bin:/bin
echo "Reading package lists..."
echo "$DEBIAN_FRONTEND $*" >> {0}/logg
case "$*" in
  *" install "*chromium*) printf '#!/bin/sh\\n' > {0}/chromium; chmod +x {0}/chromium ;;
esac
"""


def fake_apt(folder: Path) -> Path:
    write(folder / "apt-get", APT.format(folder), 0o755)
    (folder / "env").symlink_to("/usr/bin/env")
    return folder / "logg"


def test_den_forsta_som_startar_valjs(bare: Path) -> None:
    assert browser.find() is None
    program(bare / "chromium-browser", code=1)  # Ubuntu's, when its snap is missing
    chrome = program(bare / "google-chrome")
    browser.find.cache_clear()
    assert browser.find() == chrome


def test_en_utpekad_webblasare_galler_ensam(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(bare / "chromium")
    log = fake_apt(bare)
    mine = program(bare / "annan" / "min-chrome")
    monkeypatch.setenv("CHROME", mine)
    assert browser.find() == mine
    monkeypatch.setenv("SKA_CHROMIUM", "/finns/inte")
    browser.find.cache_clear()
    assert browser.find() is None
    assert browser.main() == 1
    assert capsys.readouterr().err == (
        "SKA_CHROMIUM pekar på ”/finns/inte”, som inte går att köra.\n"
    )
    assert not log.exists()


def test_apt_installerar_chromium(bare: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = fake_apt(bare)
    assert browser.main() == 0
    assert capfd.readouterr().out == f"{bare / 'chromium'}\n"
    update, install = log.read_text().splitlines()
    assert re.fullmatch(r"noninteractive .*-y.* update", update)
    assert re.fullmatch(r"noninteractive .*-y.* install .*\bchromium\b.*", install)


@pytest.mark.parametrize(
    ("system", "apt", "words"),
    [
        ("debian", True, "apt-get install chromium"),
        ("ubuntu", True, "snap install chromium"),
        ("fedora", False, "CHROME"),
    ],
)
def test_en_rad_sager_vilken_webblasare_som_kan_installeras(
    bare: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    system: str,
    apt: bool,
    words: str,
) -> None:
    monkeypatch.setattr(browser, "system", lambda: system)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)  # and no sudo
    log = bare / "logg"
    if apt:
        log = fake_apt(bare)
    assert browser.main() == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert words in err
    assert not log.exists()


def test_apt_installerar_det_som_styrningen_saknar(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program(bare / "chromium")
    log = fake_apt(bare)
    driver = program(bare / "driver", code=127)
    monkeypatch.setattr(browser, "DRIVER", (driver,))
    assert browser.main() == 1
    assert capfd.readouterr().err.splitlines()[-1] == browser.ADVICE_DRIVER
    assert log.read_text().splitlines()[-1].endswith(" libatomic1")
    log.unlink()
    program(bare / "driver")
    assert browser.main() == 0
    assert not log.exists()


def test_apt_installerar_webbservern(bare: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program(bare / "chromium")
    log = fake_apt(bare)
    server = browser.server()
    assert server == str(bare.parent / "sbin" / "nginx")
    Path(server).unlink()
    assert browser.server() is None
    assert browser.main() == 0  # the tests that need it say so themselves
    assert capfd.readouterr().out == f"{bare / 'chromium'}\n"
    assert log.read_text().splitlines()[-1].endswith(" nginx-light")


def test_ubuntus_hanvisning_till_snap_installeras_inte(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake_apt(bare)
    monkeypatch.setattr(browser, "system", lambda: "ubuntu")
    assert browser.main() == 1
    assert not log.exists()
