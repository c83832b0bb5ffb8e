"""The command: what it prints, in which language, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

import ska.check
from ska import cli
from ska.check import Outcome
from ska.commands import shared
from ska.files.tree import Tree
from tests.helpers import MINIMAL, english, minimal, minimal_text

METHOD = "plan/metoder/klagomal.yml"
CLEAN = "Planen är hel: inga fel och inga varningar i 10 filer.\n"

Capture = pytest.CaptureFixture[str]


def run(*arguments: object) -> int:
    """Run the command in this process; argparse leaves by SystemExit."""
    try:
        return cli.main([str(argument) for argument in arguments])
    except SystemExit as left:
        return int(left.code or 0)


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as its users do, its output buffered as theirs."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHONUNBUFF")}
    env |= {"PYTHONPATH": str(Path(cli.__file__).parents[1]), **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "ska.cli", *map(str, arguments)],
        **{"capture_output": True, "encoding": "utf-8", "check": False, "env": env, **options},
    )  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(MINIMAL, tmp_path / "rot")
    return tmp_path / "rot"


def write(root: Path, path: str, text: str) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def broken(root: Path) -> Path:
    """A plan with one error and one warning."""
    method = minimal_text(METHOD).replace("- enhetschef", "- chefen").replace("klagomal", "svar")
    return write(root, "plan/metoder/svar.yml", method)


# --- Exit codes ----------------------------------------------------------------------------


def test_help_waits_for_nothing_that_only_a_command_needs() -> None:
    told = "import sys, ska.cli; print(*sys.modules)"
    env = os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[1])}
    out = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, encoding="utf-8", check=True, env=env
    ).stdout
    assert {"jsonschema", "yaml", "ska.model", "ska.reading.schema"}.isdisjoint(out.split())


def test_0_for_a_plan_without_faults(capsys: Capture) -> None:
    assert run("check", MINIMAL) == 0
    assert capsys.readouterr() == (CLEAN, "")


def test_0_for_warnings_alone(root: Path, capsys: Capture) -> None:
    method = minimal_text(METHOD).replace("id: klagomal", "id: svar")
    assert run("check", write(root, "plan/metoder/svar.yml", method)) == 0
    out, err = capsys.readouterr()
    assert out.endswith("0 fel och 1 varning i 11 filer.\n")
    assert err == ""


def test_1_for_errors(broken: Path, capsys: Capture) -> None:
    assert run("check", broken) == 1
    out, err = capsys.readouterr()
    assert out == (
        "plan/metoder/svar.yml:2:5: varning: metoden ”Klagomål” används inte av något annat i"
        " planen [oanvand]\n"
        "    tips: hänvisa till den där den hör hemma, eller ta bort den\n"
        "plan/metoder/svar.yml:11:5: fel: metoden ”Klagomål” hänvisar i ansvariga till roll"
        " ”chefen”, som inte finns [okand-hanvisning]\n"
        "    tips: lägg till roll ”chefen”, eller ta bort hänvisningen\n"
        "1 fel och 1 varning i 11 filer.\n"
    )
    assert err == ""


@pytest.mark.parametrize("where", ["tom", "finns-inte", "en-fil"])
def test_2_where_there_is_no_plan(tmp_path: Path, capsys: Capture, where: str) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "en-fil").touch()
    assert run("check", tmp_path / where) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"ska: mappen {tmp_path / where} har ingen mapp plan/. "
        "Ange mappen som har plan/ och schemas/.\n"
    )


def test_2_for_a_schema_that_is_broken(root: Path, capsys: Capture) -> None:
    assert run("check", write(root, "schemas/plan.schema.json", "{")) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("ska: schemas/plan.schema.json är inte giltig JSON. ")


WRONG_USE = [
    (),
    ("granska",),
    ("chec",),
    ("--okänt",),
    ("check", "--okänt"),
    ("check", "-x"),
    ("check", ".", "."),
    ("check", "--format"),
    ("check", "--format", "xml"),
    ("check", "--format="),
    ("check", "--help=1"),
    ("check", "--date"),
    ("check", "--date="),
    ("check", "--date", "i dag"),
    ("check", "--date", "2025-02-30"),
    ("check", "--date", "20250131"),
    ("check", "--date", "2025-1-31"),
    ("check", "--date", "2025-01-31T12:00"),
    ("due", "--within", "-1"),
    ("due", "--within", "en vecka"),
    ("due", "--date", "i dag"),
    ("due", "--format", "markdown"),
    ("issues", "--within", "٣"),
    ("pages",),
    ("pages", "mapp", ".", "."),
    ("pages", "mapp", "--date", "2025-13-01"),
    ("pages", "mapp", "--repository"),
    ("site", "mapp"),
    ("site", "--out"),
    ("serve", "mapp"),
    ("serve", "--port"),
    ("serve", "--port", "åtta"),
    ("serve", "--port", "0"),
    ("serve", "--port", "-1"),
    ("serve", "--port", "65536"),
]


@pytest.mark.parametrize("arguments", WRONG_USE, ids=" ".join)
def test_2_for_wrong_use_in_swedish(capsys: Capture, arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("användning: ska ")
    assert ": fel: " in err.splitlines()[-1]
    assert english(err) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "det här saknas: KOMMANDO"),
        (("check", "--format", "xml"), "--format: ”xml” finns inte; välj bland 'text', 'github', "),
        (("check", "--date", "2025-02-30"), "--date: ”2025-02-30” är ingen dag; skriv år-månad-"),
        (("check", "--date"), "--date: ett värde saknas"),
        (("check", "--okänt"), "det här känner kommandot inte till: --okänt"),
        (("granska",), "KOMMANDO: ”granska” finns inte; välj bland 'check', "),
        (("serve", "--port", "åtta"), "--port: ”åtta” är ingen port; skriv ett tal "),
    ],
)
def test_wrong_use_is_explained(capsys: Capture, arguments: tuple[str, ...], words: str) -> None:
    run(*arguments)
    assert words in capsys.readouterr().err


def fails(with_what: BaseException) -> Any:
    def check(*arguments: object, **named: object) -> Outcome:
        raise with_what

    return check


def test_3_for_a_fault_of_our_own(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(ska.check, "check", fails(RuntimeError("bläh")))
    monkeypatch.delenv("SKA_FELSOK", raising=False)
    assert run("check", MINIMAL) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("ska: programmet självt har gått sönder (RuntimeError: bläh). ")
    assert len(err.splitlines()) == 1
    assert "SKA_FELSOK=1" in err


def test_3_with_the_whole_story_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(ska.check, "check", fails(RuntimeError("bläh")))
    monkeypatch.setenv("SKA_FELSOK", "1")
    assert run("check", MINIMAL) == 3
    assert "Traceback" in capsys.readouterr().err


def test_3_also_for_a_value_error(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(ska.check, "check", fails(ValueError("Invalid isoformat string: 'x'")))
    assert run("check", MINIMAL) == 3


def test_130_when_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(ska.check, "check", fails(KeyboardInterrupt()))
    assert run("check", MINIMAL) == 130
    assert capsys.readouterr() == ("", "")


# --- Options -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", "check", "due", "issues", "pages", "site", "serve"])
def test_the_help_is_swedish(capsys: Capture, command: str) -> None:
    assert run(*command.split(), "--help") == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"användning: ska {command}".strip())
    assert err == ""
    assert english(out) == []
    assert "visa den här hjälpen" in out


def test_problems_as_data(broken: Path, capsys: Capture) -> None:
    assert run("check", "--format", "json", broken) == 1
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["version", "problems", "summary"]
    assert found["version"] == 1
    assert found["summary"] == {"errors": 1, "warnings": 1, "files": 11}
    for problem in found["problems"]:
        assert list(problem) == [
            "rule", "severity", "message", "hint", "file", "line", "column", "related"
        ]  # fmt: skip
    assert [(p["rule"], p["severity"], p["line"]) for p in found["problems"]] == [
        ("oanvand", "varning", 2), ("okand-hanvisning", "fel", 11)
    ]  # fmt: skip


def test_problems_for_github(root: Path, capsys: Capture) -> None:
    path = "plan/rutiner/100 %, eller: mer.yml"
    assert run("check", "--format=github", write(root, path, "id: x\nid: y\n")) == 1
    out, _ = capsys.readouterr()
    assert out.splitlines() == [
        "::error file=plan/rutiner/100 %25%2C eller%3A mer.yml,line=2,col=1,title=dubbelt-falt::"
        "fältet ”id” står två gånger, första gången på rad 1, och bara det ena kan gälla%0A"
        f"första gången: {path.replace('%', '%25')}:1:1%0A"
        "tips: behåll det som ska gälla och ta bort det andra",
        "1 fel och 0 varningar i 11 filer.",
    ]


class Watch:
    """Notes the day that a check is asked for."""

    day: date | None = None

    def __call__(self, tree: Tree, today: date, *others: object, **named: object) -> Outcome:
        self.day = today
        return Outcome(None, (), 0)


def test_the_day_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(ska.check, "check", watch)
    assert run("check", "--date", "2024-02-29", MINIMAL) == 0
    assert watch.day == date(2024, 2, 29)


def test_else_it_is_the_day_in_sweden(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls.fromisoformat("2026-06-30T22:30:00+00:00").astimezone(tz)

    watch = Watch()
    monkeypatch.setattr(ska.check, "check", watch)
    monkeypatch.setattr(shared, "datetime", Clock)
    assert run("check", MINIMAL) == 0
    assert watch.day == date(2026, 7, 1)


def test_a_day_of_a_week_is_no_date() -> None:
    assert run("check", "--date", "2025-W05-5", MINIMAL) == 2


def test_without_a_path_it_is_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert run("check") == 0
    monkeypatch.chdir(root / "plan")
    assert run("check") == 2


def test_options_and_path_in_any_order(capsys: Capture) -> None:
    assert run("check", MINIMAL, "--format", "json", "--date=2026-01-01") == 0
    first = capsys.readouterr().out
    assert run("check", "--date", "2026-01-01", "--format=json", f"{MINIMAL}/") == 0
    assert capsys.readouterr().out == first


# --- What is written -----------------------------------------------------------------------


def state(root: Path) -> dict[str, tuple[int, bytes | None]]:
    paths = [root, *sorted(root.rglob("*"))]
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in paths
    }


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_a_check_writes_nothing(broken: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(broken)
    before = state(broken)
    assert run("check", "--format", form) == 1
    assert state(broken) == before


def test_the_order_of_files_on_the_disk_is_of_no_account(tmp_path: Path, capsys: Capture) -> None:
    outputs = set()
    for name, files in (("a", list(minimal().plan)), ("b", list(reversed(minimal().plan)))):
        root = tmp_path / name
        for path in files:
            write(root, path, minimal_text(path).replace("- enhetschef", "- chefen"))
        assert run("check", root) == 1
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stdout", "form", "no_color", "coloured"),
    [
        (Terminal, "text", None, True),
        (Terminal, "text", "", False),
        (Terminal, "text", "1", False),
        (Terminal, "github", None, False),
        (Terminal, "json", None, False),
        (io.StringIO, "text", None, False),
    ],
)
def test_colour_is_for_terminals_alone(
    broken: Path,
    monkeypatch: pytest.MonkeyPatch,
    stdout: type[io.StringIO],
    form: str,
    no_color: str | None,
    coloured: bool,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys, "stdout", stdout())
    assert run("check", "--format", form, broken) == 1
    assert ("\x1b[" in sys.stdout.getvalue()) is coloured  # type: ignore[attr-defined]


# --- As a process --------------------------------------------------------------------------


@pytest.fixture
def worst(tmp_path: Path) -> Path:
    """A plan with more to tell of than a pipe holds."""
    for number in range(1500):
        write(tmp_path, f"plan/rutiner/{number:04}.yml", "titel: [\n")
    return tmp_path


def test_the_process_leaves_with_the_exit_code(broken: Path) -> None:
    done = process("check", broken)
    assert done.returncode == 1
    assert done.stdout.endswith("1 fel och 1 varning i 11 filer.\n")
    assert done.stderr == ""


def test_the_output_is_utf_8_whatever_the_machine_speaks(broken: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    assert process("check", broken, env=env).stdout == process("check", broken).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_no_text(broken: Path) -> None:
    with open(os.fsencode(broken / "plan" / "rutiner") + b"/\xff.yml", "wb") as file:
        file.write(b"id: x\nid: y\n")
    done = process("check", broken)
    assert (done.returncode, done.stderr) == (1, "")
    assert "plan/rutiner/\\udcff.yml:2:1: fel: fältet ”id” står två gånger" in done.stdout
    done = process("check", "--format=json", broken)
    files = {problem["file"] for problem in json.loads(done.stdout)["problems"]}
    assert "plan/rutiner/\udcff.yml" in files


def closed_early(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command with a reader that has already left, like `ska check | true`."""
    read, write_end = os.pipe()
    os.close(read)
    try:
        return process(*arguments, capture_output=False, stdout=write_end, stderr=subprocess.PIPE)
    finally:
        os.close(write_end)


