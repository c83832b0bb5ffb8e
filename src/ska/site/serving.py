"""Shows the site on this machine and follows changes."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from markupsafe import escape
from mkdocs.livereload import LiveReloadServer

from ska.files.tree import NoPlanError
from ska.reading.schema import SchemaError
from ska.site.live import Live
from ska.site.making import MISSING
from ska.site.prepared import SiteError

_WATCHED: Final = ("plan", "schemas", "docs", "src", "macros.py", "mkdocs.yml")
#: A program doesn't see itself change: with these it must begin anew.
_PROGRAM: Final = ("src", "macros.py", "mkdocs.yml", "docs/tema")
_POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')

Say = Callable[[str], None]


def serve(root: Path, port: int, say: Say) -> None:
    """Show the site on 127.0.0.1 and follow changes, until interrupted.

    Whatever goes wrong in a change, the last good site stays up and `say` gets the reason.
    Raises `SiteError` when the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="ska-") as folder:
        try:
            server = _Server(root, Path(folder), port, say)
            server.server_bind()
        except OSError:
            raise SiteError(
                f"Porten {port} är upptagen. Stäng det andra programmet, "
                "eller välj en annan port med --port."
            ) from None
        for name in _WATCHED:
            if (root / name).exists():
                server.watch(str(root / name))
        try:
            server.renew()
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
        finally:
            server.shutdown()  # its thread would else keep the process alive
    if server.anew:
        os.execv(sys.executable, [sys.executable, "-m", "ska.cli", "serve", "--port", str(port)])


class _Server(LiveReloadServer):
    """MkDocs's server, which has each page made when it is asked for."""

    _bound = False

    def __init__(self, root: Path, out: Path, port: int, say: Say) -> None:
        super().__init__(self.renew, "127.0.0.1", port, str(out), mount_path="/")
        self.anew = False
        self._folder, self._out, self._port, self._say = root, out, port, say
        self._live = Live(root, out)
        self._program = _stamps(root, _PROGRAM)
        self.error_handler = lambda code: self._error_page(code)
        logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
        _write_failure(out, "Webbplatsen byggs. Vänta en stund.")

    def server_bind(self) -> None:
        """Take the port when told to, so that a taken one is known before a plan is read."""
        if not self._bound:
            super().server_bind()
        self._bound = True

    def renew(self) -> None:
        """Take in what has changed, or say why it can't be shown."""
        program = _stamps(self._folder, _PROGRAM)
        if program != self._program:
            self._program = program
            if failed := _sound(self._folder):
                self._say(f"Programmet har ändrats men går inte att starta:\n{failed}")
            else:
                self.anew = True
                self._shutdown = True  # ends `serve` after this round
            return
        try:
            self._live.renew()
        except (SiteError, NoPlanError, SchemaError) as error:
            self._say(str(error))
            if self._live.whole:
                self._say("Planen har fel. Den senaste hela webbplatsen visas tills de är rättade.")
            else:
                _write_failure(self._out, str(error))
        else:
            self._say(f"Webbplatsen visas: http://127.0.0.1:{self._port}/")

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore").lstrip("/")
        if not path.startswith("livereload/") and ".." not in path.split("/"):
            try:
                self._live.fetch(f"{path}index.html" if path.endswith("/") or not path else path)
            except SiteError as error:
                self._say(str(error))
        answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        return answer

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Take the page's policy away: it would stop the script that follows changes."""
        content = _POLICY.sub(b"", content)
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        return injected

    def _error_page(self, code: int) -> bytes | None:
        page = self._out / MISSING if code == 404 else self._out / f"{code}.html"
        return page.read_bytes() if page.exists() else None


def _sound(root: Path) -> str:
    """Say why a changed program doesn't start; nothing where it does."""
    command = [sys.executable, "-c", f"import {__name__}, ska.cli, macros"]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    return done.stderr.strip() if done.returncode else ""


def _stamps(root: Path, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Give when each file below `names` was written, and its size; of what isn't there nothing."""
    found = {}
    for name in names:
        above = root / name
        files = (
            (Path(folder, file) for folder, _, files in os.walk(above) for file in files)
            if above.is_dir()
            else (above,)
        )
        for file in files:
            try:
                state = file.stat()
            except OSError:  # gone meanwhile
                continue
            if file.suffix != ".pyc":
                found[str(file)] = (state.st_mtime_ns, state.st_size)
    return found


def _write_failure(home: Path, text: str) -> None:
    """Show the problems in the browser while there is no good site yet."""
    body = (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Planen</title></head>'
        f"<body><h1>Planen visas snart</h1><pre>{escape(text)}</pre></body></html>"
    )
    (home / "index.html").write_text(body, encoding="utf-8")
