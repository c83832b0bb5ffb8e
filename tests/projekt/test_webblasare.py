"""The browser that the tests need: found, or installed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import chromium as browser
from tests.projekt.common import write


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
