"""GitHub's issues over HTTP, and one kept up to date for each role. Only here is the net used."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlsplit

_TIMEOUT: Final = 30  # seconds
_PAGE: Final = 100  # the most that GitHub gives at once
_PAGES: Final = 50
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_REFUSALS: Final = {
    401: "nyckeln godtas inte",
    403: "nyckeln får inte läsa och ändra ärenden",
    404: "förrådet finns inte, eller så får nyckeln inte se det",
    410: "förrådet har inga ärenden",
    429: "för många frågor på kort tid; försök igen senare",
}
#: What our issues bear, whatever their readers write on them.
LABEL: Final = "att-se-over"
_MARK: Final = re.compile(r"<!-- ska: att-se-over ([a-z0-9-]+) -->")


class ForgeError(Exception):
    """The forge could not be asked; the text says why in Swedish."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it stands at the forge."""

    number: int
    title: str
    body: str
    open: bool


class Wanted(NamedTuple):
    """An issue as it should stand: whose it is, and its words."""

    owner: str
    title: str
    body: str


class Forge:
    """One repository's issues."""

    def __init__(self, api: str, repository: str, token: str) -> None:
        """Take the address of the API, `owner/name` and a key. Raises `ForgeError`."""
        where = urlsplit(api)
        safe = where.scheme == "https" or (
            where.scheme == "http" and where.hostname in _LOOPBACK  # a key must not go in the open
        )
        if not safe or not where.hostname:
            raise ForgeError(f"”{api}” är ingen adress som börjar med https://")
        if not _REPOSITORY.fullmatch(repository):
            raise ForgeError(f"”{repository}” är inget förråd; skriv ägare/namn")
        if not token or not token.isascii() or not token.isprintable():
            raise ForgeError("nyckeln till GitHub saknas eller går inte att använda")
        self._where = where
        self._base = f"{where.path.rstrip('/')}/repos/{repository}/issues"
        self._token = token

    def issues(self, label: str) -> Iterator[Issue]:
        """Yield every issue with a label, open or closed, oldest first."""
        for page in range(1, _PAGES + 1):
            found = self._ask(
                "GET",
                f"?labels={quote(label)}&state=all&sort=created&direction=asc"
                f"&per_page={_PAGE}&page={page}",
            )
            for item in found:
                if "pull_request" not in item:  # GitHub counts them among the issues
                    yield Issue(
                        item["number"], item["title"], item["body"] or "", item["state"] == "open"
                    )
            if len(found) < _PAGE:
                return

    def create(self, title: str, body: str, label: str) -> int:
        """Open an issue and return its number."""
        made = self._ask("POST", "", {"title": title, "body": body, "labels": [label]})
        return int(made["number"])

    def update(self, number: int, changes: Mapping[str, str]) -> None:
        """Change an issue's fields."""
        self._ask("PATCH", f"/{number}", changes)

    def _ask(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Any:
        """Ask once. Never follows a redirection: the key is for this host alone."""
        kind = (
            http.client.HTTPSConnection
            if self._where.scheme == "https"
            else http.client.HTTPConnection
        )
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "User-Agent": "ska",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        sent = None if content is None else json.dumps(content).encode()
        connection = kind(self._where.hostname or "", self._where.port, timeout=_TIMEOUT)
        try:
            connection.request(method, self._base + path, sent, headers)
            answer = connection.getresponse()
            raw = answer.read()
        except (OSError, http.client.HTTPException):
            raise ForgeError(f"{self._where.hostname} svarar inte") from None
        finally:
            connection.close()
        if not 200 <= answer.status < 300:
            why = _REFUSALS.get(answer.status, f"svaret hade koden {answer.status}")
            raise ForgeError(f"{self._where.hostname} gjorde inte som vi bad: {why}")
        try:
            return json.loads(raw)
        except ValueError:
            raise ForgeError(f"{self._where.hostname} svarade något som inte är JSON") from None


def marked(owner: str, text: str) -> str:
    """Put a mark in an issue's text, by which it is found again; GitHub shows it to nobody."""
    return f"{text}\n<!-- ska: att-se-over {owner} -->\n"


def sync(forge: Forge, wanted: Sequence[Wanted], nothing: str) -> Iterator[str]:
    """Keep one issue for each owner up to date, and say in Swedish what was done.

    A closed issue is opened again rather than followed by a new one; one whose owner has nothing
    left, or that is there twice, is closed with the text `nothing`. What is right is left alone.
    """
    known, others = _by_owner(forge.issues(LABEL))
    for want in wanted:
        body = marked(want.owner, want.body)
        issue = known.pop(want.owner, None)
        if issue is None:
            yield f"Nytt ärende {forge.create(want.title, body, LABEL)}: {want.title}"
        elif (issue.title, _lines(issue.body), issue.open) != (want.title, _lines(body), True):
            forge.update(issue.number, {"title": want.title, "body": body, "state": "open"})
            yield f"Ändrat ärende {issue.number}: {want.title}"
    for owner, issue in (*known.items(), *others):
        if issue.open:
            changes = {"body": marked(owner, nothing), "state": "closed"}
            forge.update(issue.number, changes)
            yield f"Stängt ärende {issue.number}: {issue.title}"


def _by_owner(issues: Iterable[Issue]) -> tuple[dict[str, Issue], list[tuple[str, Issue]]]:
    """Pick each owner's issue, an open one before a closed; return it, and the others."""
    found: dict[str, list[Issue]] = {}
    for issue in issues:
        if hit := _MARK.search(issue.body):
            found.setdefault(hit[1], []).append(issue)
    chosen: dict[str, Issue] = {}
    others: list[tuple[str, Issue]] = []
    for owner, own in found.items():
        chosen[owner], *rest = sorted(own, key=lambda issue: (not issue.open, issue.number))
        others += [(owner, issue) for issue in rest]
    return chosen, others


def _lines(text: str) -> list[str]:
    """Compare texts line by line: a browser's editing leaves other line breaks."""
    return text.strip().splitlines()
