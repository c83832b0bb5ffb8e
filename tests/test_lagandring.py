"""The help page on a law that changed tells the truth: its commands are run, in its order.

SKA_FORNYA=1 writes the answers anew: read them then.
"""

from __future__ import annotations

import os
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from ska import cli
from tests import lagandring
from tests.lagandring import LAW, ROOT

PAGE = ROOT / "docs" / "hjalp" / "lagandring.md"
_BLOCK = re.compile(r"^```\n\$ ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_says_what_the_commands_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PAGE.read_text(encoding="utf-8")
    monkeypatch.chdir(lagandring.make(tmp_path))
    monkeypatch.setattr("ska.commands.granskad.day_for", lambda _options: date(2026, 11, 30))
    blocks = _BLOCK.findall(text)
    assert [block[0].split()[1] for block in blocks] == ["lagkoll", "diff", "granskad"]
    for command, expected in blocks:
        assert cli.main(shlex.split(command)[1:]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        if os.environ.get("SKA_FORNYA"):
            old, new = f"```\n$ {command}\n{expected}```", f"```\n$ {command}\n{out}```"
            PAGE.write_text(PAGE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        else:
            assert out == expected, "run with SKA_FORNYA=1, and read what is new"


def test_the_page_shows_what_the_register_holds() -> None:
    register = (ROOT / LAW).read_text(encoding="utf-8")
    blocks = _YAML.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 3
    assert all(block in register for block in blocks)


def test_the_look_is_all_that_is_left_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine things stand to be looked at; when they are, nothing does."""
    monkeypatch.chdir(lagandring.make(tmp_path))
    assert cli.main(["check", "--date", "2025-09-02"]) == 0
    found = re.findall(r"”ska granskad (\S+) --roll", capsys.readouterr().out)
    assert len(found) == 9
    look = ["--roll", "planens-redaktion", "--datum", "2025-09-01", "--oförändrad"]
    assert cli.main(["granskad", *found, *look]) == 0
    assert cli.main(["check", "--date", "2025-09-02"]) == 0
    assert "inga fel och inga varningar" in capsys.readouterr().out
    assert cli.main(["granskad", "--nya", *look[:-1]]) == 0
    assert capsys.readouterr().out == "Alla länkar är redan inskrivna. Ingenting är skrivet.\n"
