"""GitHub over HTTP: an issue for each role, a comment on a proposal. Only here is the net used."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
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


class ReadOnlyError(ForgeError):
    """The key may not write, as that of a proposal from somebody else's copy."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it stands at the forge."""

    number: int
    title: str
    body: str
    open: bool


class Comment(NamedTuple):
    """A comment as it stands at the forge; `own` where a program wrote it."""

    number: int
    body: str
    own: bool


class Wanted(NamedTuple):
    """An issue as it should stand: whose it is, and its words."""

    owner: str
    title: str
    body: str


class Forge:
    """One repository's issues, proposals among them."""

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
        asked = f"?labels={quote(label)}&state=all&sort=created&direction=asc&"
        for item in self._paged(asked):
            if "pull_request" not in item:  # GitHub counts them among the issues
                yield Issue(
                    item["number"], item["title"], item["body"] or "", item["state"] == "open"
                )

    def create(self, title: str, body: str, label: str) -> int:
        """Open an issue and return its number."""
        made = self._ask("POST", "", {"title": title, "body": body, "labels": [label]})
        return int(made["number"])

    def update(self, number: int, changes: Mapping[str, str]) -> None:
        """Change an issue's fields."""
        self._ask("PATCH", f"/{number}", changes)

    def comments(self, number: int) -> Iterator[Comment]:
        """Yield the comments on an issue or a proposal, oldest first."""
        for item in self._paged(f"/{number}/comments?"):
            yield Comment(item["id"], item["body"] or "", (item["user"] or {}).get("type") == "Bot")

    def comment(self, number: int, body: str) -> None:
        """Write a comment on an issue or a proposal."""
        self._ask("POST", f"/{number}/comments", {"body": body})

    def rewrite(self, comment: int, body: str) -> None:
        """Give a comment another text."""
        self._ask("PATCH", f"/comments/{comment}", {"body": body})

    def remove(self, comment: int) -> None:
        """Take a comment away."""
        self._ask("DELETE", f"/comments/{comment}")

    def _paged(self, asked: str) -> Iterator[Any]:
        for page in range(1, _PAGES + 1):
            found = self._ask("GET", f"{asked}per_page={_PAGE}&page={page}")
            yield from found
            if len(found) < _PAGE:
                return

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
            kind_of = ReadOnlyError if answer.status == HTTPStatus.FORBIDDEN else ForgeError
            raise kind_of(f"{self._where.hostname} gjorde inte som vi bad: {why}")
        if answer.status == HTTPStatus.NO_CONTENT:
            return None
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


def keep_comment(forge: Forge, number: int, body: str, mark: str) -> str:
    """Keep one comment of ours on a proposal, known by its mark; say in Swedish what was done.

    A mark in somebody else's comment is a quotation. Two of ours, from two runs at once, become
    one.
    """
    own = [c for c in forge.comments(number) if c.own and mark in c.body]
    wanted = f"{body.rstrip()}\n\n{mark}\n"
    if not own:
        forge.comment(number, wanted)
        return "Kommentaren är skriven."
    first, *others = own
    for other in others:
        forge.remove(other.number)
    if _lines(first.body) == _lines(wanted):
        return "Kommentaren stämmer redan."
    forge.rewrite(first.number, wanted)
    return "Kommentaren är ändrad."
