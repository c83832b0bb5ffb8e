"""The programs to compare with, in a Python of their own that only the benchmark makes.

They are pinned with hashes in bench/requirements.txt, and lie in the folder of the Python that
runs the benchmark, so that they go when it goes.
"""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
from pathlib import Path
from typing import Final

_PINNED: Final = Path(__file__).parent / "requirements.txt"


def python() -> Path:
    """Return the Python that has the peers, which is made first where it is missing or old."""
    home = Path(sys.prefix) / "bench"
    stamp, program = home / ".installerat", home / "bin" / "python"
    wanted = f"{home} {platform.python_version()} {_fingerprint()}\n"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        sys.stderr.write("Installerar det som jämförelserna behöver.\n")
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        pip = [program, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", _PINNED], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return program


def version(name: str) -> str:
    """Return the version of a peer."""
    asked = f"from importlib.metadata import version; print(version({name!r}))"
    told = subprocess.run([python(), "-c", asked], check=True, capture_output=True, text=True)
    return told.stdout.strip()


def _fingerprint() -> str:
    return hashlib.sha256(_PINNED.read_bytes()).hexdigest()
