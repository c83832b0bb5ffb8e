"""nginx with the project's own configuration, on a free port of this machine.

`tests/browser/chromium.py` installs it with the browser, where it is missing.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.building import until

CONFIGURATION = Path(__file__).resolve().parent.parent / "deploy" / "nginx"


def configure(folder: Path, site: Path, port: int) -> Path:
    """Write the project's configuration into `folder`, for this port and site; nothing else."""
    for name in ("nginx.conf", "ska.conf"):
        text = (CONFIGURATION / name).read_text(encoding="utf-8")
        text = text.replace("/tmp/", f"{folder}/").replace("/srv/ska", str(site))
        text = re.sub(r"listen 8080;", f"listen 127.0.0.1:{port};", text)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "nginx.conf"


@contextmanager
def nginx(program: str, site: Path, folder: Path) -> Iterator[HTTPConnection]:
    """Serve a folder; give a connection to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    # As root it would read the files as somebody who may not.
    main = "daemon off;" if os.geteuid() else "daemon off; user root;"
    command = [program, "-p", folder, "-c", configure(folder, site, port), "-g", main]
    log = folder / "nginx.log"
    with log.open("wb") as output, subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output
    ) as process:  # fmt: skip
        try:
            _listening(process, port, log)
            with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                yield connection
        finally:
            process.terminate()


def _listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until it answers; one that has stopped never will."""

    def answers() -> bool:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", port)) == 0

    until("nginx svarar", answers)


def ask(
    connection: HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    """Ask for one thing; the connection can be used again."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=given)
    answer = connection.getresponse()
    return answer, answer.read()
