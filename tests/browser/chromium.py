"""Find the Chrome or Chromium that the browser tests drive, and the nginx that serves to them.

Run as a program it prints the path, after installing Debian's packages where something is
missing and that is possible. The Makefile and the tests share this one list.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

VARIABLES = ("SKA_CHROMIUM", "CHROME")
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# Where an installation puts the program without also putting it on PATH.
PLACES = (
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

# The program that steers the browser; it brings its own Node, which a small system lacks a part of.
DRIVER = (sys.executable, "-m", "playwright", "--version")
DRIVER_PACKAGE = "libatomic1"

# With the font that Chromium is most used with; without what it only recommends, since that
# brings printing, Samba and systemd.
BROWSER_PACKAGES = ("chromium", "fonts-liberation")
# The web server whose configuration is tried; Debian puts it where only root's PATH leads.
SERVER = "nginx"
SERVER_PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
SERVER_PACKAGE = "nginx-light"
APT = ("apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120")

MISSING = "Ingen Chrome eller Chromium hittades, och testerna behöver en: "
ADVICE_SNAP = (
    "installera Google Chrome, eller kör ”snap install chromium” "
    "(Ubuntus apt-paket är bara en hänvisning till snap)."
)
ADVICE_APT = "kör ”apt-get install chromium” som root."
ADVICE_DRIVER = f"Playwright, som styr webbläsaren, startar inte: installera {DRIVER_PACKAGE}."
ADVICE = "installera Google Chrome, eller peka ut en med miljövariabeln CHROME."


def starts(*command: str) -> bool:
    """Tell whether the command runs to its end without an error."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def runs(program: str) -> bool:
    """Tell whether the browser starts.

    Ubuntu's `chromium-browser` can be a script that only says that a snap is missing.
    """
    if sys.platform == "win32":  # there --version opens a window
        return Path(program).is_file()
    return starts(program, "--version")


def chosen() -> tuple[str, str] | None:
    """Return the variable that names a browser, and its value."""
    for variable in VARIABLES:
        if value := os.environ.get(variable):
            return variable, value
    return None


def candidates() -> Iterator[str]:
    """Yield what may be a browser, most wanted first."""
    for name in NAMES:
        if program := shutil.which(name):
            yield program
    for place in PLACES:
        if (path := Path(os.path.expanduser(place))).is_file():
            yield str(path)
    for root in WINDOWS_ROOTS:
        if folder := os.environ.get(root):
            path = Path(folder, "Google", "Chrome", "Application", "chrome.exe")
            if path.is_file():
                yield str(path)


@cache
def find() -> str | None:
    """Return the path of a browser that starts.

    One named by a variable is the only candidate: another in its stead would hide the mistake.
    """
    if choice := chosen():
        program = shutil.which(choice[1])
        return program if program and runs(program) else None
    return next(filter(runs, candidates()), None)


def server() -> str | None:
    """Return the path of the web server."""
    path = os.pathsep.join((os.environ.get("PATH", ""), *SERVER_PLACES))
    return shutil.which(SERVER, path=path)


def system() -> str:
    """Return what the system calls itself: debian, ubuntu …, or nothing."""
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""


def missing() -> list[str]:
    """Return the packages that may supply what is missing."""
    browser = () if find() or chosen() or system() == "ubuntu" else BROWSER_PACKAGES
    driver = () if starts(*DRIVER) else (DRIVER_PACKAGE,)
    return [*browser, *driver, *(() if server() else (SERVER_PACKAGE,))]


def install(packages: list[str]) -> None:
    """Install the packages, if apt can and may; what then starts tells whether it worked."""
    if not packages or not shutil.which("apt-get"):
        return
    sudo: tuple[str, ...] = ()
    if os.geteuid() != 0:
        sudo = ("sudo", "-n")
        if not starts(*sudo, "true"):
            return
    print(f"Installerar {', '.join(packages)} med apt, för testerna.", file=sys.stderr)
    for arguments in (("update",), ("install", "--no-install-recommends", *packages)):
        subprocess.run(
            (*sudo, "env", "DEBIAN_FRONTEND=noninteractive", *APT, *arguments),
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,  # an old list of packages may still do
        )


def advice() -> str:
    """Return one sentence on what is missing and what to do."""
    if choice := chosen():
        return f"{choice[0]} pekar på ”{choice[1]}”, som inte går att köra."
    if system() == "ubuntu":
        return MISSING + ADVICE_SNAP
    return MISSING + (ADVICE_APT if shutil.which("apt-get") else ADVICE)


def main() -> int:
    """Print the browser's path, or say on stderr what to install."""
    install(missing())
    find.cache_clear()
    program = find()
    if program is None or not starts(*DRIVER):
        print(advice() if program is None else ADVICE_DRIVER, file=sys.stderr)
        return 1
    print(program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
