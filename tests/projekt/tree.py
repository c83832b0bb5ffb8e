"""A folder with the Makefile and a fake Python: what make does there can be read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.projekt.common import DEV, MAKE, ROOT, RUNTIME, run, write

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
