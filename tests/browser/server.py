"""A plain web server for a built site, in a process of its own.

Its threads would else be traced by the coverage measurement, which CPython 3.11 can't always:
"Cannot install a trace function while another trace function is being installed".
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Handler(SimpleHTTPRequestHandler):
    """Serves files as a plain web server does, with the site's own page for what isn't there."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went on to another page before it had all of this one."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a built site on a free port; give its address."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    with subprocess.Popen(
        [sys.executable, __file__, str(site)],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="ascii",
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            assert port, "servern kom aldrig igång"
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


if __name__ == "__main__":
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=sys.argv[1])) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
