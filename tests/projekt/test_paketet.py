"""The package: what it holds, and what its code is held to."""

from __future__ import annotations

import configparser
import re
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from tests.projekt.common import ROOT, run


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
