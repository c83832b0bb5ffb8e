"""The project's own files, and what runs a command on them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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
