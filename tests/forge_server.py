"""A fake of GitHub's issues and comments on loopback: what our code asks, answered as there."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "en-nyckel"
REPOSITORY = "namnd/ska"


@dataclass
class Fake:
    """The issues, and every question that was asked."""

    issues: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    read_only: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    refuse: int = 0
    raw: bytes | None = None
    address: str = ""

    def add(self, title: str, body: str | None, state: str = "open", **more: Any) -> dict[str, Any]:
        made = {
            "number": len(self.issues) + 1,
            "title": title,
            "body": body,
            "state": state,
            "labels": [{"name": "att-se-over"}],
            **more,
        }
        self.issues.append(made)
        return made

    def say(self, number: int, body: str | None, kind: str = "Bot") -> dict[str, Any]:
        """Write a comment, as a program or as a person ("User")."""
        made = {"id": 1000 + len(self.comments), "issue": number, "body": body,
                "user": {"type": kind}}  # fmt: skip
        self.comments.append(made)
        return made

    def changes(self) -> list[tuple[str, str]]:
        """Return what was asked for that changes something."""
        return [(method, path) for method, path in self.asked if method != "GET"]

    def answer(self, method: str, target: str, sent: dict[str, Any]) -> tuple[int, Any]:
        where = urlsplit(target)
        base = f"/api/repos/{REPOSITORY}/issues"
        if where.path == base and method == "GET":
            return 200, self._page({key: value[0] for key, value in parse_qs(where.query).items()})
        if where.path == base and method == "POST":
            labels = [{"name": name} for name in sent["labels"]]
            return 201, self.add(sent["title"], sent["body"], labels=labels)
        if method != "GET" and self.read_only:
            return 403, {"message": "Resource not accessible by integration"}
        if hit := re.fullmatch(rf"{base}/(\d+)/comments", where.path):
            return self._comments(method, int(hit[1]), where.query, sent)
        if hit := re.fullmatch(rf"{base}/comments/(\d+)", where.path):
            return self._comment(method, int(hit[1]), sent)
        number = where.path.removeprefix(f"{base}/")
        if method == "PATCH" and number.isdecimal() and int(number) <= len(self.issues):
            self.issues[int(number) - 1].update(sent)
            return 200, self.issues[int(number) - 1]
        return 404, {"message": "Not Found"}

    def _comments(
        self, method: str, number: int, query: str, sent: dict[str, Any]
    ) -> tuple[int, Any]:
        if method == "POST":
            return 201, self.say(number, sent["body"])
        asked = {key: int(value[0]) for key, value in parse_qs(query).items()}
        size, page = min(asked.get("per_page", 30), 100), asked.get("page", 1)
        own = [comment for comment in self.comments if comment["issue"] == number]
        return 200, own[size * (page - 1) : size * page]

    def _comment(self, method: str, id: int, sent: dict[str, Any]) -> tuple[int, Any]:
        found = next((c for c in self.comments if c["id"] == id), None)
        if found is None:
            return 404, {"message": "Not Found"}
        if method == "DELETE":
            self.comments.remove(found)
            return 204, None
        found.update(sent)
        return 200, found

    def _page(self, query: dict[str, str]) -> list[dict[str, Any]]:
        size, page = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
        state, label = query.get("state", "open"), query.get("labels")
        found = [
            issue for issue in self.issues
            if state in ("all", issue["state"])
            and (not label or label in [named["name"] for named in issue["labels"]])
        ]  # fmt: skip
        return found[size * (page - 1) : size * page]


@contextmanager
def served(fake: Fake) -> Iterator[Fake]:
    """Answer for a fake on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = json.loads(self.rfile.read(length)) if length else {}
            fake.asked.append((self.command, self.path))
            if self.headers["Authorization"] != f"Bearer {KEY}":
                status, content = 401, {"message": "Bad credentials"}
            elif fake.refuse:
                status, content = fake.refuse, {"message": "No"}
            else:
                status, content = fake.answer(self.command, self.path, sent)
            raw = fake.raw if fake.raw is not None else json.dumps(content).encode()
            raw = b"" if status == HTTPStatus.NO_CONTENT else raw
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PATCH = do_DELETE = _do  # noqa: N815 - the server's names

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_port}/api"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