def test_a_reader_that_leaves_before_much_output(worst: Path) -> None:
    done = closed_early("check", worst)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.parametrize("arguments", [("check", MINIMAL), ("check", "--help")])
def test_a_reader_that_leaves_before_little_output(arguments: tuple[object, ...]) -> None:
    done = closed_early(*arguments)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is full")
def test_a_full_disk_is_told_of(broken: Path) -> None:
    with open("/dev/full", "w") as full:
        done = process("check", broken, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == "ska: disken är full. Gör plats och kör kommandot igen.\n"


def test_a_file_where_a_folder_should_be(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path, "fil", "")
    assert run("pages", tmp_path / "fil" / "mapp", MINIMAL) == 2
    assert "fil, inte en mapp" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "path", "code"), [(1, MINIMAL, 0), (2, "finns-inte", 2)])
def test_a_stream_that_is_closed(number: int, path: object, code: int) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    command = ["sh", "-c", f'exec "$@" {number}>&-', "sh", sys.executable, "-m", "ska.cli"]
    done = subprocess.run(
        [*command, "check", str(path)], capture_output=True, encoding="utf-8", check=False, env=env
    )
    assert done.returncode == code
    assert "sönder" not in done.stderr


def test_nothing_is_looked_through_as_the_command_ends(root: Path) -> None:
    """To look for rubbish in what goes anyway takes as long as much of the work."""
    code = (
        "import gc, sys; from ska import cli; cli.main(['check', sys.argv[1]]); "
        "gc.set_debug(gc.DEBUG_STATS)"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        capture_output=True, encoding="utf-8", check=True, env=env,
    )  # fmt: skip
    told = re.findall(r"objects in permanent generation: (\d+)", done.stderr)
    assert told
    assert int(told[0]) > 1000
