"""Hugo as Debian packages it: fetched for the benchmark alone, where the machine has none.

Nothing is installed on the system, and no rights are needed: apt downloads what it would have
installed to a folder of the benchmark's, where it is unpacked and runs. What is downloaded is what
apt's signed lists say, or nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

#: What apt is to do with a folder of its own. Lists that nobody has signed are never used; what
#: the system does around its own installing is left out; who waits for a network isn't kept long.
_APT: Final = """\
Dir::Cache "{home}/cache";
Dir::Cache::archives "{home}/paket";
APT::Get::AllowUnauthenticated "false";
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Debug::NoLocking "true";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Invoke;
#clear DPkg::Post-Invoke;
#clear DPkg::Pre-Install-Pkgs;
"""
#: With lists of its own too, where the system's are missing or too old.
_LISTS: Final = 'Dir::State::lists "{home}/listor";\n'
#: As bare as a layout can be: Hugo then costs only what it can't do without.
_LAYOUT: Final = (
    '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
    "<body>{{ .Content }}</body></html>\n"
)
_SETTINGS: Final = {
    "baseURL": "/",
    "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "robotsTXT"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}


@dataclass(frozen=True, slots=True)
class Hugo:
    """A Hugo that runs, and what it needs around it to do so."""

    program: Path
    version: str
    surroundings: Mapping[str, str] = field(default_factory=dict)


def find(home: Path | None = None) -> Hugo | None:
    """Return the machine's Hugo, or else Debian's, which is fetched the first time."""
    own = shutil.which("hugo")
    if own is not None:
        return _running(Path(own), {})
    home = Path(sys.prefix) / "hugo" if home is None else home
    kept = _unpacked(home)
    if kept is not None or not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return kept
    sys.stderr.write("Hämtar Hugo, som jämförelsen behöver.\n")
    return _fetched(home)


def _fetched(home: Path) -> Hugo | None:
    shutil.rmtree(home, ignore_errors=True)
    for name in ("cache", "paket/partial", "listor/partial"):
        (home / name).mkdir(parents=True)
    settings = home / "apt.conf"
    download = ("install", "--download-only", "hugo")
    settings.write_text(_APT.format(home=home), encoding="utf-8")
    if not _apt(settings, *download):
        with settings.open("a", encoding="utf-8") as more:
            more.write(_LISTS.format(home=home))
        if not (_apt(settings, "update") and _apt(settings, *download)):
            return None
    for package in sorted((home / "paket").glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, home / "rot"], check=True)
    return _unpacked(home)


def _apt(settings: Path, *arguments: str) -> bool:
    done = subprocess.run(
        ["apt-get", "-q", "-y", *arguments], check=False, capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "APT_CONFIG": str(settings), "DEBIAN_FRONTEND": "noninteractive"},
    )  # fmt: skip
    return done.returncode == 0


def _unpacked(home: Path) -> Hugo | None:
    root = home / "rot" / "usr"
    libraries = ":".join(str(folder) for folder in sorted((root / "lib").glob("*-linux-*")))
    return _running(root / "bin" / "hugo", {"LD_LIBRARY_PATH": libraries} if libraries else {})


def _running(program: Path, surroundings: Mapping[str, str]) -> Hugo | None:
    """Ask for its version: what answers is there, and finds what it needs."""
    try:
        told = subprocess.run(
            [program, "version"], check=True, capture_output=True, text=True,
            env={**os.environ, **surroundings},
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None
    # "hugo v0.111.3+extended linux/amd64 BuildDate=… VendorInfo=debian:0.111.3-1"
    return Hugo(program, " ".join(told.split()[1:2]), surroundings)


def lay_out(docs: Path, folder: Path) -> Path:
    """Lay the same Markdown out as Hugo wants it, and the same files beside it."""
    for file in sorted(path for path in docs.rglob("*") if path.is_file()):
        where = file.relative_to(docs)
        if file.suffix == ".md":
            name = "_index.md" if file.name == "index.md" else file.name
            to = folder / "content" / where.with_name(name)
        else:
            to = folder / "static" / where
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, to)
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single.html", "list.html", "../index.html"):
        (layouts / name).write_text(_LAYOUT, encoding="utf-8")
    (folder / "config.yaml").write_text(yaml.safe_dump(_SETTINGS), encoding="utf-8")
    return folder
